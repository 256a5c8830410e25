import { page, type FeatureDescription } from '@balcao/ui';

/** What is left to do before the first customers come. Steps are declared by the features where they are done. */
export default {
  routes: [
    page('getting-started', 'getting-started', () => import('./views/GettingStartedView.vue'), {
      permissions: ['portals:write'],
      title: 'start.title',
    }),
  ],
  menu: [
    {
      page: 'getting-started',
      label: { 'pt-BR': 'Primeiros passos', 'en-US': 'Getting started' },
      icon: 'i-lucide-list-checks',
      order: 5,
      passing: true,
    },
  ],
} satisfies FeatureDescription;
