import type { AppConfig, Secrets } from '@balcao/platform-config';
import { connectionUrls, createDataSource } from '@balcao/platform-database';
import type { Logger } from '@balcao/platform-logging';
import { Database } from '@balcao/platform-tenancy';
import { ENTITIES } from './modules.js';

/** Connections that the API keeps for the rare work across tenants. */
const PLATFORM_POOL_SIZE = 2;

/** The API's database: a pool of the app's role, and a small one of the platform's. */
export function createDatabase(config: AppConfig, secrets: Secrets, logger: Logger): Database {
  const urls = connectionUrls(config, secrets);
  const limits = {
    waitMs: config.databasePoolWaitMs,
    statementTimeoutMs: config.databaseStatementTimeoutMs,
    entities: ENTITIES,
  };
  return new Database({
    app: createDataSource({
      ...limits,
      url: urls.app,
      applicationName: 'balcao-api',
      size: config.databasePoolSize,
    }),
    platform: createDataSource({
      ...limits,
      url: urls.platform,
      applicationName: 'balcao-api-platform',
      size: PLATFORM_POOL_SIZE,
    }),
    logger,
  });
}
