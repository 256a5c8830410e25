import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RateLimiter } from '../src/index.js';

export interface RateLimiterHarness {
  limiter: RateLimiter;
  /** Everything that the backend holds, as text. */
  dump(): Promise<string>;
  close(): Promise<void>;
}

/** What every adapter of `RateLimiter` must do. */
export function describeRateLimiter(name: string, create: () => Promise<RateLimiterHarness>): void {
  describe(`RateLimiter on ${name}`, () => {
    let harness: RateLimiterHarness;
    let limiter: RateLimiter;
    beforeAll(async () => {
      harness = await create();
      limiter = harness.limiter;
    });
    afterAll(() => harness?.close());
    const minute = { limit: 3, windowSeconds: 60, blockSeconds: 120 };

    it('counts down, refuses past the limit and says for how long', async () => {
      const key = randomUUID();
      for (const remaining of [2, 1, 0]) {
        expect(await limiter.consume(key, minute)).toEqual({ allowed: true, remaining, retryAfterSeconds: 0 });
      }
      const refused = await limiter.consume(key, minute);
      expect(refused).toMatchObject({ allowed: false, remaining: 0 });
      expect(refused.retryAfterSeconds).toBeGreaterThan(115);
      expect(refused.retryAfterSeconds).toBeLessThanOrEqual(120);
    });

    it('allows exactly the limit of a hundred at once', async () => {
      const key = randomUUID();
      const limit = { limit: 10, windowSeconds: 60, blockSeconds: 60 };
      const results = await Promise.all(Array.from({ length: 100 }, () => limiter.consume(key, limit)));
      expect(results.filter((result) => result.allowed)).toHaveLength(10);
    });

    it('is not prolonged by knocking at a blocked door, and opens by itself', async () => {
      const [key, other] = [randomUUID(), randomUUID()];
      const brief = { limit: 1, windowSeconds: 0.2, blockSeconds: 0.6 };
      for (const each of [key, other]) await limiter.consume(each, brief);
      expect((await limiter.consume(key, brief)).allowed).toBe(false);
      await sleep(300);
      expect((await limiter.check(key, brief)).allowed).toBe(false);
      expect((await limiter.check(other, brief)).allowed).toBe(true);
      expect((await limiter.consume(key, brief)).allowed).toBe(false);
      await sleep(450);
      expect(await limiter.consume(key, brief)).toEqual({ allowed: true, remaining: 0, retryAfterSeconds: 0 });
    });

    it('begins anew with each window', async () => {
      const key = randomUUID();
      const brief = { limit: 2, windowSeconds: 0.2, blockSeconds: 60 };
      await limiter.consume(key, brief);
      await limiter.consume(key, brief);
      await sleep(300);
      expect((await limiter.check(key, brief)).allowed).toBe(true);
      expect(await limiter.consume(key, brief)).toMatchObject({ allowed: true, remaining: 1 });
    });

    it('refuses until the end of the window where no block is asked for', async () => {
      const key = randomUUID();
      const limit = { limit: 1, windowSeconds: 60, blockSeconds: 0 };
      await limiter.consume(key, limit);
      const refused = await limiter.consume(key, limit);
      expect(refused.allowed).toBe(false);
      expect(refused.retryAfterSeconds).toBeGreaterThan(55);
    });

    it('checks without taking, and gives points back', async () => {
      const [key, other] = [randomUUID(), randomUUID()];
      const twice = { limit: 2, windowSeconds: 60, blockSeconds: 120 };
      for (let count = 0; count < 2; count += 1) await limiter.consume(other, twice);
      for (let count = 0; count < 5; count += 1) expect((await limiter.check(key, twice)).allowed).toBe(true);
      await limiter.consume(key, twice);
      await limiter.consume(key, twice);
      await limiter.giveBack([key]);
      expect(await limiter.check(key, twice)).toEqual({ allowed: true, retryAfterSeconds: 0 });
      expect((await limiter.check(other, twice)).allowed).toBe(false);
      await limiter.consume(key, twice);
      const refused = await limiter.check(key, twice);
      expect(refused.allowed).toBe(false);
      expect(refused.retryAfterSeconds).toBeGreaterThan(115);
      await limiter.giveBack([key]);
      expect((await limiter.check(key, twice)).allowed).toBe(false);
    });

    it('refuses nobody any more for points that were given back, where no block is asked for', async () => {
      const key = randomUUID();
      const limit = { limit: 5, windowSeconds: 60, blockSeconds: 0 };
      const results = await Promise.all(Array.from({ length: 14 }, () => limiter.consume(key, limit)));
      for (const { allowed } of results) if (allowed) await limiter.giveBack([key]);
      for (const remaining of [4, 3, 2, 1, 0])
        expect(await limiter.consume(key, limit)).toEqual({ allowed: true, remaining, retryAfterSeconds: 0 });
      expect((await limiter.consume(key, limit)).allowed).toBe(false);
    });

    it('keeps a block whatever is given back', async () => {
      const key = randomUUID();
      const results = await Promise.all(Array.from({ length: 14 }, () => limiter.consume(key, minute)));
      for (const { allowed } of results) if (allowed) await limiter.giveBack([key]);
      expect(await limiter.consume(key, minute)).toMatchObject({ allowed: false, remaining: 0 });
    });

    it('takes nothing of what is left by asking for more than that, and gives as many back', async () => {
      const [key, other] = [randomUUID(), randomUUID()];
      const take = async (points: number) =>
        (await limiter.consumeEach({ [key]: 10, [other]: 10 }, 60, points)).allowed;
      expect(await take(11)).toBe(false);
      expect(await take(1)).toBe(true);
      expect(await take(10)).toBe(false);
      expect(await take(9)).toBe(true);
      expect(await take(1)).toBe(false);
      await limiter.giveBack([key, other], 9);
      expect(await take(10)).toBe(false);
      expect(await take(9)).toBe(true);
    });

    it('takes points of several keys, or of none of them where one refuses', async () => {
      const [person, group, other] = [randomUUID(), randomUUID(), randomUUID()];
      const limits = { [person]: 5, [group]: 6 };
      const allowed = { allowed: true, retryAfterSeconds: 0 };
      expect(await limiter.consumeEach(limits, 60, 2)).toEqual(allowed);
      expect(await limiter.consumeEach(limits, 60, 2)).toEqual(allowed);
      for (let count = 0; count < 5; count += 1) {
        const { allowed, retryAfterSeconds } = await limiter.consumeEach(limits, 60, 2);
        expect(allowed).toBe(false);
        expect(retryAfterSeconds).toBeGreaterThan(55);
      }
      expect(await limiter.consumeEach({ [other]: 5, [group]: 6 }, 60, 2)).toEqual(allowed);
      for (let count = 0; count < 5; count += 1)
        expect((await limiter.consumeEach({ [other]: 5, [group]: 6 }, 60, 1)).allowed).toBe(false);
      // What the group refused, its people still have.
      expect(await limiter.consumeEach({ [other]: 5 }, 60, 3)).toEqual(allowed);
      expect((await limiter.consumeEach({ [other]: 5 }, 60, 1)).allowed).toBe(false);
    });

    it('allows as many as the lowest of several limits, in whatever order many name the keys at once', async () => {
      const keys = Array.from({ length: 200 }, () => randomUUID());
      const results = await Promise.all(
        Array.from({ length: 60 }, (_, index) => {
          const named = index % 2 ? keys : keys.toReversed();
          return limiter.consumeEach(Object.fromEntries(named.map((key) => [key, 20])), 60, 1);
        }),
      );
      expect(results.filter(({ allowed }) => allowed)).toHaveLength(20);
    });

    it('keeps nobody out of a limit by a check of a lower one that blocks nothing', async () => {
      const key = randomUUID();
      const limit = { limit: 5, windowSeconds: 60, blockSeconds: 120 };
      await limiter.consume(key, limit);
      const refused = await limiter.check(key, { ...limit, limit: 1, blockSeconds: 0 });
      expect(refused.allowed).toBe(false);
      expect(Math.abs(refused.retryAfterSeconds - 55)).toBeLessThanOrEqual(5);
      expect(await limiter.check(key, limit)).toEqual({ allowed: true, retryAfterSeconds: 0 });
      expect((await limiter.consume(key, limit)).allowed).toBe(true);
    });

    it('forgets a key, and only that one', async () => {
      const [key, other] = [randomUUID(), randomUUID()];
      const once = { limit: 1, windowSeconds: 60, blockSeconds: 60 };
      for (const each of [key, key, other, other]) await limiter.consume(each, once);
      await limiter.clear(key);
      expect((await limiter.consume(key, once)).allowed).toBe(true);
      expect((await limiter.consume(other, once)).allowed).toBe(false);
    });

    it('stores neither address nor e-mail, whatever their length', async () => {
      await limiter.consume(`login|ip|203.0.113.77`, minute);
      await limiter.consume(`login|account|ana@padaria.example`, minute);
      await limiter.consume('x'.repeat(10_000), minute);
      const held = await harness.dump();
      expect(held).not.toMatch(/203\.0\.113\.77|padaria|xxxx/);
    });
  });
}
