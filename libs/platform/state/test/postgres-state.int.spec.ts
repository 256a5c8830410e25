import { describe, expect, it } from '@jest/globals';
import { insertOrganization, testDatabase } from '@balcao/platform-testing';
import { purgeBehind, systemContext } from '@balcao/platform-tenancy';
import { PostgresIdempotencyStore, PostgresRateLimiter } from '../src/index.js';
import { describeIdempotencyStore } from './idempotency-store.suite.js';
import { describeRateLimiter } from './rate-limiter.suite.js';

describeRateLimiter('PostgreSQL', async () => {
  const { database, secrets, owner, close } = await testDatabase();
  return {
    limiter: new PostgresRateLimiter(database, secrets),
    async dump() {
      return (await owner.query<{ row: string }>('select r::text as row from rate_limits r')).rows
        .map(({ row }) => row)
        .join('\n');
    },
    close,
  };
});

describeIdempotencyStore('PostgreSQL', async () => {
  const { database, owner, close } = await testDatabase();
  return {
    store: new PostgresIdempotencyStore(database),
    brief: (leaseMs, keptMs) => new PostgresIdempotencyStore(database, { leaseMs, keptMs }),
    database,
    context: systemContext(await insertOrganization(owner)),
    close,
  };
});

describe('the tables behind the state', () => {
  it('cannot be read or written by the roles of a running process, except through their functions', async () => {
    const { database, owner, close } = await testDatabase();
    try {
      const organizationId = await insertOrganization(owner);
      for (const statement of ['select * from rate_limits', 'select * from idempotency_keys']) {
        for (const role of ['balcao_app', 'balcao_platform']) {
          await owner.query('begin');
          await owner.query(`set local role ${role}`);
          await owner.query(
            "select set_config('app.organization_id', $1, true), set_config('app.scope', 'organization', true)",
            [organizationId],
          );
          await expect(owner.query(statement)).rejects.toThrow(/permission denied/);
          await owner.query('rollback');
        }
      }
      await database.ping();
    } finally {
      await close();
    }
  });

  it('keep a claim for a minute and an answer for a day, and lose what nobody asks for any more', async () => {
    const { database, owner, close } = await testDatabase();
    try {
      const store = new PostgresIdempotencyStore(database);
      const minutesLeft = async () =>
        (
          await owner.query<{ minutes: number }>(
            'select round(extract(epoch from expires_at - now()) / 60)::int as minutes from idempotency_keys',
          )
        ).rows.map(({ minutes }) => minutes);
      const outcome = await store.claim('key', 'one');
      if (outcome.state !== 'claimed') throw new Error(`The key is ${outcome.state}`);
      expect(await minutesLeft()).toEqual([1]);
      await store.complete(outcome.claim, { status: 200, body: '1' });
      expect(await minutesLeft()).toEqual([24 * 60]);
      const purge = purgeBehind('state_purge');
      expect(await purge(database, 10)).toBe(0);
      await owner.query(`update idempotency_keys set expires_at = now() - interval '1 second'`);
      expect([await purge(database, 10), await purge(database, 10), await minutesLeft()]).toEqual([1, 0, []]);
    } finally {
      await close();
    }
  });

  it('says that the service is unavailable when the database is away', async () => {
    const { database, secrets, close } = await testDatabase();
    const limiter = new PostgresRateLimiter(database, secrets);
    await limiter.consume('k', { limit: 1, windowSeconds: 1, blockSeconds: 1 });
    await close();
    const away = await testDatabase({ config: { databaseAppUrl: 'postgres://balcao_app:x@127.0.0.1:1/none' } });
    try {
      const store = new PostgresRateLimiter(away.database, away.secrets);
      await expect(store.check('k', { limit: 1, windowSeconds: 1, blockSeconds: 1 })).rejects.toMatchObject({
        code: 'service_unavailable',
      });
    } finally {
      await away.close();
    }
  });
});
