import type { FeatureDescription } from '@balcao/ui';

export default {
  routes: [
    {
      path: 'settings',
      name: 'settings',
      component: () => import('./views/ProfileView.vue'),
      meta: { title: 'settings.title' },
    },
    {
      path: 'settings/security',
      name: 'security',
      component: () => import('./views/SecurityView.vue'),
      meta: { title: 'settings.security.title' },
    },
  ],
  menu: [
    {
      page: 'settings',
      label: { 'pt-BR': 'Configurações', 'en-US': 'Settings' },
      short: { 'pt-BR': 'Ajustes', 'en-US': 'Settings' },
      icon: 'i-lucide-settings',
      group: 'account',
      order: 50,
    },
  ],
  palette: [
    {
      to: { name: 'security' },
      label: { 'pt-BR': 'Mudar senha', 'en-US': 'Change password' },
      icon: 'i-lucide-key-round',
      kind: 'page',
    },
  ],
} satisfies FeatureDescription;
