export { ArticleService, type ArticleFields, type ArticlePatch, type ArticleRow } from './article.service.js';
export { CategoryService, type CategoryFields, type CategoryRow } from './category.service.js';
export { ARTICLE_VISIBILITIES, type ArticleVisibility } from './domain/article.js';
export { KbCoreModule } from './kb.core.module.js';
export { KbReaderService, type PublicArticleAddress } from './kb-reader.service.js';
