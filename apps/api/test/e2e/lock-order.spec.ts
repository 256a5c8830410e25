import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { eventually } from '@balcao/platform-testing';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { begin, openSignups } from '../support/signups.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const TEAM = '/api/v1/portal/team';
const RESET = '/api/v1/portal/auth/reset-password';
const [ANA, MULTI, BRUNO, INVITED] = ['ana', 'multi', 'bruno', 'invited'].map((key) => idOf(`user:${key}`)) as [
  string,
  string,
  string,
  string,
];
const FULL = idOf('role:aurora:full');
const LIMITED = idOf('role:aurora:limited');
const FRESH = 'quatro palavras sem nexo';
const PERSON = 'select from portal_users where id = $1 for no key update';

let api: TestApp;
/** Transactions of others, begun already. */
let one: pg.Client;
let another: pg.Client;

beforeAll(async () => {
  api = await startTestApp();
  const { host, port, user, password, database } = api.owner;
  [one, another] = [0, 0].map(() => new pg.Client({ host, port, user, password, database })) as [pg.Client, pg.Client];
  for (const other of [one, another]) {
    await other.connect();
    // Who waits last finds out that they wait for each other, and that is never one of these.
    await other.query("set deadlock_timeout = '10min'");
  }
});
beforeEach(async () => {
  await api.reset();
  for (const other of [one, another]) await other.query('begin');
});
afterEach(async () => {
  for (const other of [one, another]) await other.query('rollback');
});
afterAll(async () => {
  for (const other of [one, another]) await other.end();
  await api.close();
});

const ana = () => api.signIn('portal', 'ana@padaria.example');
const multi = () => api.signIn('portal', 'multi@example.com', { organizationSlug: 'aurora' });
const owner = () => api.signIn('staff', 'owner@aurora.example');

