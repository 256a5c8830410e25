import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { LOGIN_PATHS } from '../support/sign-in.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { cookiesOf } from '../support/visitor.js';
import { PASSWORD } from '../support/world.js';

const ANA = 'ana@padaria.example';
const FRESH = 'quatro palavras sem nexo';
const ME = '/api/v1/portal/auth/me';
const FORGOT = '/api/v1/portal/auth/forgot-password';
const RESET = '/api/v1/portal/auth/reset-password';
const CHANGE = '/api/v1/portal/profile/password';

let api: TestApp;
beforeAll(async () => (api = await startTestApp()));
beforeEach(() => api.reset());
afterAll(() => api.close());

const forgot = (email = ANA, base = '/o/aurora') => api.visitor(base).post(FORGOT, { email });
const reset = (token: string, base = '/o/aurora') => api.visitor(base).post(RESET, { token, password: FRESH });
const look = (token: string, base = '/o/aurora') => api.visitor(base).post('/api/v1/portal/auth/reset-link', { token });
const logIn = (password: string) => api.visitor('/o/aurora').post(LOGIN_PATHS.portal, { email: ANA, password });

const sessionsOfAna = () => api.rows('select 1 from sessions where subject_id = $1', idOf('user:ana'));

async function resetLink(): Promise<string> {
  await forgot().expect(200);
  return api.linkFor(idOf('user:ana'), 'password_reset');
}

describe('a forgotten password', () => {
  it('S3.70 says the same whether or not the address has an account', async () => {
    const known = await forgot().expect(200);
    const unknown = await forgot('nobody@padaria.example').expect(200);
    expect(known.body).toEqual(unknown.body);
    expect(await api.rows('select recipient_email, template from mails')).toEqual([
      { recipient_email: ANA, template: 'password-reset' },
    ]);
  });

  it.each(['suspended', 'invited', 'sso'])('S3.70 mails nothing to a user who is %s', async (who) => {
    await forgot(`${who}@padaria.example`).expect(200);
    expect(await api.rows('select 1 from mails')).toEqual([]);
  });

  it('S3.70 mails each account of the e-mail where the address names no organization', async () => {
    await forgot('multi@example.com', '').expect(200);
    expect(await api.rows('select 1 from mails')).toHaveLength(2);
  });

  it.each([
    { orgId: idOf('organization:aurora') },
    { organizationId: idOf('organization:aurora') },
    { tenantSlug: 'aurora' },
    { organizationSlug: 'aurora' },
  ])('takes the names of the organization that a sign-in takes: %j', async (named) => {
    await api
      .visitor()
      .post(FORGOT, { email: 'multi@example.com', ...named })
      .expect(200);
    expect(await api.rows('select 1 from mails')).toHaveLength(1);
  });

  it('S0.21 no table holds a usable link', async () => {
    const token = await resetLink();
    const signature = token.split('.')[1]!;
    for (const table of ['one_time_tokens', 'mails', 'outbox', 'audit_log']) {
      expect(JSON.stringify(await api.rows(`select t::text from ${table} t`))).not.toContain(signature);
    }
  });
});

