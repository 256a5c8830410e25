import { Module } from '@nestjs/common';
import { KbCoreModule } from '../kb.core.module.js';
import { ArticlesController } from './articles.controller.js';
import { CategoriesController } from './categories.controller.js';
import { PortalKbController } from './portal-kb.controller.js';

@Module({ imports: [KbCoreModule], controllers: [PortalKbController, ArticlesController, CategoriesController] })
export class KbHttpModule {}
