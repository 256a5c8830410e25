import type { FeatureDescription } from '@balcao/ui';

const read = { permissions: ['kb:read'] } as const;
const write = { permissions: ['kb:write'] } as const;

export default {
  routes: [
    {
      path: 'articles',
      name: 'articles',
      component: () => import('./views/ArticleListView.vue'),
      meta: { ...read, title: 'articles.title' },
    },
    {
      path: 'articles/new',
      name: 'new-article',
      component: () => import('./views/NewArticleView.vue'),
      meta: { ...write, title: 'articles.new' },
    },
    {
      path: 'articles/categories',
      name: 'categories',
      component: () => import('./views/CategoriesView.vue'),
      meta: { ...read, title: 'articles.categories.title' },
    },
    {
      path: 'articles/:id',
      name: 'article',
      props: true,
      component: () => import('./views/ArticleView.vue'),
      meta: read,
    },
  ],
  menu: [
    { page: 'articles', label: { 'pt-BR': 'Artigos', 'en-US': 'Articles' }, icon: 'i-lucide-book-open', order: 30 },
  ],
  palette: [
    {
      kind: 'page',
      to: { name: 'categories' },
      label: { 'pt-BR': 'Categorias de artigos', 'en-US': 'Article categories' },
      icon: 'i-lucide-folder',
    },
    {
      kind: 'action',
      to: { name: 'new-article' },
      label: { 'pt-BR': 'Escrever artigo', 'en-US': 'Write an article' },
      icon: 'i-lucide-file-plus',
    },
  ],
} satisfies FeatureDescription;
