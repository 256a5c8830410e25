import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiPageResponse,
  ApiProblems,
  Audience,
  CacheControl,
  Public,
  RequireFeature,
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

/** A switch that is turned off, or an article that is taken back, is gone after this many seconds. */
const PUBLIC_CACHING = 'public, max-age=60';
const REFUSALS = [
  'not_found',
  'organization_suspended',
  'PORTAL_KNOWLEDGE_BASE_DISABLED',
  'PORTAL_PUBLIC_ARTICLES_DISABLED',
] as const;

/** What anybody may read without signing in: a route of its own, so that no session widens what it shows. */
@ApiTags('Portal: knowledge base')
@Controller('api/v1/portal/public/kb')
@Audience('portal')
export class PublicKbController {
  constructor(private readonly reader: KbReaderService) {}

  @Get()
  @Public()
  @RequireFeature('knowledgeBase', 'publicArticles')
  @CacheControl(PUBLIC_CACHING)
  @ApiOperation({
    operationId: 'publicListArticles',
    summary: 'Search the articles that need no sign-in, or see the latest',
  })
  @ApiPageResponse(KbArticleItem)
  @ApiProblems('validation_failed', ...REFUSALS)
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
  @Public()
  @RequireFeature('knowledgeBase', 'publicArticles')
  @CacheControl(PUBLIC_CACHING)
  @ApiOperation({
    operationId: 'publicListArticleCategories',
    summary: 'Categories that hold an article for everybody',
  })
  @ApiOkResponse({ type: KbCategoryListResponse })
  @ApiProblems('validation_failed', ...REFUSALS)
  async categories(
    @TenantCtx() context: OrganizationContext,
    @Query() { locale = context.locale }: KbLocaleQuery,
  ): Promise<KbCategoryListResponse> {
    return { data: await this.reader.categories(context, locale) };
  }

  @Get('articles/:slug')
  @Public()
  @RequireFeature('knowledgeBase', 'publicArticles')
  @CacheControl(PUBLIC_CACHING)
  @ApiOperation({
    operationId: 'publicGetArticle',
    summary: "One article for everybody, in the reader's language where it exists",
  })
  @ApiOkResponse({ type: KbArticleResponse })
  @ApiProblems('validation_failed', ...REFUSALS)
  async article(
    @TenantCtx() context: OrganizationContext,
    @Param('slug') slug: string,
    @Query() { locale = context.locale }: KbLocaleQuery,
  ): Promise<KbArticleResponse> {
    if (!SLUG_PATTERN.test(slug)) throw new DomainError('not_found');
    return { article: presentKbArticle(await this.reader.article(context, slug, locale)) };
  }
}
