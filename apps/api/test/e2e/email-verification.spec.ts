import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const PENDING = 'pending@padaria.example';
const VERIFY = '/api/v1/portal/auth/verify-email';
const RESEND = '/api/v1/portal/auth/resend-verification';

let api: TestApp;
beforeAll(async () => (api = await startTestApp()));
beforeEach(() => api.reset());
afterAll(() => api.close());

const verify = (token: string, base = '/o/aurora') => api.visitor(base).post(VERIFY, { token });

async function link(): Promise<string> {
  await api.visitor('/o/aurora').post(RESEND, { email: PENDING }).expect(200);
  return api.linkFor(idOf('user:pending'), 'email_verification');
}

it('S0.16 S0.38 the link makes the user active', async () => {
  await verify(await link()).expect(200);
  await api.signIn('portal', PENDING);
});

it('S0.23 the link lives for 24 hours', async () => {
  const token = await link();
  const [row] = await api.rows<{ hours: number }>(
    'select (extract(epoch from expires_at - created_at) / 3600)::integer as hours from one_time_tokens where subject_id = $1',
    idOf('user:pending'),
  );
  expect(row!.hours).toBe(24);
  await api.rows("update one_time_tokens set expires_at = now() - interval '1 second'");
  await refusal(verify(token), 400, 'token_invalid');
});

it('S0.21 the link of before stays good when a stranger asks for another, however often', async () => {
  const first = await link();
  for (let more = 0; more < 6; more += 1) await api.visitor('/o/aurora').post(RESEND, { email: PENDING });
  expect(await api.linkFor(idOf('user:pending'), 'email_verification')).toBe(first);
  await verify(first).expect(200);
});

it('S0.21 the link works, and the newest one only', async () => {
  const older = await link();
  await api.rows("update one_time_tokens set expires_at = now() - interval '1 second'");
  const newer = await link();
  await refusal(verify(older), 400, 'token_invalid');
  await verify(newer).expect(200);
  await refusal(verify(older), 400, 'token_invalid');
});

it('S0.21 the link opened again by a scanner, a double click or a reload answers that it is done, and changes nothing', async () => {
  const token = await link();
  await verify(token).expect(200);
  const done = await verify(token).expect(200);
  expect((await verify(token).expect(200)).body).toEqual(done.body);
  expect(await api.rows("select 1 from audit_log where action = 'portal.email.verified'")).toHaveLength(1);
  await api.rows("update portal_users set status = 'suspended' where id = $1", idOf('user:pending'));
  await refusal(verify(token), 400, 'token_invalid');
});

it("S0.21 the link is worth nothing at another organization's address, or for another purpose", async () => {
  const token = await link();
  await refusal(verify(token, '/o/boreal'), 400, 'token_invalid');
  const asReset = { token, password: 'quatro palavras sem nexo' };
  await refusal(api.visitor().post('/api/v1/portal/auth/reset-password', asReset), 400, 'token_invalid');
  await refusal(api.visitor().post('/api/v1/portal/auth/accept-invitation', asReset), 400, 'token_invalid');
  await refusal(verify(await api.linkFor(idOf('user:invited'), 'invitation')), 400, 'token_invalid');
});

it('S0.37 a new link is mailed to who waits for it, and the answer is the same for everybody', async () => {
  const ask = (email: string) => api.visitor('/o/aurora').post(RESEND, { email }).expect(200);
  const answers = [await ask(PENDING), await ask('ana@padaria.example'), await ask('nobody@padaria.example')];
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(await api.rows('select recipient_email, template from mails')).toEqual([
    { recipient_email: PENDING, template: 'email-verification' },
  ]);
});

it('S0.37 who forgot the password of an access that waits for confirmation is mailed that link, and it shows to nobody', async () => {
  const office = api.visitor('/o/aurora');
  const ask = (email: string) => office.post('/api/v1/portal/auth/forgot-password', { email }).expect(200);
  const answers = [await ask(PENDING), await ask('ana@padaria.example'), await ask('nobody@padaria.example')];
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(await api.rows('select recipient_email, template from mails order by id')).toEqual([
    { recipient_email: PENDING, template: 'email-verification' },
    { recipient_email: 'ana@padaria.example', template: 'password-reset' },
  ]);
  await verify(await api.linkFor(idOf('user:pending'), 'email_verification')).expect(200);
  // Links to confirm that were asked for before refuse nobody a new password.
  const other = api.visitor('/o/aurora');
  for (let time = 0; time < 5; time += 1) await other.post(RESEND, { email: 'nobody@padaria.example' }).expect(200);
  await refusal(other.post(RESEND, { email: 'nobody@padaria.example' }), 429, 'rate_limited');
  for (const email of [PENDING, 'nobody@padaria.example'])
    await other.post('/api/v1/portal/auth/forgot-password', { email }).expect(200);
});

it('S0.18 the link does not bring back who was suspended meanwhile', async () => {
  const token = await link();
  await api.rows("update portal_users set status = 'suspended' where id = $1", idOf('user:pending'));
  await refusal(verify(token), 400, 'token_invalid');
  expect(await api.rows('select status from portal_users where id = $1', idOf('user:pending'))).toEqual([
    { status: 'suspended' },
  ]);
});
