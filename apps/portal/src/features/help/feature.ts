import { page, type FeatureDescription } from '@balcao/ui';

const readers = { feature: 'knowledgeBase', permissions: ['kb:read'] } as const;
const HelpView = () => import('./views/HelpView.vue');
const ArticleView = () => import('./views/ArticleView.vue');

export default {
  routes: [
    page('help', 'help', HelpView, { ...readers, visitors: 'public-help', title: 'help.title' }),
    page('help/:slug', 'article', ArticleView, { ...readers, visitors: 'public-article' }),
  ],
  /** The same pages at the same addresses for those who are not signed in; the router's guard chooses. */
  publicRoutes: [
    {
      path: 'help',
      component: () => import('./views/PublicHelp.vue'),
      meta: { access: 'public' },
      children: [
        page('', 'public-help', HelpView, { title: 'help.title' }),
        page(':slug', 'public-article', ArticleView),
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
