import { page, type FeatureDescription } from '@balcao/ui';

/** What anybody may ask about bills without signing in. */
export default {
  publicRoutes: [
    page('check', 'check-bill', () => import('./views/CheckBillView.vue'), {
      access: 'public',
      feature: 'billCheck',
      title: 'bills.check.title',
    }),
    page('second-copy', 'second-copy', () => import('./views/SecondCopyView.vue'), {
      access: 'public',
      feature: 'secondCopy',
      title: 'bills.copy.title',
    }),
  ],
} satisfies FeatureDescription;
