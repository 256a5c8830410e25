import pg from 'pg';
import { DataSource, type MixedList, type EntitySchema } from 'typeorm';
import { poolLimits } from './database-client.js';
import { parseTimestamp } from './timestamp.js';

export interface PoolOptions {
  url: string;
  /** Shown in pg_stat_activity. */
  applicationName: string;
  /** Most connections of this process. */
  size: number;
  /** Milliseconds to wait for a free connection. */
  waitMs: number;
  statementTimeoutMs: number;
  /** Entities that repositories may be asked for. */
  // eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- TypeORM's own signature for entity classes
  entities?: MixedList<Function | string | EntitySchema>;
}

/** What pg reads otherwise: times by a faster way, days as they are written, money without losing a digit. */
const PARSERS: Partial<Record<number, (text: string) => unknown>> = {
  [pg.types.builtins.TIMESTAMPTZ]: parseTimestamp,
  [pg.types.builtins.DATE]: String,
  [pg.types.builtins.INT8]: BigInt,
};

const TYPES: pg.CustomTypesConfig = {
  getTypeParser: (type: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && PARSERS[type]) || pg.types.getTypeParser(type, format as 'text'),
};

/** A TypeORM data source whose every limit is set: size, wait, statement time, idle transactions. */
export function createDataSource(options: PoolOptions): DataSource {
  return new DataSource({
    type: 'postgres',
    url: options.url,
    applicationName: options.applicationName,
    entities: options.entities,
    synchronize: false,
    poolSize: options.size,
    // A lost idle connection is replaced by the pool; there is nothing to report.
    poolErrorHandler: () => {},
    extra: {
      ...poolLimits(options.statementTimeoutMs),
      connectionTimeoutMillis: options.waitMs,
      idle_in_transaction_session_timeout: options.statementTimeoutMs,
      types: TYPES,
      // A statement is sent without waiting for the answer to the one before: what binds a connection costs no round trip.
      pipeline: true,
    },
  });
}
