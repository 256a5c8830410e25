import { page, type FeatureDescription } from '@balcao/ui';
import { loadPayTexts } from '../../pay/index.js';

const readers = { feature: 'billing', permissions: ['invoices:read'] } as const;
/** A view that shows parts of paying, with their texts. */
const withTexts = async <View>(view: Promise<View>): Promise<View> => (await Promise.all([view, loadPayTexts()]))[0];

export default {
  routes: [
    page('payments/:id', 'payment', () => withTexts(import('./views/PaymentView.vue')), readers),
    page('payments/:id/receipt', 'payment-receipt', () => withTexts(import('./views/ReceiptView.vue')), readers),
  ],
  publicRoutes: [
    page('sandbox-bank/:gatewayId', 'sandbox-bank', () => withTexts(import('./views/SandboxBankPage.vue')), {
      access: 'public',
      feature: 'billing',
    }),
  ],
} satisfies FeatureDescription;
