import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { insertOrganization, testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { purgeBehind, sql, systemClock, systemContext } from '@balcao/platform-tenancy';
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
    context: systemContext(await insertOrganization(owner), { clock: systemClock }),
    close,
  };
});

describe('the functions behind the state', () => {
  let test: TestDatabase;
  beforeAll(async () => void (test = await testDatabase()));
  afterAll(() => test.close());
  const KEPT = '1 hour';

  it('touch no other key, and none under another claim', async () => {
    const [claim, other] = [randomUUID(), randomUUID()];
    const call = (name: string, ...given: unknown[]) =>
      test.owner.query(
        `select * from state_idempotency_${name}(${given.map((_, at) => `$${at + 1}`).join(', ')})`,
        given,
      );
    for (const key of ['own', 'other', 'lost'])
      expect((await call('claim', key, claim, 'print', KEPT)).rowCount).toBe(1);
    const left = () => test.owner.query("select * from idempotency_keys where key <> 'own' order by key");
    const { rows: before } = await left();
    await call('carry_out', 'own', claim, KEPT);
    await call('release', 'own', claim);
    await call('complete', 'own', claim, 200, '1', KEPT, [], []);
    await call('release', 'own', claim);
    await call('release', 'other', other);
    expect((await left()).rows).toEqual(before);
  });

  it('wait for nobody who holds another key', async () => {
    await test.owner.query("select state_rate_limit_consume('{own,other}', '{9,9}', '1 minute', '0', 1)");
    await test.database.transaction(
      systemContext(await insertOrganization(test.owner), { clock: systemClock }),
      async (db) => {
        await db.query(sql`select state_rate_limit_return('{other}', 1)`);
        await test.owner.query("set lock_timeout = '2s'; select state_rate_limit_return('{own}', 1)");
      },
    );
  });

  it('forget what is over, and nothing else', async () => {
    await test.owner.query(`
      delete from rate_limits; delete from idempotency_keys;
      insert into rate_limits (key, points, window_ends_at, blocked_until) values
        ('over', 1, now() - interval '1 second', null), ('window', 1, now() + interval '1 hour', null),
        ('was blocked', 1, now() - interval '2 hours', now() - interval '1 hour'),
        ('blocked', 1, now() - interval '1 hour', now() + interval '1 hour');
      insert into idempotency_keys (key, fingerprint, expires_at) values
        ('expired', '', now() - interval '1 second'), ('kept', '', now() + interval '1 hour')`);
    await test.database.door('state_purge', [100]);
    const { rows } = await test.owner.query<{ key: string }>(
      'select key from rate_limits union all select key from idempotency_keys order by 1',
    );
    expect(rows.map(({ key }) => key)).toEqual(['blocked', 'kept', 'window']);
  });
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
