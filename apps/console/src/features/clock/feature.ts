import { page, type FeatureDescription } from '@balcao/ui';

/** What time it is in a sandbox organization, and the way to a later one. */
export default {
  routes: [
    page('clock', 'clock', () => import('./views/ClockView.vue'), {
      permissions: ['clock:read'],
      sandbox: true,
      title: 'clock.title',
    }),
  ],
  menu: [
    {
      page: 'clock',
      group: 'organization',
      label: { 'pt-BR': 'Relógio de teste', 'en-US': 'Test clock' },
      icon: 'i-lucide-flask-conical',
      order: 70,
    },
  ],
} satisfies FeatureDescription;
