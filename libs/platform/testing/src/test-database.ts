import pg from 'pg';
import type { AppConfig, Secrets } from '@balcao/platform-config';
import { connectionUrls, createDataSource, type PoolOptions } from '@balcao/platform-database';
import { createLogger, type Logger } from '@balcao/platform-logging';
import { Database } from '@balcao/platform-tenancy';
import { cloneTemplate, duringOutage } from './template-database.js';
import { testConfig, testSecrets } from './test-config.js';

export interface TestDatabaseOptions {
  /** Entities that repositories will be asked for. */
  entities?: PoolOptions['entities'];
  poolSize?: number;
  /** Switches off the code's own tenant conditions, to see row-level security alone. */
  ownFilters?: boolean;
  /** Anything else of the configuration. */
  config?: Partial<AppConfig>;
}

/** A migrated PostgreSQL database that belongs to one test file. */
export interface TestDatabase {
  config: AppConfig;
  secrets: Secrets;
  logger: Logger;
  /** As the product uses it: the app's and the platform's role. */
  database: Database;
  /** A connection that sees and may do everything, for arranging and checking. */
  owner: pg.Client;
  /** Another `Database` on the same data, such as that of a second process. */
  connect(other?: Pick<TestDatabaseOptions, 'ownFilters'>): Database;
  /** Cuts every connection but the owner's and refuses new ones for as long as `work` takes. */
  outage(work: () => Promise<void>): Promise<void>;
  /** Closes every connection and drops the database. */
  close(): Promise<void>;
}

/**
 * Makes a test file's database; in `beforeAll`, with `close()` in `afterAll`.
 * @throws Error where TEST_DATABASE_URL does not name a server and a role that may create databases and roles
 */
export async function testDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const serverUrl = process.env['TEST_DATABASE_URL'];
  if (!serverUrl)
    throw new Error(
      'TEST_DATABASE_URL is missing: run the tests with `npm test`, or name a server and its superuser there',
    );
  const clone = await cloneTemplate(serverUrl);
  const secrets = testSecrets();
  const config = testConfig({ ...options.config, databaseUrl: clone.url });
  const logger = createLogger('test', config.logLevel);
  const owner = new pg.Client({ connectionString: clone.url, application_name: 'balcao-test-owner' });
  await owner.connect();
  const databases: Database[] = [];
  const connect: TestDatabase['connect'] = (other) => {
    const database = openDatabase(config, secrets, logger, { ...options, ...other });
    databases.push(database);
    return database;
  };
  const database = connect();
  return {
    config,
    secrets,
    logger,
    database,
    owner,
    connect,
    async outage(work) {
      const { rows } = await owner.query<{ pid: number }>('select pg_backend_pid() as pid');
      await duringOutage(serverUrl, clone.url, rows[0]!.pid, work);
    },
    async close() {
      await Promise.all(databases.map((each) => each.close()));
      await owner.end();
      await clone.drop();
    },
  };
}

function openDatabase(config: AppConfig, secrets: Secrets, logger: Logger, options: TestDatabaseOptions): Database {
  const urls = connectionUrls(config, secrets);
  const pool = {
    applicationName: 'balcao-test',
    size: options.poolSize ?? config.databasePoolSize,
    waitMs: config.databasePoolWaitMs,
    statementTimeoutMs: config.databaseStatementTimeoutMs,
    entities: options.entities,
  };
  return new Database({
    app: createDataSource({ ...pool, url: urls.app }),
    platform: createDataSource({ ...pool, url: urls.platform, size: 4 }),
    logger,
    ownFilters: options.ownFilters,
  });
}
