import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, type Logger } from '@balcao/platform-logging';
import { JobHandler } from '@balcao/platform-outbox/worker';
import { Database, type Purge } from '@balcao/platform-tenancy';

/** Rows that one statement deletes: few enough that nobody waits for its locks. */
const BATCH = 1_000;
/** Statements of one kind in one run; what is left waits for the next run. */
const MOST_BATCHES = 100;

/** What its owners say can go, by name. */
export const PURGES = Symbol('PURGES');

/** Takes away what has expired: sessions, limits, idempotency keys, finished jobs, links. */
@Injectable()
@JobHandler('maintenance.purge')
export class PurgeHandler implements JobHandler<'maintenance.purge'> {
  constructor(
    private readonly database: Database,
    @Inject(PURGES) private readonly purges: Record<string, Purge>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async handle(): Promise<void> {
    const purged: Record<string, number> = {};
    for (const [what, purge] of Object.entries(this.purges)) {
      purged[what] = await repeat(() => purge(this.database, BATCH));
    }
    this.logger.debug({ purged }, 'purged');
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
