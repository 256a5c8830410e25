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

export const useArticles = list(
  'articles',
  (call: { query?: ArticleFilter; signal?: AbortSignal }) => library().list(call),
  { limit: PAGE_SIZE },
);

/** The first of all articles, in the API's order. */
const useFirstArticles = query(['articles', 'first'], (call, limit: number) =>
  library().list({ ...call, query: { limit } }),
);

/** The articles of the library's front page. */
export const useShelves = () => useFirstArticles(SHELF_SIZE);

/** The articles changed last. */
export const useLatestArticles = () => useFirstArticles(SHOWN_AT_HOME);

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

export const useCategories = query('categories', (call) => library().categories(call));

type Article = Awaited<ReturnType<typeof publicGetArticle>>['article'];

/** One article, in `locale` where it is given, else in the reader's language. */
export const useArticle = query(
  'article',
  async (call, slug: string, locale: Locale | undefined) =>
    (await library().article({ ...call, path: { slug }, query: { locale } })).article,
  { initial: (slug, locale) => articleOfPage(slug, locale) },
);

/** The article that the page came with, where it is the one that this reader wants. */
function articleOfPage(slug: string, locale: Locale | undefined): Article | undefined {
  const came = given<{ wanted: Locale; article: Article }>('article');
  const isWanted = came?.article.slug === slug && came.wanted === (locale ?? currentLocale());
  return isWanted && library() === VISITORS ? came.article : undefined;
}
