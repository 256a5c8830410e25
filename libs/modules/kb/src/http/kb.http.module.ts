import { Module } from '@nestjs/common';
import { KbCoreModule } from '../kb.core.module.js';
import { ArticlesController } from './articles.controller.js';
import { CategoriesController } from './categories.controller.js';
import { KbAnswers } from './kb-answers.js';
import { PortalKbController } from './portal-kb.controller.js';
import { PublicKbController } from './public-kb.controller.js';

@Module({
  imports: [KbCoreModule],
  providers: [KbAnswers],
  controllers: [PortalKbController, PublicKbController, ArticlesController, CategoriesController],
})
export class KbHttpModule {}