async function waiting(count: number): Promise<void> {
  await eventually(`${count} of them wait for a row`, async () => {
    const rows = await api.rows(
      "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    return rows.length >= count;
  });
}

/** Sends both while a row is held that each comes to, the first one first, and lets go of it. @returns their statuses */
async function crossing(
  [statement, ...values]: [string, ...string[]],
  ...requests: ReturnType<Visitor['post']>[]
): Promise<number[]> {
  await one.query(statement, values);
  const answers: Promise<number>[] = [];
  for (const request of requests) {
    answers.push(request.then(({ status }) => status));
    await waiting(answers.length);
  }
  await one.query('rollback');
  return Promise.all(answers);
}

describe('two at once whose rows are the same', () => {
  it('B.1 S2.31 a colleague is invited and gets another status', async () => {
    const visitors = { [ANA]: await ana(), [MULTI]: await multi() };
    // The one who acts is the younger.
    const [colleague, actor] = [ANA, MULTI].sort() as [string, string];
    await api.rows('update portal_users set role_id = $1 where id = $2', LIMITED, colleague);
    const email = colleague === ANA ? 'ana@padaria.example' : 'multi@example.com';
    const manager = visitors[actor]!;
    const invited = manager.post('/api/v1/portal/invitations', { email, name: 'Colega', roleId: LIMITED });
    const changed = manager.patch(`${TEAM}/${colleague}`, { status: 'suspended' });
    expect(await crossing([PERSON, colleague], invited, changed)).toEqual([409, 200]);
  });

  it.each(['cancel', 'resend'])('S0.29 S0.30 an invitation is accepted and subject to %s', async (deed) => {
    const staff = await owner();
    const accepted = api.visitor('/o/aurora').post('/api/v1/portal/auth/accept-invitation', {
      token: await api.linkFor(INVITED, 'invitation'),
      password: FRESH,
    });
    const ended = staff.post(`/api/v1/admin/invitations/${idOf('invitation:invited')}/${deed}`);
    expect(await crossing([PERSON, INVITED], accepted, ended)).toEqual([200, 409]);
  });

  // The mail that tells of the lock has the link that was asked for: it stays good.
  it('S0.21 S0.14 a wrong password locks who is setting another by a link', async () => {
    const login = () =>
      api.visitor('/o/aurora').post('/api/v1/portal/auth/login', { email: 'ana@padaria.example', password: 'errada' });
    await api.visitor('/o/aurora').post('/api/v1/portal/auth/forgot-password', { email: 'ana@padaria.example' });
    const token = await api.linkFor(ANA, 'password_reset');
    for (let attempt = 1; attempt < 10; attempt += 1) await refusal(login(), 401, 'invalid_credentials');
    const reset = api.visitor('/o/aurora').post(RESET, { token, password: FRESH });
    expect(await crossing([PERSON, ANA], login(), reset)).toEqual([401, 200]);
  });

  it('S0.40 two signups of one company are confirmed', async () => {
    await openSignups(api, { acceptsCpf: true });
    const people: string[] = [];
    const confirmed: ReturnType<Visitor['post']>[] = [];
    for (const name of ['um', 'dois']) {
      const visitor = api.visitor('/o/aurora');
      const { id, token } = await begin(visitor, '39053344705');
      const own = visitor.with({ headers: { 'x-balcao-signup': token } });
      const administrator = { name: 'Carolina Sampaio', email: `${name}@alvorada.example`, password: FRESH };
      await own.post(`/api/v1/portal/signups/${id}/submit`, { administrator }).expect(200);
      const [made] = await api.rows<{ person: string }>('select user_id as person from signups where id = $1', id);
      people.push(made!.person);
      const link = await api.linkFor(made!.person, 'email_verification');
      confirmed.push(own.post('/api/v1/portal/signups/confirm', { token: link }));
    }
    // Nobody has to answer for the register here.
    await api.rows("update signups set kind = 'cnpj', tax_id = '90001000000107' where tax_id = '39053344705'");
    expect(await crossing([PERSON, people[0]!], ...confirmed)).toEqual([200, 409]);
    const left =
      "select count(*)::integer as n from billing_accounts where tax_id = '90001000000107' or source = 'signup'";
    expect(await api.rows(left)).toEqual([{ n: 1 }]);
  });

  it('S3.18 two roles may give each other', async () => {
    const staff = await owner();
    const grants = (role: string, given: string) =>
      staff.patch(`/api/v1/admin/roles/${role}`, { grantableRoleIds: [given] });
    const held = 'select from role_grants where role_id = $1 for update';
    expect(await crossing([held, FULL], grants(FULL, LIMITED), grants(LIMITED, FULL))).toEqual([200, 200]);
  });

  it('B.12 a portal gets another name while one of its sections is put back, and keeps it', async () => {
    const portal = idOf('portal:aurora');
    const path = `/api/v1/admin/portals/${portal}`;
    const staff = await owner();
    await staff.patch(path, { version: 1, settings: { tickets: { autoCloseDays: 3 } } }).expect(200);
    const named = staff.patch(path, { version: 2, name: 'Aurora Fibra' });
    const restored = staff.post(`${path}/restore`, { version: 2, to: 1, sections: ['tickets'] });
    const held = 'select from portals where id = $1 for no key update';
    expect(await crossing([held, portal], named, restored)).toEqual([200, 200]);
    expect((await staff.get(path)).body.portal).toMatchObject({
      version: 4,
      name: 'Aurora Fibra',
      settings: { tickets: { autoCloseDays: 7 } },
    });
  });

  it('an organization is restored while one of its jobs is being done', async () => {
    const operator = await api.signIn('operator', 'operator@balcao.example');
    const [organization, job] = [idOf('organization:aurora'), idOf('job')];
    await api.rows(
      `insert into outbox (organization_id, id, job, version, payload, status, due_at)
       values ($1, $2, 'mail.send', 1, '{}', 'dispatched', now() + interval '1 hour')`,
      organization,
      job,
    );
    await one.query("update outbox set status = 'done' where id = $1", [job]);
    const restored = operator
      .patch(`/ops/organizations/${organization}`, { status: 'active' })
      .then(({ status }) => status);
    await waiting(1);
    // As whatever is recorded for the organization refers to it.
    await one.query('select from organizations where id = $1 for key share', [organization]);
    await one.query('commit');
    expect(await restored).toBe(200);
  });
});

it('S3.101 who comes out of a deadlock as its victim is asked to come again', async () => {
  const people = await api.rows<{ id: string }>(
    'select id from portal_users where billing_account_id = $1 and role_id = $2 order by id',
    idOf('account:padaria'),
    FULL,
  );
  const [first, second, third] = people.map(({ id }) => id);
  const manager = await ana();
  await one.query(PERSON, [second]);
  await another.query(PERSON, [third]);
  const changed = refusal(manager.patch(`${TEAM}/${BRUNO}`, { status: 'suspended' }), 503, 'service_unavailable');
  await waiting(1);
  const held = another.query(PERSON, [first]);
  await waiting(2);
  await one.query('rollback');
  expect((await changed).headers['retry-after']).toBe('2');
  await held;
  await another.query('rollback');
  await manager.patch(`${TEAM}/${BRUNO}`, { status: 'suspended' }).expect(200);
});
