import type { FeatureDescription } from '@balcao/ui';
import type { RouteMeta } from 'vue-router';

const readers: RouteMeta = { feature: 'knowledgeBase', permissions: ['kb:read'] };

export default {
  routes: [
    {
      path: 'help',
      name: 'help',
      component: () => import('./views/HelpView.vue'),
      meta: { ...readers, visitors: 'public-help', title: 'help.title' },
    },
    {
      path: 'help/:slug',
      name: 'article',
      props: true,
      component: () => import('./views/ArticleView.vue'),
      meta: { ...readers, visitors: 'public-article' },
    },
  ],
  /** The same pages at the same addresses for those who are not signed in; the router's guard chooses. */
  publicRoutes: [
    {
      path: 'help',
      component: () => import('./views/PublicHelp.vue'),
      meta: { access: 'public' },
      children: [
        {
          path: '',
          name: 'public-help',
          component: () => import('./views/HelpView.vue'),
          meta: { title: 'help.title' },
        },
        { path: ':slug', name: 'public-article', props: true, component: () => import('./views/ArticleView.vue') },
      ],
    },
  ],
  menu: [
    {
      page: 'help',
      label: { 'pt-BR': 'Ajuda', 'en-US': 'Help' },
      icon: 'i-lucide-book-open',
      group: 'support',
      order: 30,
    },
  ],
} satisfies FeatureDescription;
