import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { toValue, type MaybeRefOrGetter } from 'vue';
import { useOrganizationKey } from '../../api/query-key.js';
import { request } from '../../api/request.js';
import type { Article, ArticleCategory, ArticleSummary, Page } from '../../api/types.js';

/** What the list of articles is narrowed to; it stands in the address. */
export interface ArticleFilter {
  q?: string;
  category?: string;
  page: number;
}

export const PAGE_SIZE = 20;
/** The most that one request may ask for: the library's front page shows the first of each category. */
const SHELF_SIZE = 100;

export function useArticles(filter: MaybeRefOrGetter<ArticleFilter>) {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('articles', filter),
    queryFn: ({ signal }) =>
      request<Page<ArticleSummary>>('kb', { query: { ...toValue(filter), limit: PAGE_SIZE }, signal }),
    placeholderData: keepPreviousData,
  });
}

/** The articles of the front page. */
export function useShelves() {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('articles', 'shelves'),
    queryFn: ({ signal }) => request<Page<ArticleSummary>>('kb', { query: { limit: SHELF_SIZE }, signal }),
  });
}

export function useCategories() {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('categories'),
    queryFn: ({ signal }) => request<{ data: ArticleCategory[] }>('kb/categories', { signal }),
  });
}

export function useArticle(slug: MaybeRefOrGetter<string>) {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('article', slug),
    queryFn: async ({ signal }) =>
      (await request<{ article: Article }>(`kb/articles/${encodeURIComponent(toValue(slug))}`, { signal })).article,
  });
}
