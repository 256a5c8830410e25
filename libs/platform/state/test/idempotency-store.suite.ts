import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IdempotencyStore } from '../src/index.js';

export interface IdempotencyStoreHarness {
  store: IdempotencyStore;
  /** The same backend with a lease and a life of answers that lapse within these milliseconds. */
  brief(leaseMs: number, answerMs: number): IdempotencyStore;
  close(): Promise<void>;
}

/** What every adapter of `IdempotencyStore` must do. */
export function describeIdempotencyStore(name: string, create: () => Promise<IdempotencyStoreHarness>): void {
  describe(`IdempotencyStore on ${name}`, () => {
    let harness: IdempotencyStoreHarness;
    let store: IdempotencyStore;
    beforeAll(async () => {
      harness = await create();
      store = harness.store;
    });
    afterAll(() => harness?.close());

    it('lets one of many at once do the work', async () => {
      const key = randomUUID();
      const claims = await Promise.all(Array.from({ length: 50 }, (_, index) => store.claim(key, `print-${index}`)));
      const [winner, ...others] = claims.filter((claim) => claim.claimed);
      expect(others).toHaveLength(0);
      for (const claim of claims) expect(claim.fingerprint === winner!.fingerprint || claim.claimed).toBe(true);
    });

    it('answers what was answered, with the fingerprint to compare', async () => {
      const key = randomUUID();
      expect(await store.claim(key, 'one')).toEqual({ claimed: true, fingerprint: 'one' });
      expect(await store.claim(key, 'two')).toEqual({ claimed: false, fingerprint: 'one', answer: undefined });
      await store.complete(key, { status: 201, body: '{"á":"\\u0000"}' });
      const answer = { status: 201, body: '{"á":"\\u0000"}' };
      expect(await store.claim(key, 'two')).toEqual({ claimed: false, fingerprint: 'one', answer });
    });

    it('frees a key whose request failed, but never one that was answered', async () => {
      const key = randomUUID();
      await store.claim(key, 'one');
      await store.release(key);
      expect((await store.claim(key, 'two')).claimed).toBe(true);
      await store.complete(key, { status: 200, body: 'null' });
      await store.release(key);
      expect(await store.claim(key, 'two')).toMatchObject({ claimed: false, answer: { status: 200, body: 'null' } });
    });

    it('takes over a claim whose process is gone', async () => {
      const key = randomUUID();
      const brief = harness.brief(150, 60_000);
      await brief.claim(key, 'one');
      expect((await brief.claim(key, 'one')).claimed).toBe(false);
      await sleep(250);
      const claims = await Promise.all(Array.from({ length: 10 }, () => store.claim(key, 'two')));
      expect(claims.filter((claim) => claim.claimed)).toHaveLength(1);
    });

    it('forgets answers in time', async () => {
      const key = randomUUID();
      const brief = harness.brief(60_000, 150);
      await brief.claim(key, 'one');
      await brief.complete(key, { status: 200, body: '1' });
      await sleep(250);
      expect(await brief.claim(key, 'two')).toEqual({ claimed: true, fingerprint: 'two' });
    });

    it('bears keys of any length and content', async () => {
      const key = `${randomUUID()}|${'ü\n'.repeat(5_000)}`;
      expect((await store.claim(key, 'one')).claimed).toBe(true);
      expect((await store.claim(`${key}.`, 'one')).claimed).toBe(true);
    });
  });
}
