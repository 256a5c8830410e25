import { Body, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import {
  PostAction,
  AudienceController,
  Operation,
  Summary,
  RequireStaffPermission,
  StaffCtx,
  StoresNothing,
  UuidParam,
  pageOf,
  Writes,
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

@AudienceController('staff', 'api/v1/admin/kb', 'Knowledge base')
export class ArticlesController {
  constructor(private readonly articles: ArticleService) {}

  @Get('articles')
  @RequireStaffPermission('kb:read')
  @Operation('adminListArticles', [ArticleItem])
  @Summary(
    'Articles of every visibility, each once: in your language where it has that; last changed or best match first',
  )
  async list(@StaffCtx() context: StaffContext, @Query() query: ArticleListQuery) {
    const { rows, total } = await this.articles.list(context, query);
    return pageOf(rows, total, query);
  }

  @Post('articles')
  @RequireStaffPermission('kb:write')
  @Writes(5)
  @Operation('adminCreateArticle', ArticleResponse, 'slug_taken')
  @Summary('Write an article')
  async create(@StaffCtx() context: StaffContext, @Body() body: CreateArticleRequest) {
    return { article: await this.articles.create(context, body) };
  }

  @Get('articles/:id')
  @RequireStaffPermission('kb:read')
  @Operation('adminGetArticle', ArticleResponse)
  @Summary('One article with its Markdown')
  async get(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return { article: await this.articles.get(context, id) };
  }

  @Patch('articles/:id')
  @RequireStaffPermission('kb:write')
  @Writes(5)
  @Operation('adminUpdateArticle', ArticleResponse, 'conflict', 'slug_taken')
  @Summary('Change, publish or take back an article')
  async update(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @Body() body: UpdateArticleRequest) {
    return { article: await this.articles.update(context, id, body) };
  }

  @Delete('articles/:id')
  @RequireStaffPermission('kb:write')
  @Operation('adminDeleteArticle')
  @Summary('Delete an article')
  async remove(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    await this.articles.remove(context, id);
  }

  @PostAction('preview')
  @StoresNothing()
  @RequireStaffPermission('kb:write')
  @Operation('adminPreviewArticle', PreviewResponse)
  @Summary('A text as customers will read it; stores nothing')
  async preview(@StaffCtx() context: StaffContext, @Body() { bodyMarkdown }: PreviewRequest) {
    return { html: await this.articles.preview(context, bodyMarkdown) };
  }
}
