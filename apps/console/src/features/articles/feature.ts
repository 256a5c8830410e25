import { page, type FeatureDescription } from '@balcao/ui';

const read = { permissions: ['kb:read'] } as const;
const write = { permissions: ['kb:write'] } as const;

export default {
  routes: [
    page('articles', 'articles', () => import('./views/ArticleListView.vue'), { ...read, title: 'articles.title' }),
    page('articles/new', 'new-article', () => import('./views/NewArticleView.vue'), {
      ...write,
      title: 'articles.new',
      about: ['of', 'locale'],
    }),
    page('articles/categories', 'categories', () => import('./views/CategoriesView.vue'), {
      ...read,
      title: 'articles.categories.title',
    }),
    page('articles/:id', 'article', () => import('./views/ArticleView.vue'), read),
  ],
  menu: [
    { page: 'articles', label: { 'pt-BR': 'Artigos', 'en-US': 'Articles' }, icon: 'i-lucide-book-open', order: 30 },
  ],
} satisfies FeatureDescription;
