import { Get, Param, Query, Res } from '@nestjs/common';
import { ApiMovedPermanentlyResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  AudienceController,
  AnswerHeaders,
  Operation,
  Summary,
  PortalCtx,
  RequirePortalPermission,
} from '@balcao/platform-http';
import type { PortalContext } from '@balcao/platform-tenancy';
import {
  KbArticleItem,
  KbArticleResponse,
  KbCategoryListResponse,
  KbListQuery,
  KbLocaleQuery,
} from './dto/kb-portal.dto.js';
import { KbAnswers } from './kb-answers.js';

@AudienceController('portal', 'api/v1/portal/kb', 'Portal: knowledge base', 'knowledgeBase')
export class PortalKbController {
  constructor(private readonly answers: KbAnswers) {}

  @Get()
  @RequirePortalPermission('kb:read')
  @AnswerHeaders('ContentLanguage')
  @Operation('portalListArticles', [KbArticleItem])
  @Summary('Search the knowledge base, or see the latest articles')
  async list(@PortalCtx() context: PortalContext, @Query() query: KbListQuery) {
    return this.answers.list(context, query);
  }

  @Get('categories')
  @RequirePortalPermission('kb:read')
  @AnswerHeaders('ContentLanguage')
  @Operation('portalListArticleCategories', KbCategoryListResponse)
  @Summary('Categories that hold something to read')
  async categories(@PortalCtx() context: PortalContext, @Query() query: KbLocaleQuery) {
    return this.answers.categories(context, query);
  }

  @Get('articles/:slug')
  @RequirePortalPermission('kb:read')
  @AnswerHeaders('ContentLanguage')
  @Operation('portalGetArticle', KbArticleResponse)
  @Summary("One article, in the reader's language where it exists")
  @ApiMovedPermanentlyResponse({ description: 'The article has another address now; see `Location`' })
  async article(
    @PortalCtx() context: PortalContext,
    @Param('slug') slug: string,
    @Query() query: KbLocaleQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.answers.article(context, slug, query, reply);
  }
}
