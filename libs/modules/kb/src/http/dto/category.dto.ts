import { ApiProperty, PartialType } from '@nestjs/swagger';
import { IntegerField, ListOf, Single, TextField } from '@balcao/platform-http';
import { SLUG_PATTERN } from '../../domain/slug.js';

export class CreateCategoryRequest {
  @TextField({ description: 'Name in Portuguese', max: 100, example: 'Internet e Wi-Fi' }) namePt: string;
  @TextField({ description: 'Name in English', max: 100, example: 'Internet and Wi-Fi' }) nameEn: string;
  @TextField({
    description: 'Address; made from the Portuguese name where absent',
    max: 100,
    pattern: SLUG_PATTERN,
    optional: true,
    example: 'internet',
  })
  slug?: string;
  @IntegerField({ description: 'Order; smaller ones come first', min: 0, max: 10_000, optional: true, example: 0 })
  position?: number;
}

export class UpdateCategoryRequest extends PartialType(CreateCategoryRequest, { skipNullProperties: false }) {}

export class CategoryItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ example: 'internet' }) slug: string;
  @ApiProperty({ example: 'Internet e Wi-Fi', description: 'What Portuguese readers call it' }) namePt: string;
  @ApiProperty({ example: 'Internet and Wi-Fi', description: 'What English readers call it' }) nameEn: string;
  @ApiProperty({ type: 'integer', example: 0, description: 'Place among the others; smaller ones come first' })
  position: number;
  @ApiProperty({
    type: 'integer',
    description: 'Articles of every visibility, the languages of one counted once',
    example: 7,
  })
  articleCount: number;
}

export class CategoryResponse extends Single('category', CategoryItem) {}

export class CategoryListResponse extends ListOf(CategoryItem) {}
