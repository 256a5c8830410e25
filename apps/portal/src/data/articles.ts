import {
  portalGetArticle,
  portalListArticleCategories,
  portalListArticles,
  publicGetArticle,
  publicListArticleCategories,
  publicListArticles,
} from '@balcao/api-client';
import { currentLocale, type Locale } from '@balcao/ui';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { given } from '../api/given.js';
import { useSessionStore } from '../stores/session.js';
import { list, query } from './keys.js';

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
const library = () => (useSessionStore().state === 'in' ? CUSTOMERS : VISITORS);

const useListed = list(
  'articles',
  (call: { query?: ArticleFilter & { locale: Locale }; signal?: AbortSignal }) => library().list(call),
  { limit: PAGE_SIZE },
);

/** Articles as a filter narrows them, in the reader's language: another one is asked for anew. */
export const useArticles = (filter: MaybeRefOrGetter<ArticleFilter>) =>
  useListed(() => ({ ...toValue(filter), locale: currentLocale() }));

/** The first of all articles, in the API's order. */
const useFirstArticles = query(['articles', 'first'], (call, limit: number, locale: Locale) =>
  library().list({ ...call, query: { limit, locale } }),
);

/** The articles of the library's front page. */
export const useShelves = () => useFirstArticles(SHELF_SIZE, currentLocale);

/** The articles changed last. */
export const useLatestArticles = () => useFirstArticles(SHOWN_AT_HOME, currentLocale);

/** No longer question is answered; what stands in front says enough. */
const LONGEST = 200;

const isAsked = (q: string) => q !== '' && useSessionStore().has('knowledgeBase') && useSessionStore().can('kb:read');

const useFound = query(
  ['articles', 'found'],
  (call, limit: number, q: string) => portalListArticles({ ...call, query: { q: q.slice(0, LONGEST), limit } }),
  { enabled: (_limit, q) => isAsked(q), keep: true, retry: false },
);

/** Up to `limit` articles that fit what is being typed, for whoever may read them. */
export function useFoundArticles(q: MaybeRefOrGetter<string>, limit: number) {
  const { data, isFetching } = useFound(limit, q);
  return {
    articles: computed(() => (isAsked(toValue(q)) ? (data.value?.data.slice(0, limit) ?? []) : [])),
    isFetching,
  };
}

const useCategoriesIn = query('categories', (call, locale: Locale) =>
  library().categories({ ...call, query: { locale } }),
);

export const useCategories = () => useCategoriesIn(currentLocale);

type Article = Awaited<ReturnType<typeof publicGetArticle>>['article'];

const useArticleIn = query(
  'article',
  async (call, slug: string, locale: Locale) =>
    (await library().article({ ...call, path: { slug }, query: { locale } })).article,
  { initial: (slug, locale) => articleOfPage(slug, locale) },
);

/** One article, in the language that is asked for, else in the reader's. */
export const useArticle = (slug: MaybeRefOrGetter<string>, asked: MaybeRefOrGetter<Locale | undefined>) =>
  useArticleIn(slug, () => toValue(asked) ?? currentLocale());

/** The article that the page came with, where it is the one that this reader wants. */
function articleOfPage(slug: string, locale: Locale): Article | undefined {
  const came = given<{ wanted: Locale; article: Article }>('article');
  const isWanted = came?.article.slug === slug && came.wanted === locale;
  return isWanted && library() === VISITORS ? came.article : undefined;
}
