import { Global, Module, type DynamicModule } from '@nestjs/common';
import { AppConfig } from './app.config.js';
import { Secrets } from './secrets.js';

/** Makes the validated configuration and the derived keys known to every module of a process. */
@Global()
@Module({})
export class ConfigModule {
  static forRoot(config: AppConfig): DynamicModule {
    return {
      module: ConfigModule,
      providers: [
        { provide: AppConfig, useValue: config },
        { provide: Secrets, useValue: new Secrets(config.secretKey, config.oldSecretKeys) },
      ],
      exports: [AppConfig, Secrets],
    };
  }
}
