import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { changedTables, tableContents } from '../support/table-contents.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const BATCH = '/api/v1/admin/invitations/batch';
const PADARIA = { billingAccountId: idOf('account:padaria') };
const person = (name: string, more = {}) => ({ email: `${name}@padaria.example`, name, ...more });
const three = [person('um'), person('dois', { roleId: idOf('role:aurora:full') }), person('três')].map((one) => ({
  ...one,
  email: one.email.replace('ê', 'e'),
}));

let api: TestApp;
let owner: Visitor;
beforeAll(async () => (api = await startTestApp()));
beforeEach(async () => {
  await api.reset();
  owner = await api.signIn('staff', 'owner@aurora.example');
});
afterAll(() => api.close());

const send = (invitations: object[], more = {}) => owner.post(BATCH, { ...PADARIA, invitations, ...more });
const check = (invitations: object[], more = {}) => owner.post(`${BATCH}/check`, { ...PADARIA, invitations, ...more });

it('S0.25 invites several people, each with a mail and an audit row of their own', async () => {
  const { body } = await send(three).expect(201);
  expect(body.invitations.map(({ name, role }: { name: string; role: { name: string } }) => [name, role.name])).toEqual(
    [
      ['um', 'limited of aurora'],
      ['dois', 'full of aurora'],
      ['três', 'limited of aurora'],
    ],
  );
  expect(await api.rows("select recipient_email from mails where template = 'invitation' order by id")).toHaveLength(3);
  expect(await api.rows("select job from outbox where job = 'mail.send'")).toHaveLength(3);
  expect(await api.rows("select 1 from audit_log where action = 'staff.invitation.create'")).toHaveLength(3);
  const [user] = await api.rows<{ id: string }>("select id from portal_users where email = 'dois@padaria.example'");
  const accept = { token: await api.linkFor(user!.id, 'invitation'), password: 'quatro palavras sem nexo' };
  await api.visitor('/o/aurora').post('/api/v1/portal/auth/accept-invitation', accept).expect(200);
});

it('S0.25 S0.54 invites nobody where anybody cannot be, and names each problem at its place', async () => {
  await api.rows(
    `update portals set settings = '{"invitations": {"allowedDomains": ["padaria.example"]}}' where slug = 'aurora'`,
  );
  const before = await tableContents(api.owner);
  const people = [
    person('um'),
    { email: 'ana@padaria.example', name: 'Ana' },
    { email: 'dois@elsewhere.example', name: 'Dois' },
    person('tres', { roleId: idOf('role:boreal:full') }),
    person('um'),
    { email: 'invited@padaria.example', name: 'Ivo' },
  ];
  const { body } = await refusal(send(people), 400, 'validation_failed');
  expect(body.errors.map(({ path, code }: { path: string; code: string }) => [path, code])).toEqual([
    ['invitations.1.email', 'email_taken'],
    ['invitations.2.email', 'domain'],
    ['invitations.3.roleId', 'notGrantable'],
    ['invitations.4.email', 'repeated'],
    ['invitations.5.email', 'invitation_waiting'],
  ]);
  expect(changedTables(before, await tableContents(api.owner))).toEqual([]);
});

it.each<[string, object[], object]>([
  ['nothing', three, {}],
  ['who has access', [person('um'), { email: 'ana@padaria.example', name: 'Ana' }], {}],
  ['who is invited, and one twice', [{ email: 'invited@padaria.example', name: 'Ivo' }, person('a'), person('a')], {}],
  ['a name that holds a link', [person('um'), { email: 'dois@padaria.example', name: 'premio.com' }], {}],
  ['a role of others', [person('um', { roleId: idOf('role:boreal:full') })], {}],
  ['an account of others', three, { billingAccountId: idOf('account:mercado') }],
  ['a portal of others', three, { portalId: idOf('portal:boreal') }],
])('S0.25 a check refuses %s as the batch does, and changes nothing', async (_what, people, target) => {
  const before = await tableContents(api.owner);
  const checked = await check(people, target);
  expect(changedTables(before, await tableContents(api.owner))).toEqual([]);
  const sent = await send(people, target);
  expect([checked.status, checked.body.errors]).toEqual([sent.status === 201 ? 204 : sent.status, sent.body.errors]);
});

it('S0.29 takes in who was invited before and cancelled', async () => {
  await owner.post(`/api/v1/admin/invitations/${idOf('invitation:invited')}/cancel`).expect(200);
  const { body } = await send([person('um'), { email: 'invited@padaria.example', name: 'Ivo' }]).expect(201);
  expect(body.invitations[1]).toMatchObject({ name: 'Ivo', status: 'pending' });
  expect(await api.rows("select name from portal_users where email = 'invited@padaria.example'")).toEqual([
    { name: 'Ivo' },
  ]);
});

it('S0.25 sent twice with one key happens once', async () => {
  const key = randomUUID();
  const [first, second] = [
    await send(three).set('Idempotency-Key', key).expect(201),
    await send(three).set('Idempotency-Key', key).expect(201),
  ];
  expect(second.body).toEqual(first.body);
  expect(await api.rows("select 1 from mails where template = 'invitation'")).toHaveLength(3);
});

it('S0.25 two that name the same person at once: one happens, the other leaves nothing behind', async () => {
  const answers = await Promise.all([send([person('a'), person('both')]), send([person('both'), person('b')])]);
  const [first, second] = answers.map(({ status }) => status).sort();
  expect(first).toBe(201);
  // Refused by the check, or where both passed it by the database.
  expect([400, 409]).toContain(second);
  expect(await api.rows("select 1 from mails where template = 'invitation'")).toHaveLength(2);
});

it('S0.53 is refused while the portal has invitations switched off', async () => {
  await api.rows(`update portals set settings = '{"features": {"invitations": false}}' where slug = 'aurora'`);
  await refusal(send(three), 403, 'PORTAL_INVITATIONS_DISABLED');
});

it('B.1 is bounded: 200 are invited, 201 are refused', async () => {
  const many = Array.from({ length: 201 }, (_, n) => person(`n${n}`));
  expect((await refusal(send(many), 400, 'validation_failed')).body.errors[0].path).toBe('invitations');
  await refusal(send([]), 400, 'validation_failed');
  const { body } = await send(many.slice(1)).expect(201);
  expect(body.invitations.map(({ name }: { name: string }) => name)).toEqual(many.slice(1).map(({ name }) => name));
});

it('B.1 stays in the organization', async () => {
  await refusal(send(three, { billingAccountId: idOf('account:mercado') }), 400, 'validation_failed');
  await refusal(send(three, { portalId: idOf('portal:boreal') }), 400, 'validation_failed');
});
