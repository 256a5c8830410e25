import { page, type FeatureDescription } from '@balcao/ui';

export default {
  routes: [page('profile', 'profile', () => import('./views/ProfileView.vue'), { title: 'app.profile' })],
} satisfies FeatureDescription;
