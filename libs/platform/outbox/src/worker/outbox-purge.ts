import { sql, type Purge } from '@balcao/platform-tenancy';

/** Jobs that were done a week ago. */
export const outboxPurge: Purge = (database, limit) =>
  database.asPlatform('purge of finished jobs', (db) =>
    db.execute(sql`
      delete from outbox where id in (
        select id from outbox where status = 'done' and done_at < now() - interval '7 days' limit ${limit} for update skip locked)`),
  );
