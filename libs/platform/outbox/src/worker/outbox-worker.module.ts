import { Module, type DynamicModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { JobProcessor, OUTBOX_WORKER_OPTIONS, type OutboxWorkerOptions } from './job-processor.js';
import { JobRegistry } from './job-registry.js';
import { JobRunner } from './job-runner.js';

/** Relay and workers of a process. Handlers come from the other modules, found by `@JobHandler`. */
@Module({})
export class OutboxWorkerModule {
  /** Needs `ConfigModule`, `LoggingModule`, `TenancyModule` (with the platform's connection) and `QueueModule`. */
  static forRoot(options: OutboxWorkerOptions = {}): DynamicModule {
    return {
      module: OutboxWorkerModule,
      imports: [DiscoveryModule],
      providers: [{ provide: OUTBOX_WORKER_OPTIONS, useValue: options }, JobRegistry, JobRunner, JobProcessor],
      exports: [JobProcessor, JobRegistry, JobRunner],
    };
  }
}
