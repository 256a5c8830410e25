import { Module } from '@nestjs/common';
import { ArticleService } from './article.service.js';
import { CategoryService } from './category.service.js';
import { KbReaderService } from './kb-reader.service.js';

const SERVICES = [ArticleService, CategoryService, KbReaderService];

@Module({ providers: SERVICES, exports: SERVICES })
export class KbCoreModule {}
