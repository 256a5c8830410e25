import { ApiProperty, OmitType } from '@nestjs/swagger';
import { LOCALES, type Locale } from '@balcao/contracts';
import { Nullable, EnumField, ListOf, PageQuery, SearchField, Single, TextField } from '@balcao/platform-http';
import { Highlighter } from '../../domain/highlight.js';
import type { ReaderListRow } from '../../kb-reader.service.js';

export class KbListQuery extends PageQuery {
  @SearchField({
    description:
      'Search in titles, texts, tags and names of categories: every word counts, the last one may be unfinished, accents and small misspellings do not matter. The 600 best are found at most',
    example: 'wifi fraco',
  })
  q?: string;
  @TextField({ description: 'Slug of a category', max: 100, optional: true, example: 'internet' }) category?: string;
  @TextField({ description: 'Tag', max: 50, optional: true, example: 'roteador' }) tag?: string;
  @EnumField({
    description: "Language; the reader's where absent. Articles without a translation show in the other",
    values: LOCALES,
    optional: true,
  })
  locale?: Locale;
}

export class KbLocaleQuery {
  @EnumField({ description: "Language; the reader's where absent", values: LOCALES, optional: true }) locale?: Locale;
}

export class KbCategoryReference {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ example: 'internet' }) slug: string;
  @ApiProperty({ example: 'Internet' }) name: string;
}

export class KbCategoryItem extends KbCategoryReference {
  @ApiProperty({ type: 'integer', example: 7, description: 'How many articles it holds' }) articleCount: number;
}

export class KbCategoryListResponse extends ListOf(KbCategoryItem) {}

export class HighlightPartResponse {
  @ApiProperty({ description: 'Plain text', example: 'roteador' }) text: string;
  @ApiProperty({ description: 'Whether it is what was searched for' }) marked: boolean;
}

export class KbArticleItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ example: 'wi-fi-fraco-onde-por-o-roteador' }) slug: string;
  @ApiProperty({ example: 'Wi-Fi fraco: onde pôr o roteador', description: 'What it is about, in one line' })
  title: string;
  @ApiProperty({ description: 'Plain text' }) excerpt: string;
  @Nullable([HighlightPartResponse], 'The title with what a search found in it; null without one')
  titleHighlight: HighlightPartResponse[] | null;
  @Nullable([HighlightPartResponse], 'The text around the first match of a search; null without one')
  highlight: HighlightPartResponse[] | null;
  @Nullable(KbCategoryReference, 'Where it is filed; null for nowhere') category: KbCategoryReference | null;
  @ApiProperty({ type: [String], example: ['roteador'], description: 'Words that it is filed under' }) tags: string[];
  @ApiProperty({
    enum: LOCALES,
    description: "Language of this text; another than the reader's where there is no translation",
  })
  locale: Locale;
  @ApiProperty() updatedAt: Date;
}

export class KbArticleDetail extends OmitType(KbArticleItem, ['titleHighlight', 'highlight']) {
  @ApiProperty({ description: 'Safe HTML made from Markdown; headings begin at the second level and carry anchors' })
  bodyHtml: string;
  @ApiProperty({ enum: LOCALES, isArray: true, description: 'Languages that it can be read in' }) locales: Locale[];
}

export class KbArticleResponse extends Single('article', KbArticleDetail, 'The article with its text') {}

/** The rows of one page, which one search has found. */
export function presentKbItems(rows: readonly ReaderListRow[]): KbArticleItem[] {
  const highlighter = rows[0]?.words.length ? new Highlighter(rows[0].words) : null;
  return rows.map(({ text, words: _words, ...item }) => ({
    ...item,
    titleHighlight: highlighter && highlighter.whole(item.title),
    highlight: highlighter && highlighter.snippet(text),
  }));
}
