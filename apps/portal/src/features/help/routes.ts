import type { MessageLoader } from '@balcao/ui';
import type { RouteMeta, RouteRecordRaw } from 'vue-router';

const messages: MessageLoader = (locale) =>
  locale === 'pt-BR' ? import('./i18n/pt-BR.json') : import('./i18n/en-US.json');
const readers: RouteMeta = { feature: 'knowledgeBase', permissions: ['kb:read'], messages };

export const helpRoutes: RouteRecordRaw[] = [
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
];

/** The same pages at the same addresses for those who are not signed in; the router's guard chooses. */
export const publicHelpRoutes: RouteRecordRaw[] = [
  {
    path: 'help',
    component: () => import('./views/PublicHelp.vue'),
    meta: { access: 'public', messages },
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
];
