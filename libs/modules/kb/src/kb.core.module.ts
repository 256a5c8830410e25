import { Module } from '@nestjs/common';
import { ThreadsModule } from '@balcao/platform-threads';
import { ArticleRenderer } from './article-renderer.js';
import { ArticleService } from './article.service.js';
import { CategoryService } from './category.service.js';
import { KbReaderService } from './kb-reader.service.js';

const SERVICES = [ArticleService, CategoryService, KbReaderService];

@Module({ imports: [ThreadsModule], providers: [...SERVICES, ArticleRenderer], exports: SERVICES })
export class KbCoreModule {}
