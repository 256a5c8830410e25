import { page, type FeatureDescription } from '@balcao/ui';

const read = { permissions: ['signups:read'] } as const;

export default {
  routes: [
    page('signups', 'signups', () => import('./views/SignupListView.vue'), { ...read, title: 'signups.title' }),
    page('signups/:id', 'signup', () => import('./views/SignupView.vue'), read),
  ],
  menu: [
    {
      page: 'signups',
      label: { 'pt-BR': 'Cadastros', 'en-US': 'Signups' },
      icon: 'i-lucide-clipboard-check',
      order: 25,
    },
  ],
} satisfies FeatureDescription;