describe('an address with several accounts', () => {
  const TWICE = { padaria: 'user:twice', oficina: 'user:twice-oficina' };
  const linkOf = (key: string) => api.linkFor(idOf(key), 'password_reset');

  it('is told of each link which account it is for, and nobody else is told anything', async () => {
    await forgot('twice@example.com').expect(200);
    const [padaria, oficina] = [await linkOf(TWICE.padaria), await linkOf(TWICE.oficina)];
    const opened = { success: true, organizationName: 'Aurora Telecom', hasOthers: true };
    expect((await look(padaria).expect(200)).body).toEqual({ ...opened, billingAccountName: 'Padaria Estrela' });
    expect((await look(oficina).expect(200)).body).toEqual({ ...opened, billingAccountName: 'Oficina Central' });
    expect((await reset(oficina).expect(200)).body.message).toContain('Oficina Central');
    const forged = padaria.replace(/\.(.)/, (_both, first) => (first === 'A' ? '.B' : '.A'));
    for (const worthless of [oficina, forged, 'none'])
      expect((await look(worthless).expect(400)).text).not.toMatch(/Padaria|Oficina|Aurora/);
  });

  it.each([
    ['waits to be invited', "status = 'pending_invitation'"],
    ['is suspended', "status = 'suspended'"],
  ])('has no other one where that %s', async (_what, change) => {
    await forgot('twice@example.com').expect(200);
    await api.rows(`update portal_users set ${change} where id = $1`, idOf(TWICE.oficina));
    expect((await look(await linkOf(TWICE.padaria)).expect(200)).body.hasOthers).toBe(false);
  });

  it('counts nobody of another organization', async () => {
    await forgot('multi@example.com').expect(200);
    expect((await look(await linkOf('user:multi')).expect(200)).body.hasOthers).toBe(false);
  });

  it('has no other one among the team', async () => {
    await api.visitor().post('/api/v1/admin/auth/forgot-password', { email: 'owner@aurora.example' }).expect(200);
    const token = await linkOf('staff:aurora:owner');
    const { body } = await api.visitor().post('/api/v1/admin/auth/reset-link', { token }).expect(200);
    expect(body).toEqual({
      success: true,
      organizationName: 'Aurora Telecom',
      billingAccountName: null,
      hasOthers: false,
    });
  });
});

describe('the language of a mail to somebody who has not chosen one', () => {
  const languages = () =>
    api.rows<{ template: string; locale: string }>('select template, locale from mails order by id');
  const unchosen = () => api.rows('update portal_users set locale = null where email = $1', 'twice@example.com');
  const asked = (language?: string) =>
    api
      .visitor('/o/aurora', language === undefined ? {} : { 'accept-language': language })
      .post(FORGOT, { email: 'twice@example.com' })
      .expect(200);

  it.each([
    ['is that of the page that asks', 'en-US', 'pt-BR', 'en-US'],
    ['is that of the other access where the request says none', undefined, 'en-US', 'en-US'],
    ['is that of the other access where the portal has none of the request', 'fr-FR', 'en-US', 'en-US'],
    ['is the organization’s where nobody has said any', undefined, null, 'pt-BR'],
  ])('%s', async (_what, language, ofOther, expected) => {
    await unchosen();
    await api.rows('update portal_users set locale = $2 where id = $1', idOf('user:twice-oficina'), ofOther);
    await asked(language);
    const [padaria] = await api.rows<{ locale: string }>(
      "select locale from mails where subject_ids ->> 'userId' = $1",
      idOf('user:twice'),
    );
    expect(padaria!.locale).toBe(expected);
  });

  it('is no matter of who asks once somebody has chosen', async () => {
    await api.rows("update portal_users set locale = 'en-US' where email = $1", 'twice@example.com');
    await asked('pt-BR');
    expect((await languages()).map(({ locale }) => locale)).toEqual(['en-US', 'en-US']);
  });

  it.each([
    ['carla@oficina.example', 'en-US'],
    // Of another organization's customers nothing is known here.
    ['davi@boreal-cliente.example', 'pt-BR'],
  ])(
    'is that of another access for an invitation, also by a customer, who does not see it: %s',
    async (email, locale) => {
      await api.rows("update portal_users set locale = 'en-US' where email = $1", email);
      const [owner, ana] = [await api.signIn('staff', 'owner@aurora.example'), await api.signIn('portal', ANA)];
      const person = { email, name: 'Teresa', roleId: idOf('role:aurora:limited') };
      const { body } = await ana.post('/api/v1/portal/invitations', person).expect(201);
      await owner.post(`/api/v1/admin/invitations/${body.invitation.id}/resend`).expect(200);
      expect(await languages()).toEqual([
        { template: 'invitation', locale },
        { template: 'invitation', locale },
      ]);
    },
  );
});

