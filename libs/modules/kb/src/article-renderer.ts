import { Injectable } from '@nestjs/common';
import { refusedField } from '@balcao/platform-errors';
import { Threads } from '@balcao/platform-threads';
import { MARKDOWN_LIMITS, type RenderedArticle, type renderArticle } from './domain/markdown.js';

const RENDERER = new URL('../dist/domain/markdown.js', import.meta.url);

/** Renders Markdown beside the event loop; outside of transactions, which would wait for it. */
@Injectable()
export class ArticleRenderer {
  constructor(private readonly threads: Threads) {}

  /** @throws DomainError validation_failed for a text with too much of something */
  async render(source: string): Promise<RenderedArticle> {
    const rendered = await this.threads.run<typeof renderArticle>(RENDERER, 'renderArticle', source);
    if (!('exceeds' in rendered)) return rendered;
    const { exceeds } = rendered;
    throw refusedField('bodyMarkdown', `markdown_${exceeds}`, { max: MARKDOWN_LIMITS[exceeds] });
  }
}
