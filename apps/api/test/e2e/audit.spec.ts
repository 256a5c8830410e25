import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { idOf } from '../support/ids.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { PASSWORD } from '../support/world.js';
import type { Visitor } from '../support/visitor.js';

const FRESH = 'quatro palavras sem nexo';

interface AuditRow {
  action: string;
  actor_type: string;
  actor_id: string | null;
  target_type: string;
  target_id: string | null;
  ip: string | null;
  user_agent: string | null;
  request_id: string | null;
  billing_account_id: string | null;
  changes: { before?: Record<string, unknown>; after?: Record<string, unknown> } | null;
}

let api: TestApp;
let ana: Visitor;
let owner: Visitor;
beforeAll(async () => (api = await startTestApp()));
beforeEach(async () => {
  await api.reset();
  ana = (await api.signIn('portal', 'ana@padaria.example')).with({ headers: { 'user-agent': 'Firefox' } });
  owner = await api.signIn('staff', 'owner@aurora.example');
});
afterAll(() => api.close());

const rowsOf = (action: string) => api.rows<AuditRow>('select * from audit_log where action = $1', action);

it.each([
  ['S3.92', 'portal.ticket.create', () => ana.post('/api/v1/portal/tickets', { subject: 'a', description: 'b' })],
  [
    'S3.93',
    'portal.ticket.comment.create',
    () => ana.post(`/api/v1/portal/tickets/${idOf('ticket:ana')}/comments`, { body: 'Olá' }),
  ],
  ['S3.96', 'portal.profile.update', () => ana.patch('/api/v1/portal/profile', { name: 'Ana R.' })],
  [
    'S3.97',
    'portal.profile.password.change',
    () => ana.post('/api/v1/portal/profile/password', { currentPassword: PASSWORD, newPassword: FRESH }),
  ],
  ['S3.91', 'portal.ticket.close', () => ana.post(`/api/v1/portal/tickets/${idOf('ticket:ana')}/close`)],
  ['S3.91', 'portal.logout', () => ana.post('/api/v1/portal/auth/logout')],
])(
  'S3.91 S3.92 S3.93 S3.96 S3.97 %s %s is recorded with who, from where and with what',
  async (_number, action, act) => {
    const response = await act();
    expect(response.status).toBeLessThan(300);
    const [row, ...others] = await rowsOf(action);
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      actor_type: 'user',
      actor_id: idOf('user:ana'),
      billing_account_id: idOf('account:padaria'),
      user_agent: 'Firefox',
      ip: ana.headers['x-forwarded-for'],
      request_id: expect.any(String),
    });
  },
);

it.each([
  ['account', 'Nome\nNova Padaria'],
  ['invoice', 'número;cliente;emissão;vencimento;descrição;valor\n1;padaria;01/10/2025;11/10/2025;Fibra;1,00'],
])('S3.91 who checks, starts and stops a file of %ss is recorded, with which file', async (kind, text) => {
  const path = `/api/v1/admin/${kind}-imports`;
  const sent = owner.request('post', `${path}?fileName=antes.csv`).attach('file', Buffer.from(text), 'antes.csv');
  const { id } = (await sent.expect(201)).body.import;
  await owner.post(`${path}/${id}/start`, {}).expect(200);
  await owner.post(`${path}/${id}/stop`, {}).expect(200);
  for (const deed of ['create', 'start', 'stop']) {
    const rows = await rowsOf(`staff.${kind}_import.${deed}`);
    expect(rows).toMatchObject([
      { actor_type: 'staff', actor_id: idOf('staff:aurora:owner'), target_id: id, request_id: expect.any(String) },
    ]);
  }
  const [created] = await rowsOf(`staff.${kind}_import.create`);
  expect(JSON.stringify(created!.changes)).toContain('antes.csv');
});

it('S3.91 before and after are recorded', async () => {
  await ana.patch('/api/v1/portal/profile', { name: 'Ana R.' }).expect(200);
  const [row] = await rowsOf('portal.profile.update');
  expect(row!.changes).toEqual({ before: { name: 'Person ana' }, after: { name: 'Ana R.' } });
});

