import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, type Logger } from '@balcao/platform-logging';
import { JobHandler } from '@balcao/platform-outbox/worker';
import { Database, sql, type Sql } from '@balcao/platform-tenancy';

/** Rows that one statement deletes: few enough that nobody waits for its locks. */
const BATCH = 1_000;
/** Statements of one kind in one run; what is left waits for the next run. */
const MOST_BATCHES = 100;

/** Functions of those who own what expires by itself. */
const PURGES = ['state_purge', 'sessions_purge', 'door_login_failures_purge'] as const;

/** What nobody asks for any more, and how long it is kept. */
const OLD: Record<string, Sql> = {
  'finished jobs': sql`
    delete from outbox where id in (
      select id from outbox where status = 'done' and done_at < now() - interval '7 days' limit ${BATCH})`,
  'dead links': sql`
    delete from one_time_tokens where id in (
      select id from one_time_tokens where expires_at < now() - interval '30 days' limit ${BATCH})`,
};

/** Takes away what has expired: sessions, limits, idempotency keys, finished jobs, links. */
@Injectable()
@JobHandler('maintenance.purge')
export class PurgeHandler implements JobHandler<'maintenance.purge'> {
  constructor(
    private readonly database: Database,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async handle(): Promise<void> {
    const purged: Record<string, number> = {};
    for (const door of PURGES) purged[door] = await repeat(() => this.purge(door));
    for (const [what, statement] of Object.entries(OLD)) {
      purged[what] = await repeat(() => this.database.asPlatform(`purge of ${what}`, (db) => db.execute(statement)));
    }
    this.logger.debug({ purged }, 'purged');
  }

  private async purge(door: (typeof PURGES)[number]): Promise<number> {
    const [row] = await this.database.door<Partial<Record<typeof door, number>>>(door, [BATCH]);
    return row?.[door] ?? 0;
  }
}

async function repeat(purgeBatch: () => Promise<number>): Promise<number> {
  let total = 0;
  for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
    const purged = await purgeBatch();
    total += purged;
    if (purged < BATCH) break;
  }
  return total;
}
