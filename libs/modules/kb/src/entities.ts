import { ArticleEntity } from './persistence/article.entity.js';
import { CategoryEntity } from './persistence/category.entity.js';

export { ArticleEntity } from './persistence/article.entity.js';
export { CategoryEntity } from './persistence/category.entity.js';

/** What repositories may be asked for. */
export const KB_ENTITIES = [ArticleEntity, CategoryEntity];
