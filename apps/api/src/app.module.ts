import { Global, Module, type DynamicModule } from '@nestjs/common';
import { AuthHttpModule, CredentialAuthenticator } from '@balcao/module-auth/http';
import { DirectoryCoreModule, PortalFinder } from '@balcao/module-directory';
import { declareSettings } from '@balcao/module-portal/http';
import { AuditModule } from '@balcao/platform-audit';
import { ConfigModule, Secrets, type AppConfig } from '@balcao/platform-config';
import { EventsModule } from '@balcao/platform-events';
import { Authenticator, HttpModule, TenantResolver } from '@balcao/platform-http';
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

/** Binds the ports of platform/http to the modules that know who acts and which portal an address names. */
@Global()
@Module({
  imports: [AuthHttpModule, DirectoryCoreModule],
  providers: [
    { provide: Authenticator, useExisting: CredentialAuthenticator },
    { provide: TenantResolver, useExisting: PortalFinder },
  ],
  exports: [Authenticator, TenantResolver],
})
class AccessModule {}

export interface AppOptions {
  config: AppConfig;
  logger: Logger;
  /** Another database than the configured one; for tests that observe it. */
  database?: Database;
}

/** The API's composition root: platform, modules' HTTP halves, and the ports that they leave open. */
@Module({})
export class AppModule {
  static forRoot({ config, logger, database }: AppOptions): DynamicModule {
    declareSettings(MODULES.flatMap(({ settings = [] }) => settings));
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
        AccessModule,
        HttpModule,
        LiveHttpModule,
        ...MODULES.map(({ module }) => module),
      ],
      controllers: [HealthController],
    };
  }
}
