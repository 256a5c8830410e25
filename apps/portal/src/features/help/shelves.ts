import type { ArticleCategory, ArticleSummary } from '../../api/types.js';

/** A category with the first of its articles; what has no category stands in a last one without a name. */
export interface Shelf {
  slug: string | null;
  name: string | null;
  count: number;
  articles: ArticleSummary[];
}

const SHOWN = 3;

/** Puts articles under their categories, in the categories' order, without those that would be empty. */
export function shelvesOf(categories: ArticleCategory[], articles: ArticleSummary[]): Shelf[] {
  const known = new Set(categories.map(({ slug }) => slug));
  const loose = articles.filter(({ category }) => !category || !known.has(category.slug));
  return [
    ...categories.map(({ slug, name, articleCount }) => ({
      slug,
      name,
      count: articleCount,
      articles: articles.filter((article) => article.category?.slug === slug).slice(0, SHOWN),
    })),
    { slug: null, name: null, count: loose.length, articles: loose },
  ].filter((shelf) => shelf.articles.length > 0);
}
