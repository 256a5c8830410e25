import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NewSession, SessionRealm, SessionStore } from '../src/index.js';

export interface SessionStoreHarness {
  store: SessionStore;
  /** A session that the store can hold: its organization and portal exist there. */
  facts(realm: SessionRealm): NewSession;
  /** Makes it as if the session had last been touched that long ago, with everything else as old. */
  age(sessionId: string, milliseconds: number): Promise<void>;
  /** Everything that the backend holds, as text, to look for what must not stand there. */
  dump(): Promise<string>;
  close(): Promise<void>;
}

/** What every adapter of `SessionStore` must do. */
export function describeSessionStore(name: string, create: () => Promise<SessionStoreHarness>): void {
  describe(`SessionStore on ${name}`, () => {
    let harness: SessionStoreHarness;
    let store: SessionStore;
    beforeAll(async () => {
      harness = await create();
      store = harness.store;
    });
    afterAll(() => harness?.close());

    it.each<SessionRealm>(['portal', 'staff', 'operator'])('keeps a %s session with all its facts', async (realm) => {
      const facts = harness.facts(realm);
      const { token, ...session } = await store.create(facts);
      const { idleMs, absoluteMs, ...rest } = facts;
      expect(session).toMatchObject(rest);
      expect(session.expiresAt.getTime() - session.createdAt.getTime()).toBe(idleMs);
      expect(session.absoluteExpiresAt.getTime() - session.createdAt.getTime()).toBe(absoluteMs);
      expect(await store.findByToken(token)).toEqual(session);
      expect(await store.findById(session.id)).toEqual(session);
    });

    it('gives tokens of 48 characters, no two alike, and keeps none of them', async () => {
      const tokens = await Promise.all(
        Array.from({ length: 50 }, async () => (await store.create(harness.facts('portal'))).token),
      );
      expect(new Set(tokens).size).toBe(50);
      for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9_-]{48}$/);
      const held = await harness.dump();
      for (const token of tokens) {
        expect(held).not.toContain(token);
        expect(held).not.toContain(Buffer.from(token).toString('hex'));
      }
    });

    it.each(['', 'x', 'a'.repeat(48), 'a'.repeat(47) + '\0', 'ã'.repeat(48), "' or 1=1 --", 'a'.repeat(100_000)])(
      'knows no session of what is no token',
      async (token) => {
        expect(await store.findByToken(token)).toBeUndefined();
      },
    );

    it('ends a session that nobody used for its idle time', async () => {
      const { id, token } = await store.create({ ...harness.facts('portal'), idleMs: 150 });
      expect(await store.findByToken(token)).toBeDefined();
      await sleep(250);
      expect(await store.findByToken(token)).toBeUndefined();
      expect(await store.findById(id)).toBeUndefined();
      expect(await store.touch(id, 60_000)).toBeUndefined();
      expect(await store.findById(id)).toBeUndefined();
    });

    it('never lets a session begin beyond its absolute limit', async () => {
      const session = await store.create({ ...harness.facts('portal'), idleMs: 60_000, absoluteMs: 150 });
      expect(session.expiresAt).toEqual(session.absoluteExpiresAt);
      await sleep(250);
      expect(await store.findById(session.id)).toBeUndefined();
    });

    it('slides at most once a minute', async () => {
      const session = await store.create({ ...harness.facts('portal'), idleMs: 600_000 });
      expect(await store.touch(session.id, 600_000)).toBeUndefined();
      await harness.age(session.id, 59_000);
      expect(await store.touch(session.id, 600_000)).toBeUndefined();
      await harness.age(session.id, 2_000);
      const before = Date.now();
      const moved = await store.touch(session.id, 600_000);
      expect(Math.abs(moved!.getTime() - (before + 600_000))).toBeLessThan(5_000);
      expect((await store.findById(session.id))!.expiresAt).toEqual(moved);
      expect(await store.touch(session.id, 600_000)).toBeUndefined();
    });

    it('slides once for many at the same time', async () => {
      const session = await store.create(harness.facts('portal'));
      await harness.age(session.id, 61_000);
      const moved = await Promise.all(Array.from({ length: 20 }, () => store.touch(session.id, 600_000)));
      expect(moved.filter(Boolean)).toHaveLength(1);
    });

    it('never slides past the absolute limit', async () => {
      const session = await store.create({ ...harness.facts('portal'), idleMs: 100_000, absoluteMs: 150_000 });
      await harness.age(session.id, 90_000);
      const moved = await store.touch(session.id, 100_000);
      expect(moved!.getTime()).toBe((await store.findById(session.id))!.absoluteExpiresAt.getTime());
      await harness.age(session.id, 61_000);
      expect(await store.findById(session.id)).toBeUndefined();
    });

    it('revokes one session at once, and again without complaint', async () => {
      const session = await store.create(harness.facts('portal'));
      await store.revoke(session.id);
      expect(await store.findByToken(session.token)).toBeUndefined();
      await store.revoke(session.id);
    });

    it("revokes a person's sessions of one realm, except the one named", async () => {
      const facts = { ...harness.facts('portal'), subjectId: randomUUID() };
      const [kept, ended] = [await store.create(facts), await store.create(facts)];
      const otherRealm = await store.create({ ...harness.facts('staff'), subjectId: facts.subjectId });
      const otherPerson = await store.create({ ...facts, subjectId: randomUUID() });
      await store.revokeSubject('portal', facts.subjectId, kept.id);
      expect(await store.findById(ended.id)).toBeUndefined();
      for (const { id } of [kept, otherRealm, otherPerson]) expect(await store.findById(id)).toBeDefined();
      await store.revokeSubject('portal', facts.subjectId);
      expect(await store.findById(kept.id)).toBeUndefined();
      expect(await store.findById(otherRealm.id)).toBeDefined();
    });
  });
}
