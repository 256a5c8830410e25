import type { FeatureDescription } from '@balcao/ui';

export default {
  routes: [{ path: '', name: 'home', component: () => import('./views/HomeView.vue'), meta: { title: 'home.title' } }],
  menu: [{ page: 'home', label: { 'pt-BR': 'Início', 'en-US': 'Home' }, icon: 'i-lucide-house', order: 10 }],
} satisfies FeatureDescription;