describe('a reset', () => {
  it('S3.71 sets the password; ends every session', async () => {
    const before = await api.signIn('portal', ANA);
    await reset(await resetLink()).expect(200);
    await refusal(before.get(ME), 401, 'unauthenticated');
    expect(await sessionsOfAna()).toEqual([]);
    await refusal(logIn(PASSWORD), 401, 'invalid_credentials');
    await logIn(FRESH).expect(200);
    expect(await api.rows("select action from audit_log where action like 'portal.password.%' order by id")).toEqual([
      { action: 'portal.password.reset_requested' },
      { action: 'portal.password.reset' },
    ]);
    expect(
      await api.rows("select subject_ids ? 'sessionId' as goes_on from mails where template = 'password-changed'"),
    ).toEqual([{ goes_on: false }]);
  });

  it('S3.23 works for an hour', async () => {
    const token = await resetLink();
    const [row] = await api.rows<{ minutes: number }>(
      'select round(extract(epoch from expires_at - created_at) / 60)::integer as minutes from one_time_tokens where subject_id = $1',
      idOf('user:ana'),
    );
    expect(row!.minutes).toBe(60);
    await api.rows("update one_time_tokens set expires_at = now() - interval '1 second'");
    await refusal(reset(token), 400, 'token_invalid');
  });

  it('S0.21 works once', async () => {
    const token = await resetLink();
    await look(token).expect(200);
    await reset(token).expect(200);
    await refusal(look(token), 400, 'token_used');
    await refusal(reset(token), 400, 'token_used');
    // However long ago that was.
    await api.rows("update one_time_tokens set expires_at = now() - interval '1 day'");
    await refusal(look(token), 400, 'token_used');
  });

  it('S0.21 works once although two come at the same time', async () => {
    const token = await resetLink();
    const statuses = (await Promise.all([reset(token), reset(token), reset(token)])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 400, 400]);
  });

  it('S0.21 does not die when a stranger asks for another: that mails the same link, which lasts its hour from then on', async () => {
    const token = await resetLink();
    await api.rows("update one_time_tokens set expires_at = now() + interval '1 minute'");
    expect(await resetLink()).toBe(token);
    expect(await api.rows("select 1 from mails where template = 'password-reset'")).toHaveLength(2);
    expect(
      await api.rows("select 1 from one_time_tokens where expires_at > now() + interval '59 minutes'"),
    ).toHaveLength(1);
    await reset(token).expect(200);
    await refusal(reset(token), 400, 'token_used');
  });

  it('S0.21 dies by a newer one', async () => {
    const older = await resetLink();
    await api.rows("update one_time_tokens set expires_at = now() - interval '1 second'");
    const newer = await resetLink();
    expect(newer).not.toBe(older);
    await refusal(look(older), 400, 'token_invalid');
    await refusal(reset(older), 400, 'token_invalid');
    await reset(newer).expect(200);
  });

  it('S0.21 dies when the password was changed otherwise', async () => {
    const token = await resetLink();
    const ana = await api.signIn('portal', ANA);
    await ana.post(CHANGE, { currentPassword: PASSWORD, newPassword: 'outra senha sem nexo' }).expect(200);
    await refusal(look(token), 400, 'token_invalid');
    await refusal(reset(token), 400, 'token_invalid');
  });

  it("S0.21 is worth nothing at another organization's address", async () => {
    const token = await resetLink();
    await refusal(look(token, '/o/boreal'), 400, 'token_invalid');
    await refusal(reset(token, '/o/boreal'), 400, 'token_invalid');
    await reset(token, '').expect(200);
  });

  it('S0.21 does not take a link of another purpose', async () => {
    await refusal(reset(await api.linkFor(idOf('user:invited'), 'invitation')), 400, 'token_invalid');
  });

  it("S3.4 does not take a staff user's link, nor staff a customer's", async () => {
    await api.visitor().post('/api/v1/admin/auth/forgot-password', { email: 'owner@aurora.example' }).expect(200);
    const staffToken = await api.linkFor(idOf('staff:aurora:owner'), 'password_reset');
    await refusal(reset(staffToken), 400, 'token_invalid');
    const ownToken = await resetLink();
    const asStaff = { token: ownToken, password: FRESH };
    await refusal(api.visitor().post('/api/v1/admin/auth/reset-password', asStaff), 400, 'token_invalid');
    await reset(ownToken).expect(200);
  });

  it('S0.21 does not take what was forged', async () => {
    const token = await resetLink();
    const [id = '', signature = ''] = token.split('.');
    const other = (await api.linkFor(idOf('user:invited'), 'invitation')).split('.');
    const flipped = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    const forged = [
      id,
      `${id}.`,
      `${id}.${flipped}`,
      `${id}.${other[1]}`,
      `${other[0]}.${signature}`,
      `${token}x`,
      'x.y',
    ];
    for (const text of forged) {
      await api.rows('delete from rate_limits');
      await refusal(reset(text), 400, 'token_invalid');
    }
    await reset(token).expect(200);
  });

  it('refuses a common password and keeps the link', async () => {
    const token = await resetLink();
    for (const password of ['password123', 'ana@padaria.example', 'Aurora Telecom', 'Person ana'])
      await refusal(api.visitor('/o/aurora').post(RESET, { token, password }), 400, 'password_too_common');
    await reset(token).expect(200);
  });

  it.each(['nova@padaria.example', 'Nova Pessoa', 'nova.silva'])(
    'refuses a word of the person from staff who choose it too: %s',
    async (password) => {
      const owner = await api.signIn('staff', 'owner@aurora.example');
      const billingAccountId = idOf('account:padaria');
      const person = { billingAccountId, email: 'nova@padaria.example', name: 'Nova Pessoa', username: 'nova.silva' };
      await refusal(owner.post('/api/v1/admin/portal-users', { ...person, password }), 400, 'password_too_common');
    },
  );

  it('refuses more than 72 bytes instead of cutting them off', async () => {
    const token = await resetLink();
    const long = { token, password: 'ç'.repeat(37) };
    const response = await refusal(api.visitor('/o/aurora').post(RESET, long), 400, 'validation_failed');
    expect(response.body.errors[0].path).toBe('password');
    await api
      .visitor('/o/aurora')
      .post(RESET, { token, password: 'ç'.repeat(36) })
      .expect(200);
    await refusal(logIn('ç'.repeat(37)), 401, 'invalid_credentials');
    await logIn('ç'.repeat(36)).expect(200);
  });
});

