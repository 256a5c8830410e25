import { perLink } from '@balcao/ui';
import VerifyEmailView from './VerifyEmailView.vue';

export default perLink(VerifyEmailView);
