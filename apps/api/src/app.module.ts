import { Module, type DynamicModule } from '@nestjs/common';
import { AuditModule } from '@balcao/platform-audit';
import { ConfigModule, Secrets, type AppConfig } from '@balcao/platform-config';
import { EventsModule } from '@balcao/platform-events';
import { HttpModule } from '@balcao/platform-http';
import { LiveModule } from '@balcao/platform-live';
import { LiveHttpModule } from '@balcao/platform-live/http';
import { LoggingModule, type Logger } from '@balcao/platform-logging';
import { MailModule } from '@balcao/platform-mail';
import { OutboxModule } from '@balcao/platform-outbox';
import { QueueModule } from '@balcao/platform-queue';
import { StateModule } from '@balcao/platform-state';
import { StorageModule } from '@balcao/platform-storage';
import { TenancyModule, type Database } from '@balcao/platform-tenancy';
import { createDatabase } from './composition.js';
import { HealthController } from './health/health.controller.js';
import { MODULES } from './modules.js';

export interface AppOptions {
  config: AppConfig;
  logger: Logger;
  /** Another database than the configured one; for tests that observe it. */
  database?: Database;
}

/** The API's composition root: platform, and the modules' HTTP halves, which bind the ports of platform/http. */
@Module({})
export class AppModule {
  static forRoot({ config, logger, database }: AppOptions): DynamicModule {
    const sections = MODULES.flatMap(({ settings = [] }) => settings);
    const steps = MODULES.flatMap(({ firstSteps = [] }) => firstSteps);
    for (const { declareSettings, declareFirstSteps } of MODULES) {
      declareSettings?.(sections);
      declareFirstSteps?.(steps);
    }
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config),
        LoggingModule.forRoot(logger),
        TenancyModule.forRoot(() => database ?? createDatabase(config, new Secrets(config.secretKey), logger)),
        StateModule.forRoot(),
        StorageModule,
        AuditModule,
        OutboxModule,
        LiveModule,
        EventsModule,
        QueueModule,
        MailModule,
        HttpModule,
        LiveHttpModule,
        ...MODULES.map(({ module }) => module),
      ],
      controllers: [HealthController],
    };
  }
}
