import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database, OrganizationContext } from '@balcao/platform-tenancy';
import type { IdempotencyClaim, IdempotencyStore } from '../src/index.js';

export interface IdempotencyStoreHarness {
  store: IdempotencyStore;
  /** The same backend with other limits; times are in milliseconds. */
  brief(leaseMs: number, keptMs: number): IdempotencyStore;
  /** Where changes are committed, whatever the backend. */
  database: Database;
  context: OrganizationContext;
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

    async function claim(key: string, fingerprint = 'one', by = store): Promise<IdempotencyClaim> {
      const outcome = await by.claim(key, fingerprint);
      if (outcome.state !== 'claimed') throw new Error(`The key is ${outcome.state}`);
      return outcome.claim;
    }

    /** A change under a claim; `during` happens after the mark and before the commit. */
    async function change(held: IdempotencyClaim, during: () => Promise<void> = async () => {}, by = store) {
      const { database, context } = harness;
      await database.transaction(
        { ...context, commitMark: (db) => by.carryOut(db, held).then(during) },
        async () => {},
      );
    }

    describe('claims', () => {
      it('lets one of many at once do the work', async () => {
        const key = randomUUID();
        const outcomes = await Promise.all(
          Array.from({ length: 50 }, (_, index) => store.claim(key, `print-${index}`)),
        );
        const winner = outcomes.findIndex(({ state }) => state === 'claimed');
        expect(outcomes.filter(({ state }) => state === 'claimed')).toHaveLength(1);
        expect(outcomes.filter(({ state }) => state !== 'claimed')).toEqual(
          Array.from({ length: 49 }, () => ({ state: 'in_progress', fingerprint: `print-${winner}` })),
        );
      });

      it('tells everybody of a key that is freed again and again', async () => {
        const key = randomUUID();
        const knock = async () => {
          for (let count = 0; count < 20; count += 1) {
            const outcome = await store.claim(key, 'one');
            if (outcome.state === 'claimed') await store.release(outcome.claim);
          }
        };
        await Promise.all(Array.from({ length: 10 }, knock));
        expect((await store.claim(key, 'one')).state).toBe('claimed');
      });

      it('answers what was answered, with the fingerprint to compare', async () => {
        const key = randomUUID();
        const held = await claim(key);
        expect(await store.claim(key, 'two')).toEqual({ state: 'in_progress', fingerprint: 'one' });
        const answer = { status: 201, body: '{"á":"\\u0000"}' };
        await store.complete(held, answer);
        expect(await store.claim(key, 'two')).toEqual({ state: 'answered', fingerprint: 'one', answer });
      });

      it('frees a key whose request failed, but never one that was answered', async () => {
        const key = randomUUID();
        await store.release(await claim(key));
        const held = await claim(key, 'two');
        await store.complete(held, { status: 200, body: 'null' });
        await store.release(held);
        expect(await store.claim(key, 'two')).toMatchObject({ answer: { status: 200, body: 'null' } });
      });

      it('takes over a claim whose process is gone, and heeds that one no more', async () => {
        const key = randomUUID();
        const brief = harness.brief(1_500, 60_000);
        const lost = await claim(key, 'one', brief);
        expect((await brief.claim(key, 'one')).state).toBe('in_progress');
        await sleep(1_600);
        const outcomes = await Promise.all(Array.from({ length: 10 }, () => store.claim(key, 'two')));
        expect(outcomes.filter(({ state }) => state === 'claimed')).toHaveLength(1);
        await store.release(lost);
        await store.complete(lost, { status: 200, body: '"stale"' });
        expect(await store.claim(key, 'two')).toEqual({ state: 'in_progress', fingerprint: 'two' });
      });

      it('forgets answers in time', async () => {
        const key = randomUUID();
        const brief = harness.brief(60_000, 150);
        await brief.complete(await claim(key, 'one', brief), { status: 200, body: '1' });
        await sleep(250);
        expect((await brief.claim(key, 'two')).state).toBe('claimed');
      });

      it('keeps no more answers of a share than its bytes allow, until the time is over', async () => {
        const brief = harness.brief(60_000, 1_500);
        // A person's share, and that of all.
        const [mine, theirs] = [
          { mine: 10, all: 14 },
          { theirs: 10, all: 14 },
        ];
        const [small, large, others, later] = await Promise.all([1, 2, 3, 4].map(() => claim(randomUUID())));
        await brief.complete(small!, { status: 200, body: '"á"' }, mine);
        await change(large!, undefined, brief);
        await brief.complete(large!, { status: 200, body: '"áááá"' }, mine);
        await brief.complete(others!, { status: 200, body: '"áááá"' }, theirs);
        expect((await store.claim(small!.key, 'one')).state).toBe('answered');
        expect((await store.claim(large!.key, 'one')).state).toBe('carried_out');
        expect((await store.claim(others!.key, 'one')).state).toBe('answered');
        await sleep(1_600);
        await brief.complete(later!, { status: 200, body: '1' }, mine);
        expect((await store.claim(later!.key, 'one')).state).toBe('answered');
      });

      it('bears keys of any length and content', async () => {
        const key = `${randomUUID()}|${'ü\n'.repeat(5_000)}`;
        expect((await store.claim(key, 'one')).state).toBe('claimed');
        expect((await store.claim(`${key}.`, 'one')).state).toBe('claimed');
      });
    });

