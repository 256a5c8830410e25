export { ArticleEntity } from './persistence/article.entity.js';
export { CategoryEntity } from './persistence/category.entity.js';
