import { page, type FeatureDescription } from '@balcao/ui';

export default {
  routes: [page('', 'home', () => import('./views/HomeView.vue'), { title: 'home.title' })],
  menu: [{ page: 'home', label: { 'pt-BR': 'Início', 'en-US': 'Home' }, icon: 'i-lucide-house', order: 10 }],
} satisfies FeatureDescription;
