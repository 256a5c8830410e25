import type { AppConfig, Secrets } from '@balcao/platform-config';
import { connectionUrls, createDataSource } from '@balcao/platform-database';
import type { Logger } from '@balcao/platform-logging';
import { Database } from '@balcao/platform-tenancy';
import { MODULES } from './modules.js';

/** Enough for the relay and a purge at the same time. */
const PLATFORM_POOL_SIZE = 3;

/** The worker's database: a pool of the app's role for the handlers, and one of the platform's for the outbox. */
export function createDatabase(config: AppConfig, secrets: Secrets, logger: Logger): Database {
  const urls = connectionUrls(config, secrets);
  const limits = {
    waitMs: config.databasePoolWaitMs,
    statementTimeoutMs: config.databaseStatementTimeoutMs,
    entities: MODULES.flatMap(({ entities = [] }) => entities),
  };
  return new Database({
    app: createDataSource({
      ...limits,
      url: urls.app,
      applicationName: 'balcao-worker',
      size: config.databasePoolSize,
    }),
    platform: createDataSource({
      ...limits,
      url: urls.platform,
      applicationName: 'balcao-worker-platform',
      size: PLATFORM_POOL_SIZE,
    }),
    logger,
  });
}
