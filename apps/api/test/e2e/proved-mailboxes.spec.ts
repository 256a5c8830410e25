import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { idOf } from '../support/ids.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { PASSWORD } from '../support/world.js';

const FRESH = 'quatro palavras sem nexo';
const AUTH = '/api/v1/portal/auth';

let api: TestApp;
beforeAll(async () => (api = await startTestApp()));
beforeEach(() => api.reset());
afterAll(() => api.close());

const customer = () => api.visitor('/o/aurora');
const owner = () => api.signIn('staff', 'owner@aurora.example');
const asStaff = async (key: string, patch: object) =>
  (await owner()).patch(`/api/v1/admin/portal-users/${idOf(`user:${key}`)}`, patch).expect(200);
const resetOf = async (key: string, email: string) => {
  await customer().post(`${AUTH}/forgot-password`, { email }).expect(200);
  const token = await api.linkFor(idOf(`user:${key}`), 'password_reset');
  await customer().post(`${AUTH}/reset-password`, { token, password: FRESH }).expect(200);
};

/** Whether whoever knows the password of an account reads the mail of its address, after what was done. */
const CASES: [what: string, act: () => Promise<unknown>, email: string, proved: boolean][] = [
  [
    'an account that staff make, with a password that they set',
    async () =>
      (await owner())
        .post('/api/v1/admin/portal-users', {
          billingAccountId: idOf('account:oficina'),
          email: 'ana@padaria.example',
          name: 'Ana',
          password: PASSWORD,
        })
        .expect(201),
    'ana@padaria.example',
    false,
  ],
  [
    'an invitation that is accepted',
    async () => {
      const token = await api.linkFor(idOf('user:invited'), 'invitation');
      await customer().post(`${AUTH}/accept-invitation`, { token, password: FRESH }).expect(200);
    },
    'invited@padaria.example',
    true,
  ],
  ['an invitation that waits', () => Promise.resolve(), 'invited@padaria.example', false],
  [
    'an address that is confirmed, with a password of before',
    async () => {
      await customer().post(`${AUTH}/resend-verification`, { email: 'pending@padaria.example' }).expect(200);
      const token = await api.linkFor(idOf('user:pending'), 'email_verification');
      await customer().post(`${AUTH}/verify-email`, { token }).expect(200);
    },
    'pending@padaria.example',
    false,
  ],
  [
    'an address that staff change',
    () => asStaff('ana', { email: 'nova@padaria.example' }),
    'nova@padaria.example',
    false,
  ],
  [
    'an address of somebody suspended that staff change',
    () => asStaff('suspended', { email: 'nova@padaria.example' }),
    'nova@padaria.example',
    false,
  ],
  ['a name that staff change', () => asStaff('ana', { name: 'Ana Nova' }), 'ana@padaria.example', true],
  [
    'a password set by link, of an account that nobody had proved',
    async () => {
      await api.rows('update portal_users set email_proved_at = null');
      await resetOf('ana', 'ana@padaria.example');
    },
    'ana@padaria.example',
    true,
  ],
  [
    'a password that its owner changes, of an account that nobody had proved',
    async () => {
      await api.rows('update portal_users set email_proved_at = null');
      const ana = await api.signIn('portal', 'ana@padaria.example');
      await ana.post('/api/v1/portal/profile/password', { currentPassword: PASSWORD, newPassword: FRESH }).expect(200);
    },
    'ana@padaria.example',
    false,
  ],
];

it.each(CASES)('S0.22 %s', async (_what, act, email, proved) => {
  await act();
  // The account that was made last where several have the address.
  const [row] = await api.rows(
    'select email_proved_at is not null as proved from portal_users where email = $1 order by created_at desc',
    email,
  );
  expect(row).toEqual({ proved });
});

it('an address is known to be read once its confirmation was followed, and no longer when it is another', async () => {
  const read = () => api.rows('select email from proved_addresses where email = $1', 'pending@padaria.example');
  const confirm = CASES.find(([what]) => what.startsWith('an address that is confirmed'))![1];
  expect(await read()).toHaveLength(0);
  await confirm();
  expect(await read()).toHaveLength(1);
  await asStaff('pending', { email: 'nova@padaria.example' });
  await asStaff('pending', { email: 'pending@padaria.example' });
  expect(await read()).toHaveLength(0);
});

it('S0.22 staff prove theirs by the link of their invitation', async () => {
  const id = idOf('staff:aurora:invited');
  const proved = async () =>
    (await api.rows('select email_proved_at is not null as proved from staff_users where id = $1', id))[0];
  expect(await proved()).toEqual({ proved: false });
  const token = await api.linkFor(id, 'invitation');
  await api.visitor().post('/api/v1/admin/auth/accept-invitation', { token, password: FRESH }).expect(200);
  expect(await proved()).toEqual({ proved: true });
});
