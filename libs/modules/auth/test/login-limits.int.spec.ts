import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@balcao/platform-database';
import { PostgresRateLimiter } from '@balcao/platform-state';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { LoginLimits, type Approach, type LimitedAction } from '../src/sign-in/login-limits.js';

let test: TestDatabase;
let limits: LoginLimits;
let organizationId: string;

beforeAll(async () => {
  test = await testDatabase();
  limits = new LoginLimits(new PostgresRateLimiter(test.database, test.secrets));
});
afterAll(() => test.close());
beforeEach(async () => {
  organizationId = newId();
  await test.owner.query('delete from rate_limits');
});

const from = (ip: string, overrides: Partial<Approach> = {}): Approach => ({
  realm: 'portal',
  ip,
  organizationId,
  ...overrides,
});
const isRefused = async (approach: Approach) => (await limits.refusalOf(approach))?.code === 'rate_limited';
async function fail(times: number, approach: (n: number) => Approach): Promise<void> {
  for (let n = 0; n < times; n += 1) await limits.countFailure(approach(n));
}
const ofSite = (n: number) => `2001:db8:1:${n.toString(16)}::1`;

describe('failures of a network', () => {
  it.each([
    ['an IPv4 address', '198.51.100.7', '198.51.100.8'],
    ['a /64', '2001:db8:1:7::1', '2001:db8:1:8::1'],
  ])('refuse %s after ten, and no neighbour', async (_what, ip, neighbour) => {
    await fail(9, () => from(ip));
    expect(await isRefused(from(ip))).toBe(false);
    await fail(1, () => from(ip));
    expect(await isRefused(from(ip))).toBe(true);
    expect(await isRefused(from(neighbour))).toBe(false);
    expect(await isRefused(from(ip, { realm: 'staff' }))).toBe(false);
  });

  it('are counted for all addresses of a /64 together', async () => {
    await fail(10, (n) => from(`2001:db8:1:7::${n}`));
    expect(await isRefused(from('2001:db8:1:7:ffff::1'))).toBe(true);
  });

  it('refuse all networks of a /48 after fifty, and no other site', async () => {
    await fail(49, (n) => from(ofSite(n)));
    expect(await isRefused(from(ofSite(60)))).toBe(false);
    await fail(1, () => from(ofSite(50)));
    const refusal = await limits.refusalOf(from(ofSite(60)));
    expect(refusal?.code).toBe('rate_limited');
    // Until the window ends: many share a site, so it is not blocked beyond.
    expect(refusal!.retryAfterSeconds).toBeLessThanOrEqual(5 * 60);
    expect(await isRefused(from('2001:db8:2::1'))).toBe(false);
    expect(await isRefused(from(ofSite(60), { realm: 'staff' }))).toBe(false);
  });

  it('are counted of no IPv4 addresses together', async () => {
    await fail(60, (n) => from(`198.51.100.${n}`));
    expect(await isRefused(from('198.51.100.200'))).toBe(false);
  });
});

describe('requests of a network', () => {
  const spend = (ip: string) => limits.spend('forgot', 'portal', ip);
  const refused = expect.objectContaining({ code: 'rate_limited' }) as unknown;

  it('are five of a network, and five times as many of a site', async () => {
    for (let n = 0; n < 5; n += 1) await spend(ofSite(0));
    await expect(spend(ofSite(0))).rejects.toEqual(refused);
    for (let n = 1; n <= 20; n += 1) await spend(ofSite(n));
    await expect(spend(ofSite(30))).rejects.toEqual(refused);
    await spend('2001:db8:2::1');
  });
});

describe('failures at an organization', () => {
  const strangers = (times: number, overrides?: Partial<Approach>) =>
    fail(times, (n) => from(`198.51.${100 + Math.floor(n / 200)}.${n % 200}`, overrides));
  const ip = '203.0.113.7';

  it('let each network fail less often after two hundred, and refuse nobody by themselves', async () => {
    await fail(3, () => from(ip, { organizationId: newId() }));
    await strangers(199);
    expect(await isRefused(from(ip))).toBe(false);
    await strangers(1);
    expect(await isRefused(from(ip))).toBe(true);
    expect(await isRefused(from('203.0.113.8'))).toBe(false);
    await fail(2, () => from('203.0.113.8'));
    expect(await isRefused(from('203.0.113.8'))).toBe(false);
  });

  it('count there alone, and in that realm alone', async () => {
    const quiet = newId();
    await strangers(200);
    await fail(3, () => from(ip, { organizationId: quiet }));
    await fail(3, () => from(ip, { organizationId: quiet, realm: 'staff' }));
    expect(await isRefused(from(ip, { organizationId: quiet }))).toBe(false);
    expect(await isRefused(from(ip, { realm: 'staff' }))).toBe(false);
    // Whoever names none is told nothing of those that are attacked.
    expect(await isRefused(from(ip, { organizationId: 'any' }))).toBe(false);
    expect(await isRefused(from(ip))).toBe(true);
    // Who is refused at the one that is attacked may fail elsewhere as often as before.
    await fail(6, () => from(ip, { organizationId: quiet }));
    expect(await isRefused(from(ip, { organizationId: quiet }))).toBe(false);
    expect(await isRefused(from(ip, { organizationId: null }))).toBe(false);
  });
});

