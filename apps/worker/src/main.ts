import { NestFactory } from '@nestjs/core';
import { ConfigurationError, loadConfig } from '@balcao/platform-config';
import { NestLogger, createLogger } from '@balcao/platform-logging';
import { Database } from '@balcao/platform-tenancy';
import { startHealthServer } from './health-server.js';
import { WorkerModule } from './worker.module.js';

try {
  const config = loadConfig(process.env);
  const logger = createLogger('worker', config.logLevel);
  const app = await NestFactory.createApplicationContext(WorkerModule.forRoot({ config, logger }), {
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  app.enableShutdownHooks();
  const health = await startHealthServer(app.get(Database), config.workerPort, config.host);
  logger.info({ port: config.workerPort }, 'working');
  // Started by a parent that watches over it: ends with it.
  process.once('disconnect', () => {
    health.close();
    void app.close().then(() => process.exit(0));
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => health.close());
} catch (error) {
  process.stderr.write(`${error instanceof ConfigurationError ? error.message : (error as Error).stack}\n`);
  process.exit(1);
}
