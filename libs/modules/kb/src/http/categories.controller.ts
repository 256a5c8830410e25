import { Body, Delete, Get, Patch, Post } from '@nestjs/common';
import {
  AudienceController,
  Operation,
  Summary,
  RequireStaffPermission,
  StaffCtx,
  UuidParam,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { CategoryService } from '../category.service.js';
import {
  CategoryListResponse,
  CategoryResponse,
  CreateCategoryRequest,
  UpdateCategoryRequest,
} from './dto/category.dto.js';

@AudienceController('staff', 'api/v1/admin/kb/categories', 'Knowledge base')
export class CategoriesController {
  constructor(private readonly categories: CategoryService) {}

  @Get()
  @RequireStaffPermission('kb:read')
  @Operation('adminListArticleCategories', CategoryListResponse)
  @Summary('Categories in their order; at most 100')
  async list(@StaffCtx() context: StaffContext) {
    return { data: await this.categories.list(context) };
  }

  @Post()
  @RequireStaffPermission('kb:write')
  @Operation('adminCreateArticleCategory', CategoryResponse, 'slug_taken')
  @Summary('Add a category')
  async create(@StaffCtx() context: StaffContext, @Body() body: CreateCategoryRequest) {
    return { category: await this.categories.create(context, body) };
  }

  @Patch(':id')
  @RequireStaffPermission('kb:write')
  @Operation('adminUpdateArticleCategory', CategoryResponse, 'slug_taken')
  @Summary('Rename or move a category')
  async update(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @Body() body: UpdateCategoryRequest) {
    return { category: await this.categories.update(context, id, body) };
  }

  @Delete(':id')
  @RequireStaffPermission('kb:write')
  @Operation('adminDeleteArticleCategory', undefined, 'category_in_use')
  @Summary('Delete a category that holds no article')
  async remove(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    await this.categories.remove(context, id);
  }
}
