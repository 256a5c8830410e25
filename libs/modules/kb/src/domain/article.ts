/** Who may read an article: nobody yet, staff, signed-in customers, or anybody. */
export const ARTICLE_VISIBILITIES = ['draft', 'internal', 'portal', 'public'] as const;
export type ArticleVisibility = (typeof ARTICLE_VISIBILITIES)[number];

/** Whether customers can read it. */
export function isPublished(visibility: ArticleVisibility): boolean {
  return visibility === 'portal' || visibility === 'public';
}

/** The moment of first publication; an article that is taken back and published again keeps it. */
export function publishedAt(before: Date | null, visibility: ArticleVisibility, now: Date): Date | null {
  return before ?? (isPublished(visibility) ? now : null);
}
