import { perLink } from '@balcao/ui';
import LinkedInvoiceView from './LinkedInvoiceView.vue';

export default perLink(LinkedInvoiceView);
