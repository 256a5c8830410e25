import { Get, Param, Query, Res } from '@nestjs/common';
import { ApiMovedPermanentlyResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  AudienceController,
  AnswerHeaders,
  CacheControl,
  Operation,
  Summary,
  Public,
  TenantCtx,
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

/** A switch that is turned off, or an article that is taken back, is gone after this many seconds. */
const PUBLIC_CACHING = 'public, max-age=60';
/** What anybody may read without signing in: a route of its own, so that no session widens what it shows. */
@AudienceController('portal', 'api/v1/portal/public/kb', 'Portal: knowledge base', 'knowledgeBase', 'publicArticles')
export class PublicKbController {
  constructor(private readonly answers: KbAnswers) {}

  @Get()
  @Public()
  @CacheControl(PUBLIC_CACHING)
  @AnswerHeaders('ContentLanguage')
  @Operation('publicListArticles', [KbArticleItem])
  @Summary('Search the articles that need no sign-in, or see the latest')
  async list(@TenantCtx() context: OrganizationContext, @Query() query: KbListQuery) {
    return this.answers.list(context, query);
  }

  @Get('categories')
  @Public()
  @CacheControl(PUBLIC_CACHING)
  @AnswerHeaders('ContentLanguage')
  @Operation('publicListArticleCategories', KbCategoryListResponse)
  @Summary('Categories that hold an article for everybody')
  async categories(@TenantCtx() context: OrganizationContext, @Query() query: KbLocaleQuery) {
    return this.answers.categories(context, query);
  }

  @Get('articles/:slug')
  @Public()
  @CacheControl(PUBLIC_CACHING)
  @AnswerHeaders('ContentLanguage')
  @Operation('publicGetArticle', KbArticleResponse)
  @Summary("One article for everybody, in the reader's language where it exists")
  @ApiMovedPermanentlyResponse({ description: 'The article has another address now; see `Location`' })
  async article(
    @TenantCtx() context: OrganizationContext,
    @Param('slug') slug: string,
    @Query() query: KbLocaleQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.answers.article(context, slug, query, reply);
  }
}
