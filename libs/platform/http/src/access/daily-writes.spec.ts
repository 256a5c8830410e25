import { beforeEach, expect, it } from '@jest/globals';
import { AppConfig } from '@balcao/platform-config';
import type { RateLimiter } from '@balcao/platform-state';
import type { Principal, StaffPrincipal } from '@balcao/platform-tenancy';
import type { BalcaoRouteConfig } from './access-rule.js';
import { DailyWrites, sharesOf, writesOf } from './daily-writes.js';

const config = Object.assign(new AppConfig(), { writesPerDay: 1_000 });
const person = (id: string) =>
  ({ audience: 'staff', user: { id }, organization: { id: 'aurora' } }) as unknown as StaffPrincipal;

/** What all processes count together. */
let spent: Map<string, number>;
let questions: number;
let days: Set<number>;
/** What somebody's first question waits for. */
let held: Promise<void> | undefined;
const shared = {
  consumeEach: async (limits: Readonly<Record<string, number>>, seconds: number, points: number) => {
    questions += 1;
    days.add(seconds);
    if (points > 1) await held;
    const [[key, limit]] = Object.entries(limits) as [[string, number]];
    const allowed = (spent.get(key) ?? 0) + points <= limit;
    if (allowed) spent.set(key, (spent.get(key) ?? 0) + points);
    return { allowed, retryAfterSeconds: allowed ? 0 : 60 };
  },
} as unknown as RateLimiter;

beforeEach(() => {
  spent = new Map();
  questions = 0;
  days = new Set();
  held = undefined;
});

const results = async (writes: Promise<void>[]) =>
  (await Promise.allSettled(writes)).filter(({ status }) => status === 'fulfilled').length;

it.each([
  [
    'portal',
    [
      ['ana', 'person'],
      ['padaria', 'account'],
      ['aurora|portal', 'side'],
    ],
  ],
  [
    'staff',
    [
      ['ana', 'person'],
      ['aurora|staff', 'side'],
    ],
  ],
  ['operator', []],
])('somebody of %s takes of the shares of %j', (audience, shares) => {
  const organization = { id: 'aurora' };
  const principal = { audience, user: { id: 'ana' }, organization, billingAccount: { id: 'padaria' } };
  expect(sharesOf(principal as unknown as Principal)).toEqual(shares);
});

it.each<[string, BalcaoRouteConfig, number]>([
  ['POST', {}, 1],
  ['PUT', {}, 1],
  ['PATCH', { writes: 5 }, 5],
  ['DELETE', {}, 0],
  ['GET', {}, 0],
  ['POST', { storesNothing: true }, 0],
])('a %s of %j counts as %i', (method, route, count) => expect(writesOf(method, route)).toBe(count));

it('most writes are spent from memory, and count for a day', async () => {
  const writes = new DailyWrites(config, shared);
  for (let n = 0; n < 100; n += 1) await writes.spend(person('ana'), 1);
  expect([questions, ...days]).toEqual([10 + 1, 86_400]);
});

it('those who write nothing take no room in memory', async () => {
  const writes = new DailyWrites(config, shared);
  await writes.spend(person('ana'), 1);
  for (let n = 0; n < 25_000; n += 1) await writes.spend(person(`reader ${n}`), 0);
  await writes.spend(person('ana'), 1);
  expect(questions).toBe(1 + 1);
});

it('however many somebody sends at once, only the first takes more than it needs', async () => {
  const writes = new DailyWrites(config, shared);
  let goOn = () => {};
  held = new Promise((resolve) => (goOn = resolve));
  const sent = [];
  for (let n = 0; n < 5; n += 1) {
    sent.push(writes.spend(person('ana'), 1));
    await new Promise(setImmediate);
  }
  goOn();
  await Promise.all(sent);
  expect(spent.get('writes|ana')).toBe(10 + 4);
});

it('of what is left at last nobody takes more than they need, and nothing is asked for twice', async () => {
  const writes = new DailyWrites(config, shared);
  spent.set('writes|ana', 993);
  let allowed = 0;
  for (let n = 0; n < 8; n += 1) allowed += await results([writes.spend(person('ana'), 1)]);
  expect(allowed).toBe(7);
  questions = 0;
  expect(await results([writes.spend(person('ana'), 20)])).toBe(0);
  expect(questions).toBe(1);
});

it.each([1, 3, 7])('two processes allow all of a limit and no more, however many ask for %i at once', async (count) => {
  const processes = [new DailyWrites(config, shared), new DailyWrites(config, shared)];
  let allowed = 0;
  for (let round = 0; round < 60; round += 1)
    allowed += await results(Array.from({ length: 20 }, (_, n) => processes[n % 2]!.spend(person('ana'), count)));
  expect(allowed * count).toBeLessThanOrEqual(1_000);
  // Of what each took, less than one write may be left over.
  expect(allowed * count).toBeGreaterThan(1_000 - 3 * count);
});

it('whoever is refused for those around them keeps what is theirs', async () => {
  const writes = new DailyWrites(config, shared);
  spent.set('writes|aurora|staff', 50_000);
  for (let n = 0; n < 30; n += 1) await expect(writes.spend(person('ana'), 1)).rejects.toThrow('daily_limit_reached');
  spent.set('writes|aurora|staff', 0);
  let allowed = 0;
  for (let n = 0; n < 1_010; n += 1) allowed += await results([writes.spend(person('ana'), 1)]);
  expect(allowed).toBe(1_000);
});
