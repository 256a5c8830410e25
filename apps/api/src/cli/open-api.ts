import { writeFile } from 'node:fs/promises';
import { NestFactory } from '@nestjs/core';
import { AppConfig } from '@balcao/platform-config';
import { createHttpAdapter } from '@balcao/platform-http';
import { createLogger } from '@balcao/platform-logging';
import { AppModule } from '../app.module.js';
import { openApiDocument } from '../http/open-api/document.js';
import { OTHER_ROUTES } from '../http/other-routes.js';

/** Writes the OpenAPI document to the file that is named. Needs no database: nothing is constructed. */
const config = Object.assign(new AppConfig(), {
  secretKey: 'only-the-routes-are-looked-at-here-0',
});
const app = await NestFactory.create(
  AppModule.forRoot({ config, logger: createLogger('openapi', 'silent') }),
  createHttpAdapter(config, { otherRoutes: OTHER_ROUTES }),
  { preview: true, logger: false, abortOnError: false },
);
const text = `${JSON.stringify(openApiDocument(app, config), null, 2)}\n`;
const [file] = process.argv.slice(2);
if (file) await writeFile(file, text);
else process.stdout.write(text);
process.exit(0);
