import { NestFactory } from '@nestjs/core';
import { loadConfig } from '@balcao/platform-config';
import { createLogger } from '@balcao/platform-logging';
import { AppModule } from '../app.module.js';
import { demoServices } from '../demo/demo-services.js';
import { seedDemo } from '../demo/seed-demo.js';

/** Seeds the demo unless it is there already. */
const config = loadConfig(process.env);
const logger = createLogger('seed', 'warn');
const app = await NestFactory.createApplicationContext(AppModule.forRoot({ config, logger }), {
  logger: false,
  abortOnError: false,
});
try {
  const added = await seedDemo(demoServices(app));
  process.stdout.write(added ? 'demo data added\n' : 'demo data is there already\n');
} finally {
  await app.close();
}
