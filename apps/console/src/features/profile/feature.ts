import type { FeatureDescription } from '@balcao/ui';

export default {
  routes: [
    {
      path: 'profile',
      name: 'profile',
      component: () => import('./views/ProfileView.vue'),
      meta: { title: 'app.profile' },
    },
  ],
  palette: [
    {
      kind: 'page',
      to: { name: 'profile' },
      label: { 'pt-BR': 'Meu perfil', 'en-US': 'My profile' },
      icon: 'i-lucide-user-round',
    },
  ],
} satisfies FeatureDescription;
