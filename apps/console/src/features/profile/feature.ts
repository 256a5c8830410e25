import { page, type FeatureDescription } from '@balcao/ui';

export default {
  routes: [page('profile', 'profile', () => import('./views/ProfileView.vue'), { title: 'app.profile' })],
  palette: [
    {
      kind: 'page',
      to: { name: 'profile' },
      label: { 'pt-BR': 'Meu perfil', 'en-US': 'My profile' },
      icon: 'i-lucide-user-round',
    },
  ],
} satisfies FeatureDescription;
