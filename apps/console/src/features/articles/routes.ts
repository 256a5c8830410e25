import type { MessageLoader } from '@balcao/ui';
import type { RouteRecordRaw } from 'vue-router';

const messages: MessageLoader = (locale) =>
  locale === 'pt-BR' ? import('./i18n/pt-BR.json') : import('./i18n/en-US.json');

export const articleRoutes: RouteRecordRaw[] = [
  {
    path: 'articles',
    name: 'articles',
    component: () => import('./views/ArticleListView.vue'),
    meta: { permissions: ['kb:read'], title: 'articles.title', messages },
  },
  {
    path: 'articles/new',
    name: 'new-article',
    component: () => import('./views/NewArticleView.vue'),
    meta: { permissions: ['kb:write'], title: 'articles.new', messages },
  },
  {
    path: 'articles/categories',
    name: 'categories',
    component: () => import('./views/CategoriesView.vue'),
    meta: { permissions: ['kb:read'], title: 'articles.categories.title', messages },
  },
  {
    path: 'articles/:id',
    name: 'article',
    props: true,
    component: () => import('./views/ArticleView.vue'),
    meta: { permissions: ['kb:read'], messages },
  },
];
