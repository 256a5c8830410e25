import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { configureHttp, createHttpAdapter, type RegisteredRoute } from '@balcao/platform-http';
import { NestLogger } from '@balcao/platform-logging';
import { Database } from '@balcao/platform-tenancy';
import { AppModule, type AppOptions } from './app.module.js';
import { demandPrivateDemo } from './demo/demand-private-demo.js';
import { serveFiles } from './files/serve-files.js';
import type { Document } from './http/open-api/complete.js';
import { openApiDocument, serveOpenApi } from './http/open-api/document.js';
import { serializeAsDocumented } from './http/open-api/serializers.js';
import { OTHER_ROUTES } from './http/other-routes.js';
import { servePages } from './pages/pages.js';
import { serveQueueDashboard } from './http/queue-dashboard.js';

export interface CreatedApp {
  app: NestFastifyApplication;
  /** Every route of the server, for the tests that look at all of them. */
  routes: RegisteredRoute[];
  document: Document;
}

/** Builds the API, ready to listen. */
export async function createApp(options: AppOptions): Promise<CreatedApp> {
  const { config, logger } = options;
  const routes: RegisteredRoute[] = [];
  const adapter = createHttpAdapter(config, {
    routes,
    otherRoutes: OTHER_ROUTES,
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(options), adapter, {
    logger: new NestLogger(logger),
    abortOnError: false,
    bodyParser: false,
  });
  await configureHttp(app, logger);
  await servePages(app);
  serveFiles(app);
  const document = openApiDocument(app, config);
  // Behind the pages, whose compression covers what is registered later.
  serveOpenApi(app, document);
  serializeAsDocumented(adapter.getInstance(), document);
  await serveQueueDashboard(app);
  await app.init();
  await demandPrivateDemo(app.get(Database, { strict: false }), config, logger);
  await app.getHttpAdapter().getInstance().ready();
  return { app, routes, document };
}
