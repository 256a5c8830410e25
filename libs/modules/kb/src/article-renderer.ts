import { Injectable } from '@nestjs/common';
import { refusedField } from '@balcao/platform-errors';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import { Threads } from '@balcao/platform-threads';
import { MARKDOWN_LIMITS, type RenderedArticle, type renderArticle } from './domain/markdown.js';

const RENDERER = new URL('../dist/domain/markdown.js', import.meta.url);

/** Renders Markdown beside the event loop; outside of transactions, which would wait for it. */
@Injectable()
export class ArticleRenderer {
  constructor(private readonly threads: Threads) {}

  /**
   * @param isPreview whoever asks for the next one does not wait for this one
   * @throws DomainError validation_failed for a text with too much of something; service_unavailable
   */
  async render(
    { organizationId: lane, actor }: OrganizationContext,
    source: string,
    isPreview = false,
  ): Promise<RenderedArticle> {
    const network = 'id' in actor ? actor.id : lane;
    const turn = { lane, network, ...(isPreview ? { latestOf: network } : { first: true }) };
    const rendered = await this.threads.run<typeof renderArticle>(RENDERER, 'renderArticle', source, turn);
    if (!('exceeds' in rendered)) return rendered;
    const { exceeds } = rendered;
    throw refusedField('bodyMarkdown', `markdown_${exceeds}`, { max: MARKDOWN_LIMITS[exceeds] });
  }
}
