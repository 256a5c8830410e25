import { perLink } from '@balcao/ui';
import ConfirmView from './ConfirmView.vue';

export default perLink(ConfirmView);