describe('a changed password', () => {
  it("S3.67 S3.85 ends all sessions of the user, goes on in a new one, and touches nobody else's", async () => {
    const [one, other, jwt, bruno] = await Promise.all([
      api.signIn('portal', ANA),
      api.signIn('portal', ANA, { via: 'bearer' }),
      api.signIn('portal', ANA, { via: 'jwt' }),
      api.signIn('portal', 'bruno@padaria.example'),
    ]);
    const changed = await one.post(CHANGE, { currentPassword: PASSWORD, newPassword: FRESH }).expect(200);
    expect(changed.body).toEqual({ success: true });
    expect(await sessionsOfAna()).toHaveLength(1);
    const { balcao_portal_session: session } = cookiesOf(changed);
    await api
      .visitor()
      .with({ credentials: { cookies: { balcao_portal_session: session!.value } } })
      .get(ME)
      .expect(200);
    for (const visitor of [one, other, jwt]) await refusal(visitor.get(ME), 401, 'unauthenticated');
    await bruno.get(ME).expect(200);
    await logIn(FRESH).expect(200);
    // The mail does not say of the session that goes on that it has ended.
    expect(
      await api.rows(
        "select recipient_email, subject_ids ? 'sessionId' as goes_on from mails where template = 'password-changed'",
      ),
    ).toEqual([{ recipient_email: ANA, goes_on: true }]);
  });

  it('S3.66 needs the current one; a wrong one is 403 and changes nothing', async () => {
    const ana = await api.signIn('portal', ANA);
    const wrong = { currentPassword: 'wrong password', newPassword: FRESH };
    const response = await refusal(ana.post(CHANGE, wrong), 403, 'wrong_current_password');
    expect(response.body.errors[0].path).toBe('currentPassword');
    await ana.get(ME).expect(200);
    await logIn(PASSWORD).expect(200);
  });

  it('S3.66 is one of two that come at the same time', async () => {
    const [ana, other] = [await api.signIn('portal', ANA), await api.signIn('portal', ANA)];
    await api.owner.query('begin');
    await api.owner.query('select 1 from portal_users where id = $1 for update', [idOf('user:ana')]);
    const both = Promise.all(
      [ana, other].map((each) => each.post(CHANGE, { currentPassword: PASSWORD, newPassword: FRESH })),
    );
    await sleep(400);
    await api.owner.query('commit');
    const answers = await both;
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await sessionsOfAna()).toHaveLength(1);
  });

  it('S3.66 cannot be guessed at: wrong ones are limited', async () => {
    const ana = await api.signIn('portal', ANA);
    const guess = () => ana.post(CHANGE, { currentPassword: 'wrong password', newPassword: FRESH });
    const other = await api.signIn('portal', ANA);
    for (let count = 0; count < 10; count += 1) await refusal(guess(), 403, 'wrong_current_password');
    await refusal(guess(), 429, 'rate_limited');
    // Whoever has got hold of one session keeps its owner out in no other.
    await other.post(CHANGE, { currentPassword: PASSWORD, newPassword: FRESH }).expect(200);
  });

  it("S3.66 is changed by whoever knows it, whatever a neighbour of one's address mistypes", async () => {
    const office = { headers: { 'x-forwarded-for': '203.0.113.7' } };
    const [ana, bruno] = [await api.signIn('portal', ANA), await api.signIn('portal', 'bruno@padaria.example')];
    const wrong = { currentPassword: 'wrong password', newPassword: FRESH };
    for (let count = 0; count < 11; count += 1) await ana.with(office).post(CHANGE, wrong);
    await bruno.with(office).post(CHANGE, { currentPassword: PASSWORD, newPassword: FRESH }).expect(200);
  });

  it('S3.65 may come with the profile, together with the current one', async () => {
    const ana = await api.signIn('portal', ANA);
    const alone = await refusal(ana.patch('/api/v1/portal/profile', { password: FRESH }), 400, 'validation_failed');
    expect(alone.body.errors[0].path).toBe('currentPassword');
    const wrong = { name: 'Changed', password: FRESH, currentPassword: 'wrong password' };
    await refusal(ana.patch('/api/v1/portal/profile', wrong), 403, 'wrong_current_password');
    expect((await ana.get('/api/v1/portal/profile').expect(200)).body.user.name).toBe('Person ana');
    const right = { name: 'Changed', password: FRESH, currentPassword: PASSWORD };
    expect((await ana.patch('/api/v1/portal/profile', right).expect(200)).body.user.name).toBe('Changed');
    await refusal(ana.get(ME), 401, 'unauthenticated');
    await logIn(FRESH).expect(200);
  });

  it('S3.65 has at least 8 characters', async () => {
    const ana = await api.signIn('portal', ANA);
    const short = { currentPassword: PASSWORD, newPassword: 'ab1 ç9x' };
    await refusal(ana.post(CHANGE, short), 400, 'validation_failed');
  });
});

it('staff reset their password by the same rules', async () => {
  const before = await api.signIn('staff', 'agent@aurora.example');
  const path = '/api/v1/admin/auth';
  await api.visitor().post(`${path}/forgot-password`, { email: 'agent@aurora.example' }).expect(200);
  const token = await api.linkFor(idOf('staff:aurora:agent'), 'password_reset');
  await api.visitor().post(`${path}/reset-password`, { token, password: FRESH }).expect(200);
  await refusal(before.get(`${path}/me`), 401, 'unauthenticated');
  await refusal(api.visitor().post(`${path}/reset-link`, { token }), 400, 'token_used');
  await refusal(api.visitor().post(`${path}/reset-password`, { token, password: FRESH }), 400, 'token_used');
  await api.signIn('staff', 'agent@aurora.example', { password: FRESH });
});
