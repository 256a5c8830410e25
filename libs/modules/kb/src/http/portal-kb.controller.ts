import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiPageResponse,
  ApiProblems,
  Audience,
  RequireFeature,
  RequirePermission,
  TenantCtx,
  pageOf,
  type Page,
} from '@balcao/platform-http';
import { DomainError } from '@balcao/platform-errors';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import { searchWords } from '../domain/search-words.js';
import { SLUG_PATTERN } from '../domain/slug.js';
import { KbReaderService } from '../kb-reader.service.js';
import {
  KbArticleItem,
  KbArticleResponse,
  KbCategoryListResponse,
  KbListQuery,
  KbLocaleQuery,
} from './dto/kb-portal.dto.js';
import { presentKbArticle, presentKbItem } from './kb.presenter.js';

@ApiTags('Portal: knowledge base')
@Controller('api/v1/portal/kb')
@Audience('portal')
export class PortalKbController {
  constructor(private readonly reader: KbReaderService) {}

  @Get()
  @RequireFeature('knowledgeBase')
  @RequirePermission('kb:read')
  @ApiOperation({ operationId: 'portalListArticles', summary: 'Search the knowledge base, or see the latest articles' })
  @ApiPageResponse(KbArticleItem)
  @ApiProblems('validation_failed', 'PORTAL_KNOWLEDGE_BASE_DISABLED')
  async list(@TenantCtx() context: OrganizationContext, @Query() query: KbListQuery): Promise<Page<KbArticleItem>> {
    const { q, category, tag, locale = context.locale, limit, offset } = query;
    const { rows, total } = await this.reader.list(context, { q, category, tag, locale, limit, offset });
    const words = searchWords(q);
    return pageOf(
      rows.map((row) => presentKbItem(row, words)),
      total,
      query,
    );
  }

  @Get('categories')
  @RequireFeature('knowledgeBase')
  @RequirePermission('kb:read')
  @ApiOperation({ operationId: 'portalListArticleCategories', summary: 'Categories that hold something to read' })
  @ApiOkResponse({ type: KbCategoryListResponse })
  @ApiProblems('validation_failed', 'PORTAL_KNOWLEDGE_BASE_DISABLED')
  async categories(
    @TenantCtx() context: OrganizationContext,
    @Query() { locale = context.locale }: KbLocaleQuery,
  ): Promise<KbCategoryListResponse> {
    return { data: await this.reader.categories(context, locale) };
  }

  @Get('articles/:slug')
  @RequireFeature('knowledgeBase')
  @RequirePermission('kb:read')
  @ApiOperation({ operationId: 'portalGetArticle', summary: "One article, in the reader's language where it exists" })
  @ApiOkResponse({ type: KbArticleResponse })
  @ApiProblems('validation_failed', 'not_found', 'PORTAL_KNOWLEDGE_BASE_DISABLED')
  async article(
    @TenantCtx() context: OrganizationContext,
    @Param('slug') slug: string,
    @Query() { locale = context.locale }: KbLocaleQuery,
  ): Promise<KbArticleResponse> {
    if (!SLUG_PATTERN.test(slug)) throw new DomainError('not_found');
    return { article: presentKbArticle(await this.reader.article(context, slug, locale)) };
  }
}
