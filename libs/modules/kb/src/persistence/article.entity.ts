import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Locale } from '@balcao/contracts';
import type { ArticleVisibility } from '../domain/article.js';

@Entity('kb_articles')
export class ArticleEntity {
  @PrimaryColumn('uuid') id: string;
  /** Articles of one slug are translations of one another. */
  @Column('text') slug: string;
  @Column('text') locale: Locale;
  @Column('text') title: string;
  /** What lists show; empty for the beginning of the body. */
  @Column('text') excerpt: string;
  @Column({ type: 'text', name: 'body_markdown' }) bodyMarkdown: string;
  /** The body as readers get it, made once for each version; its text without the markup, for search; its beginning. */
  @Column({ type: 'text', name: 'body_html', select: false }) bodyHtml: string;
  @Column({ type: 'text', name: 'body_text', select: false }) bodyText: string;
  @Column({ type: 'text', name: 'body_excerpt', select: false }) bodyExcerpt: string;
  @Column({ type: 'uuid', name: 'category_id', nullable: true }) categoryId: string | null;
  @Column({ type: 'text', array: true }) tags: string[];
  @Column('text') visibility: ArticleVisibility;
  /** First publication. */
  @Column({ type: 'timestamptz', name: 'published_at', nullable: true }) publishedAt: Date | null;
  /** Counts the changes; a writer names the version that it read. */
  @Column('integer') version: number;
  @Column({ type: 'uuid', name: 'author_id', nullable: true }) authorId: string | null;
  @Column({ type: 'timestamptz', name: 'created_at', update: false }) createdAt: Date;
  @Column({ type: 'timestamptz', name: 'updated_at', update: false }) updatedAt: Date;
}
