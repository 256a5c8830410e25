import { perLink } from '@balcao/ui';
import StatusView from './StatusView.vue';

export default perLink(StatusView);