    describe('changes', () => {
      it('keep the key though nobody could keep the answer', async () => {
        const key = randomUUID();
        const brief = harness.brief(1_500, 60_000);
        await change(await claim(key, 'one', brief), undefined, brief);
        expect(await store.claim(key, 'one')).toEqual({ state: 'in_progress', fingerprint: 'one' });
        await sleep(1_600);
        expect(await store.claim(key, 'one')).toEqual({ state: 'carried_out', fingerprint: 'one' });
      });

      it('free the key again when they are rolled back', async () => {
        const key = randomUUID();
        const held = await claim(key);
        await expect(change(held, () => Promise.reject(new Error('No')))).rejects.toThrow('No');
        await store.release(held);
        expect((await store.claim(key, 'two')).state).toBe('claimed');
      });

      it('say that no answer will come when the rest of the request failed', async () => {
        const key = randomUUID();
        const held = await claim(key);
        await change(held);
        await store.release(held);
        expect(await store.claim(key, 'one')).toEqual({ state: 'carried_out', fingerprint: 'one' });
      });

      it('may be several, and are answered once', async () => {
        const key = randomUUID();
        const held = await claim(key);
        await change(held);
        await change(held);
        await store.complete(held, { status: 201, body: '1' });
        expect(await store.claim(key, 'one')).toMatchObject({ state: 'answered' });
      });

      it('are not committed under a claim that another has taken over', async () => {
        const key = randomUUID();
        const brief = harness.brief(150, 60_000);
        const lost = await claim(key, 'one', brief);
        await sleep(250);
        const held = await claim(key, 'one');
        await expect(change(lost)).rejects.toMatchObject({ code: 'idempotency_in_progress' });
        await change(held);
        await store.release(held);
        expect((await store.claim(key, 'one')).state).toBe('carried_out');
      });

      it('are waited for by whoever comes during the commit', async () => {
        const key = randomUUID();
        const brief = harness.brief(100, 60_000);
        const held = await claim(key, 'one', brief);
        await sleep(150);
        let later: Promise<unknown[]> = Promise.resolve([]);
        await change(held, async () => {
          // The lease is over, and the connection's loss may have been noticed before the server's commit.
          later = Promise.all([store.claim(key, 'one'), store.release(held)]);
          await sleep(100);
        });
        expect((await later)[0]).toEqual({ state: 'carried_out', fingerprint: 'one' });
        expect((await store.claim(key, 'one')).state).toBe('carried_out');
      });
    });
  });
}
