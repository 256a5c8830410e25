import {
  adminCreateArticle,
  adminCreateArticleCategory,
  adminDeleteArticle,
  adminDeleteArticleCategory,
  adminGetArticle,
  adminListArticleCategories,
  adminListArticles,
  adminPreviewArticle,
  adminUpdateArticle,
  adminUpdateArticleCategory,
  type CreateArticleRequest,
  type CreateCategoryRequest,
  type UpdateArticleRequest,
} from '@balcao/api-client';
import { toValue, type MaybeRefOrGetter } from 'vue';
import { list, one, query, useChange } from './keys.js';
import { useSessionStore } from '../stores/session.js';

export type ArticleInput = CreateArticleRequest;
export type CategoryInput = CreateCategoryRequest;

export const useArticles = list('articles', adminListArticles);

export const useArticle = one('article', async (call) => (await adminGetArticle(call)).article);

export const useCreateArticle = () =>
  useChange(
    async (body: ArticleInput) => (await adminCreateArticle({ body })).article,
    'article',
    'articles',
    'categories',
  );

export const useChangeArticle = (id: MaybeRefOrGetter<string>) =>
  useChange(
    async (body: UpdateArticleRequest) => (await adminUpdateArticle({ path: { id: toValue(id) }, body })).article,
    'article',
    'articles',
    'categories',
  );

export const useDeleteArticle = (id: MaybeRefOrGetter<string>) =>
  useChange(() => adminDeleteArticle({ path: { id: toValue(id) } }), 'articles', 'categories');

export const useCategories = query('categories', adminListArticleCategories);

export const useCreateCategory = () =>
  useChange((body: CategoryInput) => adminCreateArticleCategory({ body }), 'categories');

export const useChangeCategory = (id: string) =>
  useChange(
    (body: Partial<CategoryInput>) => adminUpdateArticleCategory({ path: { id }, body }),
    'categories',
    'articles',
  );

export const useDeleteCategory = () =>
  useChange((id: string) => adminDeleteArticleCategory({ path: { id } }), 'categories');

/** The text as customers will read it: made and sanitized by the API. */
export const usePreview = query(
  'preview',
  async (call, bodyMarkdown: string) => (await adminPreviewArticle({ ...call, body: { bodyMarkdown } })).html,
  {
    enabled: (bodyMarkdown) => useSessionStore().can('kb:write') && bodyMarkdown.trim() !== '',
    keep: true,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  },
);
