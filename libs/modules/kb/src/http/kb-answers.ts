import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { pageOf, type Page } from '@balcao/platform-http';
import { DomainError } from '@balcao/platform-errors';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import { SLUG_PATTERN } from '../domain/slug.js';
import { KbReaderService } from '../kb-reader.service.js';
import {
  presentKbItems,
  type KbArticleItem,
  type KbArticleResponse,
  type KbCategoryListResponse,
  type KbListQuery,
  type KbLocaleQuery,
} from './dto/kb-portal.dto.js';

/** What readers are answered, signed in or not: which articles exist for them says the context. */
@Injectable()
export class KbAnswers {
  constructor(private readonly reader: KbReaderService) {}

  async list(context: OrganizationContext, query: KbListQuery): Promise<Page<KbArticleItem>> {
    const { q, category, tag, locale = context.locale, limit, offset } = query;
    const { rows, total } = await this.reader.list(context, { q, category, tag, locale, limit, offset });
    return pageOf(presentKbItems(rows), total, query);
  }

  async categories(
    context: OrganizationContext,
    { locale = context.locale }: KbLocaleQuery,
  ): Promise<KbCategoryListResponse> {
    return { data: await this.reader.categories(context, locale) };
  }

  /**
   * An address that the article had before answers 301, with the present one beside it.
   * @throws DomainError not_found
   */
  async article(
    context: OrganizationContext,
    slug: string,
    query: KbLocaleQuery,
    reply: FastifyReply,
  ): Promise<KbArticleResponse | undefined> {
    if (!SLUG_PATTERN.test(slug)) throw new DomainError('not_found');
    const article = await this.reader.article(context, slug, query.locale ?? context.locale);
    if (!('movedTo' in article)) {
      // Another than the one that was asked for, where there is no translation.
      reply.header('content-language', article.locale);
      return { article };
    }
    reply.status(301).header('location', article.movedTo + (query.locale ? `?locale=${query.locale}` : ''));
    return undefined;
  }
}
