import {
  portalGetArticle,
  portalListArticleCategories,
  portalListArticles,
  publicGetArticle,
  publicListArticleCategories,
  publicListArticles,
} from '@balcao/api-client';
import type { Locale } from '@balcao/ui';
import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { toValue, type MaybeRefOrGetter } from 'vue';
import { useOrganizationKey } from '../../api/query-key.js';
import { useSessionStore } from '../../stores/session.js';

/** What the list of articles is narrowed to; it stands in the address. */
export interface ArticleFilter {
  q?: string;
  category?: string;
  page: number;
}

export const PAGE_SIZE = 20;
/** The most that one request may ask for: the library's front page shows the first of each category. */
const SHELF_SIZE = 100;

const CUSTOMERS = { list: portalListArticles, categories: portalListArticleCategories, article: portalGetArticle };
const VISITORS = { list: publicListArticles, categories: publicListArticleCategories, article: publicGetArticle };

/** Whoever is signed in reads what customers read, anybody else what is public. */
const useLibrary = () => (useSessionStore().state === 'in' ? CUSTOMERS : VISITORS);

export function useArticles(filter: MaybeRefOrGetter<ArticleFilter>) {
  const key = useOrganizationKey();
  const library = useLibrary();
  return useQuery({
    queryKey: key('articles', filter),
    queryFn: ({ signal }) => library.list({ query: { ...toValue(filter), limit: PAGE_SIZE }, signal }),
    placeholderData: keepPreviousData,
  });
}

/** The articles of the front page. */
export function useShelves() {
  const key = useOrganizationKey();
  const library = useLibrary();
  return useQuery({
    queryKey: key('articles', 'shelves'),
    queryFn: ({ signal }) => library.list({ query: { limit: SHELF_SIZE }, signal }),
  });
}

export function useCategories() {
  const key = useOrganizationKey();
  const library = useLibrary();
  return useQuery({
    queryKey: key('categories'),
    queryFn: ({ signal }) => library.categories({ signal }),
  });
}

/** One article, in `locale` where it is given, else in the reader's language. */
export function useArticle(slug: MaybeRefOrGetter<string>, locale: MaybeRefOrGetter<Locale | undefined>) {
  const key = useOrganizationKey();
  const library = useLibrary();
  return useQuery({
    queryKey: key('article', slug, locale),
    queryFn: async ({ signal }) =>
      (await library.article({ path: { slug: toValue(slug) }, query: { locale: toValue(locale) }, signal })).article,
  });
}
