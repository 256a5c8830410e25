import { Global, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from './database.js';

/** Makes the `Database` of a process known to its modules, and closes it after them. */
@Global()
@Module({})
export class TenancyModule implements OnApplicationShutdown {
  constructor(private readonly database: Database) {}

  static forRoot(create: () => Database): DynamicModule {
    return { module: TenancyModule, providers: [{ provide: Database, useFactory: create }], exports: [Database] };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}
