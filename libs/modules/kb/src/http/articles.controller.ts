import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiPageResponse,
  ApiProblems,
  Audience,
  RequireStaffPermission,
  StaffCtx,
  UuidParam,
  pageOf,
  type Page,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { ArticleService } from '../article.service.js';
import {
  ArticleItem,
  ArticleListQuery,
  ArticleResponse,
  CreateArticleRequest,
  PreviewRequest,
  PreviewResponse,
  UpdateArticleRequest,
} from './dto/article.dto.js';

@ApiTags('Knowledge base')
@Controller('api/v1/admin/kb')
@Audience('staff')
export class ArticlesController {
  constructor(private readonly articles: ArticleService) {}

  @Get('articles')
  @RequireStaffPermission('kb:read')
  @ApiOperation({ operationId: 'adminListArticles', summary: 'Articles of every visibility, last changed first' })
  @ApiPageResponse(ArticleItem)
  @ApiProblems('validation_failed')
  async list(@StaffCtx() context: StaffContext, @Query() query: ArticleListQuery): Promise<Page<ArticleItem>> {
    const { rows, total } = await this.articles.list(context, query);
    return pageOf(rows, total, query);
  }

  @Post('articles')
  @RequireStaffPermission('kb:write')
  @ApiOperation({ operationId: 'adminCreateArticle', summary: 'Write an article' })
  @ApiCreatedResponse({ type: ArticleResponse })
  @ApiProblems('validation_failed', 'slug_taken')
  async create(@StaffCtx() context: StaffContext, @Body() body: CreateArticleRequest): Promise<ArticleResponse> {
    return { article: await this.articles.create(context, body) };
  }

  @Get('articles/:id')
  @RequireStaffPermission('kb:read')
  @ApiOperation({ operationId: 'adminGetArticle', summary: 'One article with its Markdown' })
  @ApiOkResponse({ type: ArticleResponse })
  @ApiProblems('not_found')
  async get(@StaffCtx() context: StaffContext, @UuidParam('id') id: string): Promise<ArticleResponse> {
    return { article: await this.articles.get(context, id) };
  }

  @Patch('articles/:id')
  @RequireStaffPermission('kb:write')
  @ApiOperation({ operationId: 'adminUpdateArticle', summary: 'Change, publish or take back an article' })
  @ApiOkResponse({ type: ArticleResponse })
  @ApiProblems('validation_failed', 'not_found', 'conflict', 'slug_taken')
  async update(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() body: UpdateArticleRequest,
  ): Promise<ArticleResponse> {
    return { article: await this.articles.update(context, id, body) };
  }

  @Delete('articles/:id')
  @HttpCode(204)
  @RequireStaffPermission('kb:write')
  @ApiOperation({ operationId: 'adminDeleteArticle', summary: 'Delete an article' })
  @ApiNoContentResponse()
  @ApiProblems('not_found')
  async remove(@StaffCtx() context: StaffContext, @UuidParam('id') id: string): Promise<void> {
    await this.articles.remove(context, id);
  }

  @Post('preview')
  @HttpCode(200)
  @RequireStaffPermission('kb:write')
  @ApiOperation({ operationId: 'adminPreviewArticle', summary: 'A text as customers will read it; stores nothing' })
  @ApiOkResponse({ type: PreviewResponse })
  @ApiProblems('validation_failed')
  async preview(@Body() { bodyMarkdown }: PreviewRequest): Promise<PreviewResponse> {
    return { html: await this.articles.preview(bodyMarkdown) };
  }
}