describe('passwords of an organization’s own making', () => {
  const own = () => ({ realm: 'portal' as const, organizationId, who: 'ana' });

  it('are held against others’ accounts ten times in an hour', async () => {
    for (let n = 0; n < 10; n += 1)
      expect(await limits.spendElsewhere({ ...own(), who: `somebody ${n}` }, `198.51.100.${n}`)).toBe(true);
    expect(await limits.spendElsewhere(own(), '198.51.100.20')).toBe(false);
    await test.owner.query("update rate_limits set window_ends_at = window_ends_at - interval '59 minutes'");
    expect(await limits.spendElsewhere(own(), '198.51.100.21')).toBe(false);
    expect(await limits.spendElsewhere({ ...own(), organizationId: newId() }, '198.51.100.22')).toBe(true);
    expect(await limits.spendElsewhere({ ...own(), realm: 'staff' }, '198.51.100.23')).toBe(true);
    await test.owner.query("update rate_limits set window_ends_at = window_ends_at - interval '1 minute'");
    expect(await limits.spendElsewhere(own(), '198.51.100.24')).toBe(true);
  });

  it('are as many of one network, whichever organizations make them, and five times as many of a site', async () => {
    const spend = (ip: string) => limits.spendElsewhere({ ...own(), organizationId: newId() }, ip);
    for (let n = 0; n < 10; n += 1) expect(await spend(ofSite(0))).toBe(true);
    expect(await spend(ofSite(0))).toBe(false);
    for (let n = 1; n <= 40; n += 1) expect(await spend(ofSite(n))).toBe(true);
    expect(await spend(ofSite(50))).toBe(false);
    expect(await spend('2001:db8:2::1')).toBe(true);
  });
});

describe('attempts at an account', () => {
  const ana = () => ({ realm: 'portal' as const, organizationId, who: 'ana' });

  it.each<[LimitedAction, times: number, windowMinutes: number, blockedMinutes: number]>([
    ['login', 10, 5, 15],
    ['entry', 30, 5, 5],
    ['forgot', 5, 15, 30],
    ['reset', 10, 15, 30],
  ])('to %s are %i in %i minutes, and then none for %i', async (action, times, windowMinutes, blockedMinutes) => {
    for (let n = 0; n < times; n += 1) expect(await limits.spendAccount(action, ana())).toBeUndefined();
    const { rows } = await test.owner.query<{ minutes: number }>(
      'select round(extract(epoch from window_ends_at - now()) / 60)::integer as minutes from rate_limits',
    );
    expect(rows).toEqual([{ minutes: windowMinutes }]);
    const refusal = await limits.spendAccount(action, ana());
    expect(Math.round(refusal!.retryAfterSeconds! / 60)).toBe(blockedMinutes);
  });

  it('are ten, each apart from others’ and from those of a device that it knows', async () => {
    const others = [
      { ...ana(), who: 'bia' },
      { ...ana(), realm: 'staff' as const },
      { ...ana(), organizationId: null },
      { ...ana(), deviceId: newId() },
    ];
    for (let n = 0; n < 10; n += 1) expect(await limits.spendAccount('login', ana())).toBeUndefined();
    expect((await limits.spendAccount('login', ana()))?.retryAfterSeconds).toBeGreaterThan(14 * 60);
    for (const other of others) expect(await limits.spendAccount('login', other)).toBeUndefined();
    expect(await limits.spendAccount('forgot', ana())).toBeUndefined();
    await limits.clearAccount('login', ana());
    expect(await limits.spendAccount('login', ana())).toBeUndefined();
  });

  it('that are given back were none', async () => {
    for (let n = 0; n < 30; n += 1) {
      expect(await limits.spendAccount('login', ana())).toBeUndefined();
      await limits.giveBackAccount('login', ana());
    }
  });

  it('are noted once a minute', async () => {
    const noted = [await limits.isFirstOfMinute(ana()), await limits.isFirstOfMinute(ana())];
    expect([...noted, await limits.isFirstOfMinute({ ...ana(), who: 'bia' })]).toEqual([true, false, true]);
  });
});
