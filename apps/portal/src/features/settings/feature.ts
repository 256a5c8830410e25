import { page, type FeatureDescription } from '@balcao/ui';

export default {
  routes: [
    page('settings', 'settings', () => import('./views/ProfileView.vue'), { title: 'settings.title' }),
    page('settings/security', 'security', () => import('./views/SecurityView.vue'), {
      title: 'settings.security.title',
    }),
  ],
  menu: [
    {
      page: 'settings',
      label: { 'pt-BR': 'Ajustes', 'en-US': 'Settings' },
      icon: 'i-lucide-settings',
      group: 'account',
      order: 50,
      rare: true,
    },
  ],
} satisfies FeatureDescription;
