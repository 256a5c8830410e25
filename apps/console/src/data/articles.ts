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
import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { toValue, type MaybeRefOrGetter } from 'vue';
import { list, one, useChange, useOrganizationKey } from './organization.js';
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

export function useCategories() {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('categories'),
    queryFn: ({ signal }) => adminListArticleCategories({ signal }),
  });
}

export const useCreateCategory = () =>
  useChange((body: CategoryInput) => adminCreateArticleCategory({ body }), 'categories');

export const useChangeCategory = (id: string) =>
  useChange((body: CategoryInput) => adminUpdateArticleCategory({ path: { id }, body }), 'categories', 'articles');

export const useDeleteCategory = () =>
  useChange((id: string) => adminDeleteArticleCategory({ path: { id } }), 'categories');

/** The text as customers will read it: made and sanitized by the API. */
export function usePreview(bodyMarkdown: MaybeRefOrGetter<string>) {
  const key = useOrganizationKey();
  const session = useSessionStore();
  return useQuery({
    queryKey: key('preview', bodyMarkdown),
    queryFn: async ({ signal }) =>
      (await adminPreviewArticle({ body: { bodyMarkdown: toValue(bodyMarkdown) }, signal })).html,
    enabled: () => session.can('kb:write') && toValue(bodyMarkdown).trim() !== '',
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}
