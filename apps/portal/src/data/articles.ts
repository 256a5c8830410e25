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
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { useSessionStore } from '../stores/session.js';
import { useKey } from './keys.js';

/** What the list of articles is narrowed to; it stands in the address. */
export interface ArticleFilter {
  q?: string;
  category?: string;
  page: number;
}

const PAGE_SIZE = 20;
/** The most that one request may ask for: the library's front page shows the first of each category. */
const SHELF_SIZE = 100;
const SHOWN_AT_HOME = 4;

const CUSTOMERS = { list: portalListArticles, categories: portalListArticleCategories, article: portalGetArticle };
const VISITORS = { list: publicListArticles, categories: publicListArticleCategories, article: publicGetArticle };

/** Whoever is signed in reads what customers read, anybody else what is public. */
const useLibrary = () => (useSessionStore().state === 'in' ? CUSTOMERS : VISITORS);

export function useArticles(filter: MaybeRefOrGetter<ArticleFilter>) {
  const key = useKey();
  const library = useLibrary();
  return useQuery({
    queryKey: key('articles', filter),
    queryFn: ({ signal }) => library.list({ query: { ...toValue(filter), limit: PAGE_SIZE }, signal }),
    placeholderData: keepPreviousData,
  });
}

/** The first of all articles, in the API's order. */
function useFirstArticles(limit: number) {
  const key = useKey();
  const library = useLibrary();
  return useQuery({
    queryKey: key('articles', 'first', limit),
    queryFn: ({ signal }) => library.list({ query: { limit }, signal }),
  });
}

/** The articles of the library's front page. */
export const useShelves = () => useFirstArticles(SHELF_SIZE);

/** The articles changed last. */
export const useLatestArticles = () => useFirstArticles(SHOWN_AT_HOME);

/** Up to `limit` articles that fit what is being typed, for whoever may read them. */
export function useFoundArticles(q: MaybeRefOrGetter<string>, limit: number) {
  const key = useKey();
  const session = useSessionStore();
  const asked = computed(() => toValue(q) !== '' && session.has('knowledgeBase') && session.can('kb:read'));
  const { data, isFetching } = useQuery({
    queryKey: key('articles', 'found', limit, q),
    queryFn: ({ signal }) => portalListArticles({ query: { q: toValue(q), limit }, signal }),
    enabled: asked,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return { articles: computed(() => (asked.value ? (data.value?.data.slice(0, limit) ?? []) : [])), isFetching };
}

export function useCategories() {
  const key = useKey();
  const library = useLibrary();
  return useQuery({
    queryKey: key('categories'),
    queryFn: ({ signal }) => library.categories({ signal }),
  });
}

/** One article, in `locale` where it is given, else in the reader's language. */
export function useArticle(slug: MaybeRefOrGetter<string>, locale: MaybeRefOrGetter<Locale | undefined>) {
  const key = useKey();
  const library = useLibrary();
  return useQuery({
    queryKey: key('article', slug, locale),
    queryFn: async ({ signal }) =>
      (await library.article({ path: { slug: toValue(slug) }, query: { locale: toValue(locale) }, signal })).article,
  });
}
