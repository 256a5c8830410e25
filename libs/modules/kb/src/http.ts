import { Module } from '@nestjs/common';
import { KbCoreModule } from './kb.core.module.js';
import { ArticlesController } from './http/articles.controller.js';
import { CategoriesController } from './http/categories.controller.js';
import { KbAnswers } from './http/kb-answers.js';
import { PortalKbController } from './http/portal-kb.controller.js';
import { PublicKbController } from './http/public-kb.controller.js';
import { ArticleEntity } from './persistence/article.entity.js';
import { CategoryEntity } from './persistence/category.entity.js';
import { articlesStep } from './articles-step.js';

export { PublicArticles } from './http/pages/public-articles.js';

@Module({
  imports: [KbCoreModule],
  providers: [KbAnswers],
  controllers: [PortalKbController, PublicKbController, ArticlesController, CategoriesController],
})
export class KbHttpModule {}

/** What the API runs of this module. */
export const kbApi = { module: KbHttpModule, entities: [ArticleEntity, CategoryEntity], firstSteps: [articlesStep] };
