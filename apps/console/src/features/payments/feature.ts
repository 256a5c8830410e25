import { page, type FeatureDescription } from '@balcao/ui';

export default {
  routes: [
    page('billing/payments', 'payments', () => import('./views/PaymentListView.vue'), {
      permissions: ['invoices:read'],
      title: 'payments.title',
    }),
    page('billing/payments/:id', 'payment', () => import('./views/PaymentView.vue'), {
      permissions: ['invoices:read'],
    }),
    page('billing/stray-payments', 'stray-payments', () => import('./views/StrayPaymentListView.vue'), {
      permissions: ['payments:write'],
      title: 'payments.strays.title',
    }),
    page('billing/gateway-events', 'gateway-events', () => import('./views/GatewayEventListView.vue'), {
      permissions: ['payments:write'],
      title: 'payments.events.title',
    }),
    page('billing/gateways', 'gateways', () => import('./views/GatewayListView.vue'), {
      permissions: ['gateways:write'],
      title: 'payments.gateways.title',
    }),
  ],
  menu: [
    {
      page: 'payments',
      under: 'billing',
      label: { 'pt-BR': 'Pagamentos', 'en-US': 'Payments' },
      icon: 'i-lucide-wallet',
      order: 29,
    },
    {
      page: 'stray-payments',
      under: 'billing',
      label: { 'pt-BR': 'Dinheiro sem dono', 'en-US': 'Unclaimed money' },
      icon: 'i-lucide-circle-help',
      order: 31,
    },
    {
      page: 'gateway-events',
      under: 'billing',
      label: { 'pt-BR': 'Avisos do gateway', 'en-US': 'Gateway events' },
      icon: 'i-lucide-webhook',
      order: 32,
    },
    {
      page: 'gateways',
      under: 'billing',
      label: { 'pt-BR': 'Gateways', 'en-US': 'Gateways' },
      icon: 'i-lucide-plug',
      order: 33,
    },
  ],
} satisfies FeatureDescription;
