import { page, type FeatureDescription } from '@balcao/ui';

const readers = { feature: 'billing', permissions: ['subscriptions:read'] } as const;

export default {
  routes: [
    page('subscriptions', 'subscriptions', () => import('./views/SubscriptionListView.vue'), {
      ...readers,
      title: 'subscriptions.title',
    }),
    page('subscriptions/:id', 'subscription', () => import('./views/SubscriptionView.vue'), readers),
  ],
  menu: [
    {
      page: 'subscriptions',
      label: { 'pt-BR': 'Assinaturas', 'en-US': 'Subscriptions' },
      icon: 'i-lucide-repeat',
      group: 'billing',
      order: 13,
      rare: true,
    },
  ],
} satisfies FeatureDescription;
