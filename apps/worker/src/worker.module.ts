import { Module, type DynamicModule } from '@nestjs/common';
import { AuthWorkerModule } from '@balcao/module-auth/worker';
import { PortalWorkerModule } from '@balcao/module-portal/worker';
import { TicketsWorkerModule } from '@balcao/module-tickets/worker';
import { AuditModule } from '@balcao/platform-audit';
import { ConfigModule, Secrets, type AppConfig } from '@balcao/platform-config';
import { LoggingModule, type Logger } from '@balcao/platform-logging';
import { MailModule } from '@balcao/platform-mail';
import { MailWorkerModule } from '@balcao/platform-mail/worker';
import { OutboxModule } from '@balcao/platform-outbox';
import { OutboxWorkerModule } from '@balcao/platform-outbox/worker';
import { QueueModule } from '@balcao/platform-queue';
import { StateModule } from '@balcao/platform-state';
import { TenancyModule } from '@balcao/platform-tenancy';
import { createDatabase } from './composition.js';
import { PurgeHandler } from './maintenance/purge.handler.js';

export interface WorkerOptions {
  config: AppConfig;
  logger: Logger;
}

/** The worker's composition root: platform, and the modules' worker halves with their jobs and mails. */
@Module({})
export class WorkerModule {
  static forRoot({ config, logger }: WorkerOptions): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        ConfigModule.forRoot(config),
        LoggingModule.forRoot(logger),
        TenancyModule.forRoot(() => createDatabase(config, new Secrets(config.secretKey), logger)),
        StateModule.forRoot(),
        AuditModule,
        OutboxModule,
        MailModule,
        QueueModule,
        OutboxWorkerModule.forRoot(),
        MailWorkerModule,
        AuthWorkerModule,
        PortalWorkerModule,
        TicketsWorkerModule,
      ],
      providers: [PurgeHandler],
    };
  }
}
