import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@balcao/platform-database';
import { PostgresRateLimiter } from '@balcao/platform-state';
import { systemClock, systemContext } from '@balcao/platform-tenancy';
import { insertOrganization, testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { Lockout, nameSubject } from '../src/sign-in/lockout.js';
import { LoginLimits, type LockSubject } from '../src/sign-in/login-limits.js';

const POLICY = { lockThreshold: 3, lockMinutes: 20 };

let test: TestDatabase;
let limits: LoginLimits;
let lockout: Lockout;
let organizationId: string;
let ana: LockSubject;
/** Everybody who must not be touched by what is done to Ana: each differs from her in one thing. */
let others: LockSubject[];

beforeAll(async () => {
  test = await testDatabase();
  limits = new LoginLimits(new PostgresRateLimiter(test.database, test.secrets));
  lockout = new Lockout(test.database, test.secrets, limits);
  organizationId = await insertOrganization(test.owner);
});
afterAll(() => test.close());
beforeEach(async () => {
  await test.owner.query('delete from login_failures');
  ana = { realm: 'portal', organizationId, who: newId() };
  others = [
    { ...ana, who: newId() },
    { ...ana, realm: 'staff' },
    { ...ana, organizationId: newId() },
    { ...ana, organizationId: null },
    { ...ana, deviceId: newId() },
    { ...ana, deviceId: newId() },
  ];
});

/** Whether an attempt may go on, whatever the limits of attempts say. */
async function begin(subject = ana): Promise<boolean> {
  await limits.clearAccount('login', subject);
  return (await lockout.begin(subject, POLICY)) === undefined;
}
const failed = (subject = ana, policy = POLICY) => lockout.failed(subject, policy);
async function fail(subject: LockSubject, times: number): Promise<(Date | undefined)[]> {
  const answers: (Date | undefined)[] = [];
  for (let n = 0; n < times; n += 1) {
    expect(await begin(subject)).toBe(true);
    answers.push(await failed(subject));
  }
  return answers;
}
const inTransaction = (work: (db: Parameters<Lockout['forgive']>[0]) => Promise<void>) =>
  test.database.transaction(systemContext(organizationId, { clock: systemClock }), work);
const personOf = ({ who }: LockSubject) => ({ id: who, email: 'ana@padaria.example', username: 'ana' });
const age = (interval: string) =>
  test.owner.query(`update login_failures set updated_at = updated_at - interval '${interval}'`);
const endLocks = () => test.owner.query("update login_failures set locked_until = now() - interval '1 second'");

describe('wrong passwords', () => {
  it('lock with the one that reaches the threshold, for as long as is set', async () => {
    const [first, second, third] = await fail(ana, 3);
    expect([first, second]).toEqual([undefined, undefined]);
    expect(Math.abs(third!.getTime() - Date.now() - 20 * 60_000)).toBeLessThan(10_000);
    expect(await begin()).toBe(false);
    expect(await failed()).toBeUndefined();
  });

  it('lock until somebody ends it where no minutes are set', async () => {
    await fail(ana, 2);
    await begin();
    const until = await failed(ana, { ...POLICY, lockMinutes: 0 });
    expect(until!.getUTCFullYear()).toBe(9999);
  });

  it('are counted before anything is compared, so that of many at once no more than the threshold are', async () => {
    const admitted = await Promise.all(Array.from({ length: 12 }, () => begin()));
    expect(admitted.filter(Boolean)).toHaveLength(3);
  });

  it('of one person, realm, organization or device are nobody else’s', async () => {
    for (const other of others) for (let n = 0; n < 3; n += 1) await begin(other);
    await fail(ana, 3);
    for (const other of others) expect(await failed(other)).toEqual(expect.any(Date));
    await test.owner.query('delete from login_failures');
    await fail(ana, 3);
    for (const other of others) expect(await begin(other)).toBe(true);
  });

  it('begin anew after a lock has ended', async () => {
    await fail(ana, 3);
    await endLocks();
    expect(await fail(ana, 3)).toEqual([undefined, undefined, expect.any(Date)]);
  });

  it('whose process is gone are waited for a minute', async () => {
    for (let n = 0; n < 3; n += 1) await begin();
    await age('59 seconds');
    expect(await begin()).toBe(false);
    await age('2 seconds');
    expect(await begin()).toBe(true);
    await age('2 minutes');
    await failed();
    await age('2 minutes');
    expect(await begin()).toBe(false);
  });

  it('leave nothing that tells of whom they were', async () => {
    await begin({ ...ana, who: 'ana@padaria.example', deviceId: 'a-device' });
    const { rows } = await test.owner.query<{ row: string }>(
      "select encode(subject, 'escape') || encode(device, 'escape') as row from login_failures",
    );
    expect(rows[0]!.row).not.toMatch(/ana|device|portal/);
  });
});

describe('an attempt that is taken back', () => {
  it('does not count, and no other does not', async () => {
    for (const subject of [ana, ...others]) await fail(subject, 2);
    for (let n = 0; n < 12; n += 1) {
      expect(await lockout.begin(ana, POLICY)).toBeUndefined();
      await lockout.takeBack(ana);
    }
    await begin();
    expect(await failed()).toEqual(expect.any(Date));
    for (const other of others) {
      await begin(other);
      expect(await failed(other)).toEqual(expect.any(Date));
    }
  });

  it('gives no more attempts than there are', async () => {
    await begin();
    for (let n = 0; n < 5; n += 1) await lockout.takeBack(ana);
    expect(await fail(ana, 3)).toEqual([undefined, undefined, expect.any(Date)]);
  });

  it('opens no lock', async () => {
    await fail(ana, 3);
    await lockout.takeBack(ana);
    await endLocks();
    expect(await fail(ana, 3)).toEqual([undefined, undefined, expect.any(Date)]);
  });
});

describe('forgetting', () => {
  it('with a sign-in is of one counter only', async () => {
    for (const subject of [ana, ...others]) await fail(subject, 3);
    await inTransaction((db) => lockout.forgive(db, ana));
    expect(await begin()).toBe(true);
    for (const other of others) expect(await begin(other)).toBe(false);
  });

  it('with a new password is of all that aim at the person, from every device', async () => {
    for (const subject of [ana, ...others]) await fail(subject, 3);
    const { deviceId: _none, ...person } = ana;
    await inTransaction(async (db) => void (await lockout.unlock(db, 'portal', organizationId, personOf(person))));
    for (const subject of [ana, ...others.slice(4)]) expect(await begin(subject)).toBe(true);
    for (const other of others.slice(0, 4)) expect(await begin(other)).toBe(false);
  });

  it('with a new password is of every name of the person, there and where no organization is named', async () => {
    const names = ['ana@padaria.example', 'ana'].flatMap((name) => [
      nameSubject('portal', organizationId, name),
      nameSubject('portal', 'any', name),
    ]);
    const others = [
      nameSubject('portal', newId(), 'ana@padaria.example'),
      ...['null', 'undefined'].map((name) => nameSubject('portal', organizationId, name)),
    ];
    for (const subject of [...names, ...others]) await fail(subject, 3);
    for (const username of ['ana', null, undefined])
      await inTransaction(
        async (db) => void (await lockout.unlock(db, 'portal', organizationId, { ...personOf(ana), username })),
      );
    for (const subject of names) expect(await begin(subject)).toBe(true);
    for (const other of others) expect(await begin(other)).toBe(false);
  });

  it('ends the limits of attempts once it is committed', async () => {
    const name = nameSubject('portal', organizationId, 'ana');
    for (const subject of [ana, name]) {
      for (let n = 0; n < 11; n += 1) await limits.spendAccount('login', subject);
      for (let n = 0; n < 31; n += 1) await limits.spendAccount('entry', subject);
    }
    const enter = (subject: LockSubject) => limits.inTurn(subject, '198.51.100.7', () => Promise.resolve('in'));
    const finish: (() => Promise<void>)[] = [];
    await inTransaction(
      async (db) => void finish.push(await lockout.unlock(db, 'portal', organizationId, personOf(ana))),
    );
    expect(await lockout.begin(ana, POLICY)).toMatchObject({ code: 'rate_limited' });
    await expect(enter(name)).rejects.toMatchObject({ code: 'rate_limited' });
    await finish[0]!();
    for (const subject of [ana, name]) {
      expect(await lockout.begin(subject, POLICY)).toBeUndefined();
      expect(await enter(subject)).toBe('in');
    }
  });

  it('is taken back with the transaction', async () => {
    await fail(ana, 3);
    const undone = inTransaction(async (db) => {
      await lockout.forgive(db, ana);
      throw new Error('no session');
    });
    await expect(undone).rejects.toThrow('no session');
    expect(await begin()).toBe(false);
  });
});

it('a name that is locked is so there and where no organization is named, until somebody ends it', async () => {
  await lockout.lockName('portal', organizationId, 'ana');
  const place = (organization: string | null) => nameSubject('portal', organization, 'ana');
  for (const locked of [place(organizationId), place('any')]) expect(await begin(locked)).toBe(false);
  expect(await begin(place(null))).toBe(true);
  const { rows } = await test.owner.query('select 1 from login_failures where extract(year from locked_until) = 9999');
  expect(rows).toHaveLength(2);
});

describe('the purge', () => {
  const purge = async () => (await test.database.door<{ count: number }>('door_login_failures_purge', [100]))[0];

  it('forgets what is a month old and locks nobody any more', async () => {
    await fail(ana, 1);
    await age('29 days');
    await purge();
    expect((await test.owner.query('select 1 from login_failures')).rows).toHaveLength(1);
    await age('2 days');
    await fail(others[0]!, 1);
    await purge();
    expect((await test.owner.query('select 1 from login_failures')).rows).toHaveLength(1);
  });

  it('keeps a lock that lasts', async () => {
    await fail(ana, 2);
    await begin();
    await failed(ana, { ...POLICY, lockMinutes: 0 });
    await age('1 year');
    await purge();
    expect(await begin()).toBe(false);
  });
});
