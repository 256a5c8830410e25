import { page, type FeatureDescription } from '@balcao/ui';
import { loadCardTexts } from '../../cards/index.js';

export default {
  routes: [
    page(
      'payment-methods',
      'payment-methods',
      async () => (await Promise.all([import('./views/PaymentMethodsView.vue'), loadCardTexts()]))[0],
      { feature: 'billing', permissions: ['payment_methods:manage'], title: 'paymentMethods.title' },
    ),
    page('sandbox-bank/cards/:gatewayId', 'sandbox-card', () => import('./views/SandboxCardView.vue'), {
      feature: 'billing',
    }),
  ],
  menu: [
    {
      page: 'payment-methods',
      label: { 'pt-BR': 'Formas de pagamento', 'en-US': 'Payment methods' },
      icon: 'i-lucide-credit-card',
      group: 'billing',
      order: 16,
      rare: true,
    },
  ],
} satisfies FeatureDescription;
