import { Global, Module, type DynamicModule, type Provider } from '@nestjs/common';
import { AppConfig, Secrets } from '@balcao/platform-config';
import { Database } from '@balcao/platform-tenancy';
import { IdempotencyStore } from './idempotency-store.js';
import { PostgresIdempotencyStore } from './postgres/postgres-idempotency.store.js';
import { PostgresRateLimiter } from './postgres/postgres-rate-limiter.js';
import { RateLimiter } from './rate-limiter.js';

interface StateAdapter {
  limiter(database: Database, secrets: Secrets): RateLimiter;
  idempotency(database: Database, secrets: Secrets): IdempotencyStore;
}

const ADAPTERS: Record<AppConfig['stateBackend'], StateAdapter> = {
  postgres: {
    limiter: (database, secrets) => new PostgresRateLimiter(database, secrets),
    idempotency: (database) => new PostgresIdempotencyStore(database),
  },
};

/** Rate limits and idempotency keys on the backend that STATE_BACKEND names. */
@Global()
@Module({})
export class StateModule {
  /** Needs `AppConfig`, `Secrets` and `Database` from the process. */
  static forRoot(): DynamicModule {
    const inject = [AppConfig, Database, Secrets];
    const providers: Provider[] = [
      {
        provide: RateLimiter,
        inject,
        useFactory: (config: AppConfig, database: Database, secrets: Secrets) =>
          ADAPTERS[config.stateBackend].limiter(database, secrets),
      },
      {
        provide: IdempotencyStore,
        inject,
        useFactory: (config: AppConfig, database: Database, secrets: Secrets) =>
          ADAPTERS[config.stateBackend].idempotency(database, secrets),
      },
    ];
    return { module: StateModule, providers, exports: [RateLimiter, IdempotencyStore] };
  }
}
