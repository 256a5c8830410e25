import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { NestLogger } from '@balcao/platform-logging';
import { WorkerHealth } from './health/worker-health.js';
import { WorkerModule, type WorkerOptions } from './worker.module.js';

/**
 * Starts relay, workers and the health endpoint.
 * @throws Error where a job or a mail has not exactly one handler, or the queues' tables are missing
 */
export async function createWorker(options: WorkerOptions): Promise<{ worker: INestApplicationContext; port: number }> {
  const worker = await NestFactory.createApplicationContext(WorkerModule.forRoot(options), {
    logger: new NestLogger(options.logger),
    abortOnError: false,
  });
  const port = await worker.get(WorkerHealth).listen(options.config.workerPort, options.config.host);
  return { worker, port };
}
