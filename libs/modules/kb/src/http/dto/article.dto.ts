import { ApiProperty, OmitType, PartialType, PickType } from '@nestjs/swagger';
import { LOCALES, type Locale } from '@balcao/contracts';
import {
  CLEARABLE,
  Nullable,
  EnumField,
  EnumFilterField,
  PageQuery,
  TextField,
  TextListField,
  UuidField,
  SearchField,
  Single,
  VersionField,
} from '@balcao/platform-http';
import { ARTICLE_VISIBILITIES, type ArticleVisibility } from '../../domain/article.js';
import { SLUG_PATTERN } from '../../domain/slug.js';
import { CategoryItem } from './category.dto.js';

export class CreateArticleRequest {
  @TextField({ description: 'Title', max: 255, example: 'Wi-Fi fraco: onde pôr o roteador' }) title: string;
  @EnumField({ description: 'Language', values: LOCALES }) locale: Locale;
  @TextField({
    description: 'Text in Markdown (CommonMark with tables); HTML in it is shown as text',
    max: 100_000,
    verbatim: true,
    example: '## Onde pôr o roteador\n\nNo alto, longe do forno.',
  })
  bodyMarkdown: string;
  @TextField({
    description:
      'Address, unique for each language; made from the title where absent. A translation takes the slug of its original; a new one is given to every translation, and the old one leads to it',
    max: 200,
    pattern: SLUG_PATTERN,
    optional: true,
    example: 'wi-fi-fraco',
  })
  slug?: string;
  @TextField({
    description: 'What lists show; the beginning of the text where absent or empty',
    min: 0,
    max: 500,
    ...CLEARABLE,
    example: 'No alto, no meio da casa e longe do forno.',
  })
  excerpt?: string | null;
  @UuidField({ description: 'Category', ...CLEARABLE }) categoryId?: string | null;
  @TextListField({ description: 'Tags', maxItems: 20, max: 50, optional: true, example: ['roteador'] }) tags?: string[];
  @EnumField({
    description: 'Who may read it; `draft` where absent',
    values: ARTICLE_VISIBILITIES,
    optional: true,
    example: 'portal',
  })
  visibility?: ArticleVisibility;
}

export class UpdateArticleRequest extends PartialType(OmitType(CreateArticleRequest, ['locale']), {
  skipNullProperties: false,
}) {
  @VersionField() version: number;
}

export class ArticleListQuery extends PageQuery {
  @SearchField({ description: 'Words that the article has, as readers search', example: 'roteador' }) q?: string;
  @EnumFilterField({ description: 'Visibility', values: ARTICLE_VISIBILITIES, example: 'draft' })
  visibility?: ArticleVisibility[];
  @EnumField({ description: 'Language', values: LOCALES, optional: true }) locale?: Locale;
  @UuidField({ description: 'Only articles of this category', optional: true }) categoryId?: string;
}

export class PreviewRequest extends PickType(CreateArticleRequest, ['bodyMarkdown']) {}

export class PreviewResponse {
  @ApiProperty({ description: 'The text as customers will read it', example: '<p>No alto, longe do forno.</p>\n' })
  html: string;
}

export class ArticleCategoryReference extends PickType(CategoryItem, ['id', 'slug', 'namePt', 'nameEn']) {}

/** One language of an article. */
export class ArticleTranslation {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ enum: LOCALES, description: 'Language that it is written in' }) locale: Locale;
  @ApiProperty({ example: 'Wi-Fi fraco: onde pôr o roteador', description: 'What it is about, in one line' })
  title: string;
  @ApiProperty({ enum: ARTICLE_VISIBILITIES, description: 'Who may read it in this language' })
  visibility: ArticleVisibility;
}

export class ArticleItem extends ArticleTranslation {
  @ApiProperty({ example: 'wi-fi-fraco' }) slug: string;
  @Nullable(ArticleCategoryReference, 'Where it is filed; null for nowhere')
  category: ArticleCategoryReference | null;
  @ApiProperty({
    type: [ArticleTranslation],
    description: 'Every language of it, its own too: the articles of its slug',
  })
  translations: ArticleTranslation[];
  @ApiProperty({ type: [String], description: 'Words that it is filed under', example: ['roteador'] }) tags: string[];
  @ApiProperty({ type: 'integer', description: 'Send it back when you change the article', example: 3 })
  version: number;
  @Nullable(Date, 'First publication') publishedAt: Date | null;
  @ApiProperty() createdAt: Date;
  @ApiProperty() updatedAt: Date;
}

export class ArticleDetail extends ArticleItem {
  @ApiProperty({ description: 'Empty for the beginning of the text' }) excerpt: string;
  @ApiProperty({ description: 'Text in Markdown', example: 'No alto, longe do forno.' }) bodyMarkdown: string;
}

export class ArticleResponse extends Single('article', ArticleDetail, 'The article with its text') {}
