import { createPostgresBackend, runMigrations, withBackend, type PostgresPoolConfig } from 'bullmq';
import pg from 'pg';
import type { AppConfig, Secrets } from '@balcao/platform-config';
import { connectionUrls, MIGRATION_LOCK, poolLimits } from '@balcao/platform-database';

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
    ...poolLimits(config.databaseStatementTimeoutMs),
    connectionTimeoutMillis: config.databasePoolWaitMs,
  };
}

/**
 * Brings the queues' tables up to date, as the queue role. Belongs after `migrate()` and before any worker: a worker
 * without them would do nothing but complain. The role may make schemas only meanwhile: BullMQ asks for its own each time.
 */
export async function prepareQueues(config: AppConfig, secrets: Secrets): Promise<void> {
  const owner = client(config.databaseUrl);
  const queue = client(connectionUrls(config, secrets).queue);
  await owner.connect();
  try {
    // Of processes that start together each would take away what another still needs, or change rights while another still
    // migrates. The lock ends with the connection.
    await owner.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const database = owner.escapeIdentifier(
      (await owner.query<{ name: string }>('select current_database() as name')).rows[0]!.name,
    );
    await owner.query(`grant create on database ${database} to balcao_queue`);
    try {
      await queue.connect();
      await runMigrations(queue, SCHEMA);
    } finally {
      await owner.query(`revoke create on database ${database} from balcao_queue`);
    }
  } finally {
    await Promise.allSettled([queue.end(), owner.end()]);
  }
}

const client = (connectionString: string | undefined) =>
  new pg.Client({ connectionString, application_name: 'balcao-migrate' });
