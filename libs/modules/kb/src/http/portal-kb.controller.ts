import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiPageResponse,
  ApiProblems,
  Audience,
  RequireFeature,
  RequirePermission,
  TenantCtx,
  type Page,
} from '@balcao/platform-http';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import {
  KbArticleItem,
  KbArticleResponse,
  KbCategoryListResponse,
  KbListQuery,
  KbLocaleQuery,
} from './dto/kb-portal.dto.js';
import { KbAnswers } from './kb-answers.js';

@ApiTags('Portal: knowledge base')
@Controller('api/v1/portal/kb')
@Audience('portal')
export class PortalKbController {
  constructor(private readonly answers: KbAnswers) {}

  @Get()
  @RequireFeature('knowledgeBase')
  @RequirePermission('kb:read')
  @ApiOperation({ operationId: 'portalListArticles', summary: 'Search the knowledge base, or see the latest articles' })
  @ApiPageResponse(KbArticleItem)
  @ApiProblems('validation_failed', 'PORTAL_KNOWLEDGE_BASE_DISABLED')
  async list(@TenantCtx() context: OrganizationContext, @Query() query: KbListQuery): Promise<Page<KbArticleItem>> {
    return this.answers.list(context, query);
  }

  @Get('categories')
  @RequireFeature('knowledgeBase')
  @RequirePermission('kb:read')
  @ApiOperation({ operationId: 'portalListArticleCategories', summary: 'Categories that hold something to read' })
  @ApiOkResponse({ type: KbCategoryListResponse })
  @ApiProblems('validation_failed', 'PORTAL_KNOWLEDGE_BASE_DISABLED')
  async categories(
    @TenantCtx() context: OrganizationContext,
    @Query() query: KbLocaleQuery,
  ): Promise<KbCategoryListResponse> {
    return this.answers.categories(context, query);
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
    @Query() query: KbLocaleQuery,
  ): Promise<KbArticleResponse> {
    return this.answers.article(context, slug, query);
  }
}
