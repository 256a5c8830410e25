import { Injectable } from '@nestjs/common';
import { JobHandler, type Finish, type HandledJob } from '@balcao/platform-outbox/worker';
import { Database, sql } from '@balcao/platform-tenancy';

/** Rows of one kind that one run takes away; the next run, ten minutes later, takes more. */
const BATCH = 5_000;

/** Takes away what has served: ended sessions, old counters, done outbox rows, links nobody can use any more. */
@Injectable()
@JobHandler('maintenance.purge')
export class PurgeHandler implements JobHandler<'maintenance.purge'> {
  constructor(private readonly database: Database) {}

  async handle(_job: HandledJob<'maintenance.purge'>, finish: Finish): Promise<void> {
    await this.database.asPlatform('maintenance.purge', async (db) => {
      await db.query(sql`select state_purge(${BATCH})`);
      await db.execute(sql`
        delete from outbox where id in (
          select id from outbox where status = 'done' and done_at < now() - interval '7 days' limit ${BATCH})`);
      await db.execute(sql`
        delete from one_time_tokens where id in (
          select id from one_time_tokens where expires_at < now() - interval '30 days' limit ${BATCH})`);
      await db.execute(sql`
        delete from login_failures where (organization_id, id) in (
          select organization_id, id from login_failures
          where updated_at < now() - interval '30 days' and coalesce(locked_until, updated_at) < now() limit ${BATCH})`);
      await finish(db);
    });
  }
}
