import { Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { AuditModule } from '@balcao/platform-audit';
import { ConfigModule, Secrets, type AppConfig } from '@balcao/platform-config';
import { EventsModule } from '@balcao/platform-events';
import { LiveModule } from '@balcao/platform-live';
import { LoggingModule, type Logger } from '@balcao/platform-logging';
import { MailModule } from '@balcao/platform-mail';
import { MailWorkerModule } from '@balcao/platform-mail/worker';
import { OutboxModule } from '@balcao/platform-outbox';
import { JobRegistry, outboxPurge, OutboxWorkerModule, type OutboxWorkerOptions } from '@balcao/platform-outbox/worker';
import { QueueModule, Queues } from '@balcao/platform-queue';
import { StateModule } from '@balcao/platform-state';
import { StorageModule } from '@balcao/platform-storage';
import { purgeBehind, TenancyModule, type Purge } from '@balcao/platform-tenancy';
import { createDatabase } from './composition.js';
import { AdvanceClockHandler, DUE_WORK } from './clock/advance-clock.handler.js';
import { WorkerHealth } from './health/worker-health.js';
import { PURGES, PurgeHandler } from './maintenance/purge.handler.js';
import { MODULES } from './modules.js';

const purges: Record<string, Purge> = {
  state: purgeBehind('state_purge'),
  'finished jobs': outboxPurge,
  ...Object.assign({}, ...MODULES.map(({ purges }) => purges)),
};

const purgesOf = (queues: Queues): Record<string, Purge> => ({
  'jobs of the queues': (_database, limit) => queues.purgeDone(limit),
});

export interface WorkerOptions {
  config: AppConfig;
  logger: Logger;
  /** Shorter times, for tests. */
  outbox?: OutboxWorkerOptions;
}

/** The worker's composition root: platform, modules' worker halves, and the installation's own jobs. */
@Module({})
export class WorkerModule implements OnModuleInit {
  constructor(private readonly jobs: JobRegistry) {}

  /** Before any work begins. */
  onModuleInit(): void {
    this.jobs.requireEveryJob();
  }

  static forRoot({ config, logger, outbox }: WorkerOptions): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        ConfigModule.forRoot(config),
        LoggingModule.forRoot(logger),
        TenancyModule.forRoot(() => createDatabase(config, new Secrets(config.secretKey), logger)),
        StateModule.forRoot(),
        StorageModule,
        AuditModule,
        OutboxModule,
        LiveModule,
        EventsModule,
        MailModule,
        QueueModule,
        OutboxWorkerModule.forRoot(outbox),
        MailWorkerModule,
        ...MODULES.map(({ module }) => module),
      ],
      providers: [
        { provide: PURGES, inject: [Queues], useFactory: (queues: Queues) => ({ ...purges, ...purgesOf(queues) }) },
        PurgeHandler,
        { provide: DUE_WORK, useValue: MODULES.flatMap(({ dueWork = [] }) => dueWork) },
        AdvanceClockHandler,
        WorkerHealth,
      ],
    };
  }
}
