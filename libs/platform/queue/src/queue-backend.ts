import { createPostgresBackend, runMigrations, withBackend, type PostgresPoolConfig } from 'bullmq';
import pg from 'pg';
import type { AppConfig, Secrets } from '@balcao/platform-config';
import { connectionUrls } from '@balcao/platform-database';

/** Schema of the queue role's own, so that nothing of the queues mixes with the tenants' tables. */
const SCHEMA = 'bullmq';

/** BullMQ's classes on the backend of this installation. This file alone knows which one that is. */
export const { Queue, Worker } = withBackend(createPostgresBackend);
export type QueueInstance = InstanceType<typeof Queue>;
export type WorkerInstance = InstanceType<typeof Worker>;

/** Connection of one queue or worker: a pool of its own of at most `size`, and for a worker one more to listen on. */
export function queueConnection(config: AppConfig, secrets: Secrets, size: number): PostgresPoolConfig {
  return {
    connectionString: connectionUrls(config, secrets).queue,
    schema: SCHEMA,
    max: size,
    application_name: 'balcao-queue',
    connectionTimeoutMillis: config.databasePoolWaitMs,
    idleTimeoutMillis: 30_000,
    statement_timeout: config.databaseStatementTimeoutMs,
    keepAlive: true,
  };
}

/**
 * Brings the queues' tables up to date, as the queue role. Belongs after `migrate()` and before any worker: a worker
 * without them would do nothing but complain.
 */
export async function prepareQueues(config: AppConfig, secrets: Secrets): Promise<void> {
  const client = new pg.Client({
    connectionString: connectionUrls(config, secrets).queue,
    application_name: 'balcao-migrate',
  });
  await client.connect();
  try {
    await runMigrations(client, SCHEMA);
  } finally {
    await client.end();
  }
}
