import { beforeEach, expect, it } from '@jest/globals';
import { AppConfig } from '@balcao/platform-config';
import type { RateLimiter } from '@balcao/platform-state';
import type { Principal, StaffPrincipal } from '@balcao/platform-tenancy';
import { DailyWrites, sharesOf } from './daily-writes.js';

const config = Object.assign(new AppConfig(), { writesPerDay: 1_000 });
const person = (id: string) =>
  ({ audience: 'staff', user: { id }, organization: { id: 'aurora' } }) as unknown as StaffPrincipal;

/** What all processes count together. */
let spent: Map<string, number>;
let questions: number;
const shared = {
  consumeEach: async (limits: Readonly<Record<string, number>>, _seconds: number, points: number) => {
    questions += 1;
    const [[key, limit]] = Object.entries(limits) as [[string, number]];
    const allowed = (spent.get(key) ?? 0) + points <= limit;
    if (allowed) spent.set(key, (spent.get(key) ?? 0) + points);
    return { allowed, retryAfterSeconds: allowed ? 0 : 60 };
  },
} as unknown as RateLimiter;

beforeEach(() => {
  spent = new Map();
  questions = 0;
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

it('most writes are spent from memory', async () => {
  const writes = new DailyWrites(config, shared);
  for (let n = 0; n < 100; n += 1) await writes.spend(person('ana'), 1);
  expect(questions).toBe(10 + 1);
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
