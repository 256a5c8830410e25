import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, Audience, RequireStaffPermission, StaffCtx, UuidParam } from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { CategoryService } from '../category.service.js';
import {
  CategoryListResponse,
  CategoryResponse,
  CreateCategoryRequest,
  UpdateCategoryRequest,
} from './dto/category.dto.js';

@ApiTags('Knowledge base')
@Controller('api/v1/admin/kb/categories')
@Audience('staff')
export class CategoriesController {
  constructor(private readonly categories: CategoryService) {}

  @Get()
  @RequireStaffPermission('kb:read')
  @ApiOperation({ operationId: 'adminListArticleCategories', summary: 'Categories in their order; at most 100' })
  @ApiOkResponse({ type: CategoryListResponse })
  async list(@StaffCtx() context: StaffContext): Promise<CategoryListResponse> {
    return { data: await this.categories.list(context) };
  }

  @Post()
  @RequireStaffPermission('kb:write')
  @ApiOperation({ operationId: 'adminCreateArticleCategory', summary: 'Add a category' })
  @ApiCreatedResponse({ type: CategoryResponse })
  @ApiProblems('validation_failed', 'slug_taken')
  async create(@StaffCtx() context: StaffContext, @Body() body: CreateCategoryRequest): Promise<CategoryResponse> {
    return { category: await this.categories.create(context, body) };
  }

  @Patch(':id')
  @RequireStaffPermission('kb:write')
  @ApiOperation({ operationId: 'adminUpdateArticleCategory', summary: 'Rename or move a category' })
  @ApiOkResponse({ type: CategoryResponse })
  @ApiProblems('validation_failed', 'not_found', 'slug_taken')
  async update(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() body: UpdateCategoryRequest,
  ): Promise<CategoryResponse> {
    return { category: await this.categories.update(context, id, body) };
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireStaffPermission('kb:write')
  @ApiOperation({ operationId: 'adminDeleteArticleCategory', summary: 'Delete a category that holds no article' })
  @ApiNoContentResponse()
  @ApiProblems('not_found', 'category_in_use')
  async remove(@StaffCtx() context: StaffContext, @UuidParam('id') id: string): Promise<void> {
    await this.categories.remove(context, id);
  }
}
