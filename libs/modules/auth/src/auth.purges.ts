import { purgeBehind, sql, type Purge } from '@balcao/platform-tenancy';

const deadLinks: Purge = (database, limit) =>
  database.asPlatform('purge of dead links', (db) =>
    db.execute(sql`
      delete from one_time_tokens where id in (
        select id from one_time_tokens where expires_at < now() - interval '30 days' limit ${limit} for update skip locked)`),
  );

/** Sessions that ended, counters of wrong passwords, and links that died a month ago. */
export const authPurges: Record<string, Purge> = {
  sessions: purgeBehind('sessions_purge'),
  'login failures': purgeBehind('door_login_failures_purge'),
  'dead links': deadLinks,
};
