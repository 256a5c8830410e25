import { page, type FeatureDescription } from '@balcao/ui';

const readers = { permissions: ['subscriptions:read'] } as const;

export default {
  routes: [
    page('billing/subscriptions', 'subscriptions', () => import('./views/SubscriptionListView.vue'), {
      ...readers,
      title: 'subscriptions.title',
    }),
    page('billing/subscriptions/new', 'new-subscription', () => import('./views/NewSubscriptionView.vue'), {
      permissions: ['subscriptions:write'],
      title: 'subscriptions.new',
    }),
    page('billing/subscriptions/:id', 'subscription', () => import('./views/SubscriptionView.vue'), readers),
    page('billing/subscriptions/:id/change', 'change-subscription', () => import('./views/ChangeView.vue'), {
      permissions: ['subscriptions:write'],
    }),
    page('billing/plans', 'plans', () => import('./views/PlanListView.vue'), {
      ...readers,
      title: 'subscriptions.plans.title',
    }),
    page('billing/plans/:id', 'plan', () => import('./views/PlanView.vue'), readers),
    page('billing/subscription-settings', 'subscription-settings', () => import('./views/SettingsView.vue'), {
      permissions: ['plans:write'],
      title: 'subscriptions.settings.title',
    }),
    page('customers/:id/subscriptions', 'customer-subscriptions', () => import('./views/CustomerView.vue'), {
      ...readers,
      lineOf: 'customers',
    }),
  ],
  menu: [
    {
      page: 'subscriptions',
      under: 'billing',
      label: { 'pt-BR': 'Assinaturas', 'en-US': 'Subscriptions' },
      icon: 'i-lucide-repeat',
      order: 29,
    },
    {
      page: 'plans',
      under: 'billing',
      label: { 'pt-BR': 'Planos', 'en-US': 'Plans' },
      icon: 'i-lucide-layers',
      order: 29,
    },
  ],
} satisfies FeatureDescription;