it('S3.91 what was refused is not recorded as done', async () => {
  const before = await api.rows('select 1 from audit_log');
  await ana.patch('/api/v1/portal/profile', { name: '' });
  await ana.post('/api/v1/portal/profile/password', { currentPassword: 'wrong password', newPassword: FRESH });
  await ana.post(`/api/v1/portal/tickets/${idOf('ticket:davi')}/comments`, { body: 'Olá' });
  const rows = await api.rows<{ action: string }>('select action from audit_log order by id');
  // A wrong password is itself something that happened.
  expect(rows.slice(before.length).map(({ action }) => action)).toEqual(['portal.profile.password.refused']);
});

it('S3.91 no secret is recorded', async () => {
  const person = { email: 'x@padaria.example', name: 'X', billingAccountId: idOf('account:padaria'), password: FRESH };
  await owner.post('/api/v1/admin/portal-users', person).expect(201);
  await ana.post('/api/v1/portal/profile/password', { currentPassword: PASSWORD, newPassword: FRESH }).expect(200);
  const everything = JSON.stringify(await api.rows('select a::text from audit_log a'));
  for (const secret of [FRESH, PASSWORD, '$2b$']) expect(everything).not.toContain(secret);
});

it.each([
  ['staff.invitation.cancel', () => owner.post(`/api/v1/admin/invitations/${idOf('invitation:invited')}/cancel`)],
  ['staff.invitation.resend', () => owner.post(`/api/v1/admin/invitations/${idOf('invitation:invited')}/resend`)],
  ['staff.portal_user.update', () => owner.patch(`/api/v1/admin/portal-users/${idOf('user:ana')}`, { name: 'B' })],
  [
    'staff.portal_user.create',
    () =>
      owner.post('/api/v1/admin/portal-users', {
        billingAccountId: idOf('account:padaria'),
        email: 'nova@padaria.example',
        name: 'Nova',
        password: FRESH,
      }),
  ],
  ['staff.user.unlock', () => owner.post(`/api/v1/admin/staff/${idOf('staff:aurora:agent')}/unlock`)],
  ['staff.portal_user.unlock', () => owner.post(`/api/v1/admin/portal-users/${idOf('user:locked')}/unlock`)],
  [
    'staff.billing_account.update',
    () => owner.patch(`/api/v1/admin/billing-accounts/${idOf('account:padaria')}`, { name: 'P' }),
  ],
  ['staff.billing_account.create', () => owner.post('/api/v1/admin/billing-accounts', { name: 'Nova' })],
  ['staff.role.create', () => owner.post('/api/v1/admin/roles', { name: 'Nova', permissions: [] })],
  ['staff.role.update', () => owner.patch(`/api/v1/admin/roles/${idOf('role:aurora:none')}`, { name: 'Nova' })],
  [
    'staff.portal.update',
    () => owner.patch(`/api/v1/admin/portals/${idOf('portal:aurora')}`, { version: 1, name: 'P' }),
  ],
  [
    'staff.portal.restore',
    async () => {
      const portal = `/api/v1/admin/portals/${idOf('portal:aurora')}`;
      await owner.patch(portal, { version: 1, name: 'P' });
      return owner.post(`${portal}/restore`, { version: 2, to: 1 });
    },
  ],
  ['staff.ticket.update', () => owner.patch(`/api/v1/admin/tickets/${idOf('ticket:ana')}`, { priority: 'high' })],
  [
    'staff.ticket.comment.create',
    () => owner.post(`/api/v1/admin/tickets/${idOf('ticket:ana')}/comments`, { body: 'x', isPublic: false }),
  ],
  ['staff.kb.article.delete', () => owner.delete(`/api/v1/admin/kb/articles/${idOf('article:aurora:draft')}`)],
  ['staff.logout', () => owner.post('/api/v1/admin/auth/logout')],
])('S3.91 %s is recorded with the staff user who did it', async (action, act) => {
  expect((await act()).status).toBeLessThan(300);
  expect(await rowsOf(action)).toEqual([
    expect.objectContaining({ actor_type: 'staff', actor_id: idOf('staff:aurora:owner') }),
  ]);
});

it("S3.91 sign-ins of every audience are recorded, and operators' sign-outs", async () => {
  const operator = await api.signIn('operator', 'operator@balcao.example');
  await operator.post('/ops/auth/logout').expect(204);
  const actions = (await api.rows<{ action: string }>('select distinct action from audit_log')).map(
    ({ action }) => action,
  );
  expect(actions.sort()).toEqual(['operator.login', 'operator.logout', 'portal.login', 'staff.login']);
});
