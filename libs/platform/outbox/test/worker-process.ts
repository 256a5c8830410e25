import { Module, type INestApplicationContext, type Provider } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ConfigModule } from '@balcao/platform-config';
import { LoggingModule } from '@balcao/platform-logging';
import { QueueModule } from '@balcao/platform-queue';
import { TenancyModule } from '@balcao/platform-tenancy';
import type { TestDatabase } from '@balcao/platform-testing';
import { OutboxWorkerModule, type OutboxWorkerOptions } from '../src/worker.js';

/** A worker as a process would have it, with the given handlers. */
export function startWorker(
  test: TestDatabase,
  handlers: Provider[],
  options: OutboxWorkerOptions = {},
): Promise<INestApplicationContext> {
  @Module({
    imports: [
      ConfigModule.forRoot(test.config),
      LoggingModule.forRoot(test.logger),
      TenancyModule.forRoot(() => test.connect()),
      QueueModule,
      OutboxWorkerModule.forRoot(options),
    ],
    providers: handlers,
  })
  class TestWorkerModule {}
  return NestFactory.createApplicationContext(TestWorkerModule, { logger: false, abortOnError: false });
}
