import type { ArticleListRow, ArticleRow } from '../article.service.js';
import { highlightedSnippet } from '../domain/highlight.js';
import { renderMarkdown } from '../domain/markdown.js';
import type { ReaderArticleRow, ReaderListRow } from '../kb-reader.service.js';
import type { ArticleDetail, ArticleItem } from './dto/article.dto.js';
import type { KbArticleDetail, KbArticleItem } from './dto/kb-portal.dto.js';

/** `words` are what was searched for, if anything was. */
export function presentKbItem(row: ReaderListRow, words: readonly string[]): KbArticleItem {
  const { id, slug, title, excerpt, category, tags, locale, updatedAt } = row;
  return {
    id,
    slug,
    title,
    excerpt,
    highlight: words.length > 0 ? highlightedSnippet(row.text, words) : null,
    category,
    tags,
    locale,
    updatedAt,
  };
}

export function presentKbArticle({
  id,
  slug,
  title,
  excerpt,
  bodyMarkdown,
  category,
  tags,
  locale,
  locales,
  updatedAt,
}: ReaderArticleRow): KbArticleDetail {
  return {
    id,
    slug,
    title,
    excerpt,
    bodyHtml: renderMarkdown(bodyMarkdown),
    category,
    tags,
    locale,
    locales,
    updatedAt,
  };
}

export function presentArticleItem(row: ArticleListRow): ArticleItem {
  const { id, slug, title, locale, visibility, category, tags, version, publishedAt, createdAt, updatedAt } = row;
  return { id, slug, title, locale, visibility, category, tags, version, publishedAt, createdAt, updatedAt };
}

export function presentArticle(row: ArticleRow): ArticleDetail {
  return { ...presentArticleItem(row), excerpt: row.excerpt, bodyMarkdown: row.bodyMarkdown };
}
