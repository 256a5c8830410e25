import { Injectable } from '@nestjs/common';
import { pageOf, type Page } from '@balcao/platform-http';
import { DomainError } from '@balcao/platform-errors';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import { searchWords } from '../domain/search-words.js';
import { SLUG_PATTERN } from '../domain/slug.js';
import { KbReaderService } from '../kb-reader.service.js';
import type {
  KbArticleItem,
  KbArticleResponse,
  KbCategoryListResponse,
  KbListQuery,
  KbLocaleQuery,
} from './dto/kb-portal.dto.js';
import { presentKbArticle, presentKbItem } from './kb.presenter.js';

/** What readers are answered, signed in or not: which articles exist for them says the context. */
@Injectable()
export class KbAnswers {
  constructor(private readonly reader: KbReaderService) {}

  async list(context: OrganizationContext, query: KbListQuery): Promise<Page<KbArticleItem>> {
    const { q, category, tag, locale = context.locale, limit, offset } = query;
    const { rows, total } = await this.reader.list(context, { q, category, tag, locale, limit, offset });
    const words = searchWords(q);
    return pageOf(
      rows.map((row) => presentKbItem(row, words)),
      total,
      query,
    );
  }

  async categories(
    context: OrganizationContext,
    { locale = context.locale }: KbLocaleQuery,
  ): Promise<KbCategoryListResponse> {
    return { data: await this.reader.categories(context, locale) };
  }

  /** @throws DomainError not_found */
  async article(
    context: OrganizationContext,
    slug: string,
    { locale = context.locale }: KbLocaleQuery,
  ): Promise<KbArticleResponse> {
    if (!SLUG_PATTERN.test(slug)) throw new DomainError('not_found');
    return { article: presentKbArticle(await this.reader.article(context, slug, locale)) };
  }
}
