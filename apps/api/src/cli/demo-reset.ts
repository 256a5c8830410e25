import { NestFactory } from '@nestjs/core';
import { loadConfig } from '@balcao/platform-config';
import { createLogger } from '@balcao/platform-logging';
import { AppModule } from '../app.module.js';
import { removeDemo } from '../demo/remove-demo.js';
import { demoServices } from '../demo/demo-services.js';
import { seedDemo } from '../demo/seed-demo.js';

/** Brings the demo's organizations back to what they were at first; others are not touched. */
const config = loadConfig(process.env);
if (config.production && !config.balcaoDemo) {
  process.stderr.write('This installation is in production and has no demo (BALCAO_DEMO=1 says otherwise)\n');
  process.exit(1);
}
const logger = createLogger('demo', 'warn');
const app = await NestFactory.createApplicationContext(AppModule.forRoot({ config, logger }), {
  logger: false,
  abortOnError: false,
});
try {
  await removeDemo(demoServices(app).database);
  await seedDemo(demoServices(app));
  process.stdout.write('demo data is as it was at first\n');
} finally {
  await app.close();
}
