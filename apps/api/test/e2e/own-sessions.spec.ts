import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { signIn } from '../support/sign-in.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

interface Session {
  id: string;
  current: boolean;
  browser: string | null;
  system: string | null;
}

let api: TestApp;
beforeAll(async () => (api = await startTestApp()));
beforeEach(() => api.reset());
afterAll(() => api.close());

describe.each([
  [
    'portal',
    'ana@padaria.example',
    'bruno@padaria.example',
    '/api/v1/portal',
    'session:ana',
    'session:carla',
    'user:ana',
  ],
  [
    'staff',
    'owner@aurora.example',
    'agent@aurora.example',
    '/api/v1/admin',
    'session:aurora:owner',
    'session:boreal:owner',
    'staff:aurora:owner',
  ],
] as const)('the own sessions of somebody of %s', (audience, email, colleague, door, own, foreign, person) => {
  let here: Visitor;
  let there: Visitor;
  beforeEach(async () => {
    here = await api.signIn(audience, email);
    there = await api.signIn(audience, email);
  });
  const SESSIONS = `${door}/profile/sessions`;
  const list = async (of = here) => (await of.get(SESSIONS).expect(200)).body.sessions as Session[];

  it('are told with device and address, this one first, and no more of them', async () => {
    const sessions = await list();
    expect(sessions.map(({ current }) => current)).toEqual([true, false, false]);
    expect((await list(there))[0]!.id).not.toBe(sessions[0]!.id);
    expect(sessions.find(({ id }) => id === idOf(own))).toEqual({
      id: idOf(own),
      current: false,
      browser: 'Chrome',
      system: 'Android',
      ip: '203.0.113.7',
      createdAt: expect.any(String),
      lastSeenAt: expect.any(String),
    });
    // A program that does not say what it is.
    await api.rows("update sessions set user_agent = '' where id = $1", idOf(own));
    expect((await list()).find(({ id }) => id === idOf(own))).toMatchObject({ browser: null, system: null });
  });

  it.each([
    ['they have ended', "expires_at = now() - interval '1 second'"],
    ['a step is missing', "pending = '{second_factor}'"],
  ])('are not told where %s', async (_what, change) => {
    await api.rows(`update sessions set ${change} where id = $1`, idOf(own));
    expect((await list()).map(({ id }) => id)).not.toContain(idOf(own));
    await refusal(here.delete(`${SESSIONS}/${idOf(own)}`), 404, 'not_found');
  });

  it('are ended one by one, and whoever was in one is out', async () => {
    const mine = (await list(there))[0]!.id;
    await here.delete(`${SESSIONS}/${mine.toUpperCase()}`).expect(200);
    await refusal(there.get(SESSIONS), 401, 'unauthenticated');
    expect(await list()).toHaveLength(2);
    expect(
      await api.rows('select actor_id, changes from audit_log where action = $1', `${audience}.session.end`),
    ).toEqual([{ actor_id: idOf(person), changes: { after: { sessionId: mine } } }]);
  });

  it('are ended all but this one', async () => {
    await here.delete(SESSIONS).expect(200);
    await refusal(there.get(SESSIONS), 401, 'unauthenticated');
    expect((await list()).map(({ current }) => current)).toEqual([true]);
    await here.delete(SESSIONS).expect(200);
    expect(await api.rows('select 1 from audit_log where action = $1', `${audience}.session.end`)).toHaveLength(2);
  });

  it('are ended all together or not at all', async () => {
    await api.rows(`create function refuse() returns trigger language plpgsql as $$ begin
      if (select count(*) from audit_log where action = '${audience}.session.end') > 1 then raise 'full'; end if;
      return null; end $$`);
    await api.rows('create trigger refuse after insert on audit_log for each row execute function refuse()');
    try {
      expect((await here.delete(SESSIONS)).status).toBe(500);
      expect(await list(there)).toHaveLength(3);
      await here.post(`${door}/auth/logout`).expect(audience === 'portal' ? 200 : 204);
    } finally {
      await api.rows('drop function refuse cascade');
    }
  });

  it('are a hundred at most, each with the beginning of what its browser calls itself', async () => {
    await api.rows(
      `insert into sessions select (jsonb_populate_record(s, jsonb_build_object('id', '00000000' || substr(gen_random_uuid()::text, 9),
        'token_hash', '\\x' || encode(sha256(n::text::bytea), 'hex')))).* from sessions s, generate_series(1, 200) n
       where s.id = $1`,
      idOf(own),
    );
    const newest = await signIn(api.visitor('', { 'user-agent': 'Firefox/'.padEnd(9_000, '1') }), audience, email);
    const sessions = await list(newest);
    expect(sessions).toHaveLength(100);
    expect(sessions[0]).toMatchObject({ current: true, browser: 'Firefox' });
    expect(sessions.map(({ id }) => id)).toContain((await list(here))[0]!.id);
    expect(await api.rows('select length(user_agent) from sessions where id = $1', sessions[0]!.id)).toEqual([
      { length: 256 },
    ]);
    await newest.delete(SESSIONS).expect(200);
    expect(await list(newest)).toHaveLength(1);
  });

  it("are nobody else's, nor a colleague's", async () => {
    const [{ id } = { id: '' }] = await list(await api.signIn(audience, colleague));
    expect(await list()).toHaveLength(3);
    for (const other of [idOf(foreign), id]) await refusal(here.delete(`${SESSIONS}/${other}`), 404, 'not_found');
    await here.delete(SESSIONS).expect(200);
    expect(await api.rows('select 1 from sessions where id = $1', idOf(foreign))).toHaveLength(1);
  });
});
