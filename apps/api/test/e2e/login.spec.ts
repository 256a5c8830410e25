import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { LOGIN_PATHS } from '../support/sign-in.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { cookiesOf } from '../support/visitor.js';
import { PASSWORD } from '../support/world.js';

const LOGIN = LOGIN_PATHS.portal;
const ANA = { email: 'ana@padaria.example', password: PASSWORD };
const ME = '/api/v1/portal/auth/me';
const DAY_MS = 24 * 60 * 60_000;

let api: TestApp;
beforeAll(async () => (api = await startTestApp()));
afterAll(() => api.close());

const logIn = async (body: object = ANA, base = '') => (await api.visitor(base).post(LOGIN, body).expect(200)).body;
const bearer = (token: string) => api.visitor().with({ credentials: { bearer: token } });

describe('the answer to a sign-in', () => {
  it('S3.69 S4.26 has the user, the session token in both places and the JWT', async () => {
    const answer = await logIn();
    expect(answer).toEqual({
      user: {
        id: idOf('user:ana'),
        orgId: idOf('organization:aurora'),
        orgName: 'Aurora Telecom',
        organizationId: idOf('organization:aurora'),
        organizationName: 'Aurora Telecom',
        organizationSlug: 'aurora',
        billingAccountId: idOf('account:padaria'),
        email: ANA.email,
        name: 'Person ana',
        displayName: 'Person ana',
        receiveNotifications: true,
        status: 'active',
        locale: null,
        timeZone: null,
      },
      accessToken: expect.any(String),
      expiresAt: expect.any(String),
      tokens: { accessToken: answer.accessToken, expiresInSeconds: 86_400 },
      token: expect.any(String),
    });
    expect(Math.abs(Date.parse(answer.expiresAt) - Date.now() - DAY_MS)).toBeLessThan(10_000);
  });

  it('S3.24 has cookies for thirty days, and for half a year the one by which the device is known', async () => {
    const cookies = cookiesOf(await api.visitor().post(LOGIN, ANA).expect(200));
    const days = Object.entries(cookies).map(([name, { attributes }]) => [
      name,
      Number(attributes['max-age']) / 86_400,
    ]);
    expect(Object.fromEntries(days)).toEqual({
      balcao_portal_session: 30,
      balcao_portal_csrf_token: 30,
      balcao_portal_device: 180,
    });
  });

  it('S3.21 S3.20 has a token of 48 characters of which only the hash is stored', async () => {
    const { accessToken } = await logIn();
    expect(accessToken).toMatch(/^[\w-]{48}$/);
    const stored = await api.rows(
      "select 1 from sessions where token_hash = sha256($1::bytea) and realm = 'portal'",
      Buffer.from(accessToken),
    );
    expect(stored).toHaveLength(1);
    const everything = await api.rows<{ text: string }>('select s::text as text from sessions s');
    expect(JSON.stringify(everything)).not.toContain(accessToken);
  });

  it.each(['organizationSlug', 'tenantSlug'])('S4.22 takes the tenant as %s', async (name) => {
    expect((await logIn({ ...ANA, [name]: 'aurora' })).user.organizationSlug).toBe('aurora');
    await refusal(api.visitor().post(LOGIN, { ...ANA, [name]: 'boreal' }), 401, 'invalid_credentials');
    await refusal(api.visitor().post(LOGIN, { ...ANA, [name]: 'nobody' }), 401, 'invalid_credentials');
  });

  it.each(['organizationId', 'orgId'])('S3.99 takes the tenant as %s', async (name) => {
    expect((await logIn({ ...ANA, [name]: idOf('organization:aurora') })).user.organizationSlug).toBe('aurora');
    const foreign = { ...ANA, [name]: idOf('organization:boreal') };
    await refusal(api.visitor().post(LOGIN, foreign), 401, 'invalid_credentials');
  });

  it('takes a value and its alias only where they agree', async () => {
    await logIn({ ...ANA, organizationSlug: 'aurora', tenantSlug: 'aurora' });
    const torn = { ...ANA, organizationSlug: 'aurora', tenantSlug: 'boreal' };
    await refusal(api.visitor().post(LOGIN, torn), 400, 'tenant_mismatch');
  });

  it('takes the e-mail whatever its case and the spaces around it', async () => {
    expect((await logIn({ ...ANA, email: '  ANA@Padaria.Example ' })).user.email).toBe(ANA.email);
  });

  it('takes a username where the organization is known', async () => {
    await api.rows('update portal_users set username = $1 where id = $2', 'ana.ribeiro', idOf('user:ana'));
    const body = { email: 'Ana.Ribeiro', password: PASSWORD };
    expect((await logIn({ ...body, organizationSlug: 'aurora' })).user.id).toBe(idOf('user:ana'));
    expect((await logIn(body, '/o/aurora')).user.id).toBe(idOf('user:ana'));
    await refusal(api.visitor().post(LOGIN, body), 401, 'invalid_credentials');
  });
});

describe('what does not sign in', () => {
  it.each([
    ['a wrong password', { ...ANA, password: 'balcao-demo-2027' }],
    ['an unknown e-mail', { ...ANA, email: 'nobody@padaria.example' }],
    ['a right password with more behind it', { ...ANA, password: `${PASSWORD}x` }],
    ['a right password in another case', { ...ANA, password: PASSWORD.toUpperCase() }],
    ["a staff user's e-mail", { ...ANA, email: 'owner@aurora.example' }],
    ["an operator's e-mail", { ...ANA, email: 'operator@balcao.example' }],
    ['SQL', { email: "' or '1'='1", password: "' or '1'='1" }],
  ])('S3.4 S4.3 %s', async (_what, body) => {
    const response = await refusal(api.visitor().post(LOGIN, body), 401, 'invalid_credentials');
    expect(response.headers['set-cookie']).toBeUndefined();
  });

  it.each(['staff', 'operator'] as const)("S3.2 S4.2 a customer's e-mail as %s", async (audience) => {
    await refusal(api.visitor().post(LOGIN_PATHS[audience], ANA), 401, 'invalid_credentials');
  });

  it.each(['portal', 'staff', 'operator'] as const)(
    'S0.18 whose session ended while it was opened: %s',
    async (audience) => {
      const email = { portal: ANA.email, staff: 'owner@aurora.example', operator: 'operator@balcao.example' }[audience];
      await api.rows(`create function expire() returns trigger language plpgsql as $$ begin
      new.expires_at = now(); return new; end $$`);
      await api.rows('create trigger expire before insert on sessions for each row execute function expire()');
      try {
        const attempt = api.visitor().post(LOGIN_PATHS[audience], { email, password: PASSWORD });
        await refusal(attempt, 401, 'invalid_credentials');
      } finally {
        await api.rows('drop function expire cascade');
      }
    },
  );

  it('S0.20 the stored bcrypt hash itself', async () => {
    const [row] = await api.rows<{ hash: string }>(
      'select password_hash as hash from portal_users where id = $1',
      idOf('user:ana'),
    );
    expect(row!.hash).toMatch(/^\$2b\$04\$/);
    await refusal(api.visitor().post(LOGIN, { ...ANA, password: row!.hash }), 401, 'invalid_credentials');
  });
});

describe('the JWT', () => {
  it('S4.21 S4.23 has exactly the promised claims and an asymmetric signature', async () => {
    const { token } = await logIn();
    const claims = decodeJwt(token);
    expect(claims).toEqual({
      sub: idOf('user:ana'),
      email: ANA.email,
      displayName: 'Person ana',
      customerId: idOf('account:padaria'),
      tenantId: idOf('organization:aurora'),
      portal: true,
      sid: expect.any(String),
      iss: api.config.publicUrl,
      aud: idOf('organization:aurora'),
      iat: expect.any(Number),
      exp: expect.any(Number),
    });
    expect(claims.exp! - claims.iat!).toBeLessThanOrEqual(24 * 60 * 60);
    const { kid, alg } = decodeProtectedHeader(token);
    expect(alg).toBe('ES256');
    const { body } = await api.visitor().get('/.well-known/jwks.json').expect(200);
    expect(body.keys).toContainEqual(expect.objectContaining({ kid, kty: 'EC', alg: 'ES256', use: 'sig' }));
    expect(JSON.stringify(body)).not.toContain('"d"');
  });

  it('S3.26 S4.27 opens what the session token opens', async () => {
    const { token, accessToken } = await logIn();
    for (const credential of [token, accessToken]) {
      const { body } = await bearer(credential).get(ME).expect(200);
      expect(body.user.id).toBe(idOf('user:ana'));
      expect(body.customer).toEqual({ id: idOf('account:padaria'), name: 'Padaria Estrela', externalId: 'padaria' });
    }
  });

  it('S4.21 dies with its session', async () => {
    const { token, accessToken } = await logIn();
    await bearer(accessToken).post('/api/v1/portal/auth/logout').expect(200);
    await refusal(bearer(token).get(ME), 401, 'unauthenticated');
    await refusal(bearer(accessToken).get(ME), 401, 'unauthenticated');
  });

  it('S4.21 is worth nothing changed, unsigned, or signed otherwise', async () => {
    const { token } = await logIn();
    const [header = '', payload = '', signature = ''] = token.split('.');
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const { kid } = decodeProtectedHeader(token);
    const davi = encode({ ...decodeJwt(token), sub: idOf('user:davi') });
    const forged = [
      `${header}.${davi}.${signature}`,
      `${encode({ alg: 'none', kid })}.${payload}.`,
      `${encode({ alg: 'HS256', kid })}.${payload}.${signature}`,
      `${encode({ alg: 'ES256', kid: 'another' })}.${payload}.${signature}`,
      `${encode({ alg: 'ES256' })}.${payload}.${signature}`,
      `${header}.${payload}.${'A'.repeat(86)}`,
      `${header}.${payload}.`,
      `x.${payload}.${signature}`,
      '..',
      'a.b.c',
    ];
    for (const text of forged) await refusal(bearer(text).get(ME), 401, 'unauthenticated');
  });

  it('S3.4 opens nothing of staff or operators', async () => {
    const { token } = await logIn();
    await refusal(bearer(token).get('/api/v1/admin/auth/me'), 401, 'unauthenticated');
    await refusal(bearer(token).get('/ops/auth/me'), 401, 'unauthenticated');
  });
});

describe('Authorization and cookies', () => {
  it('S3.26 either works by itself', async () => {
    const browser = await api.signIn('portal', ANA.email);
    await browser.get(ME).expect(200);
    await (await api.signIn('portal', ANA.email, { via: 'bearer' })).get(ME).expect(200);
  });

  it('S3.26 a present Authorization header counts alone, even when it is worth nothing', async () => {
    const browser = await api.signIn('portal', ANA.email);
    for (const value of [
      'Bearer nonsense',
      'Bearer ',
      'Bearer',
      'Basic YTpi',
      'nonsense',
      '',
      `bk_${'x'.repeat(20)}`,
    ]) {
      await refusal(browser.get(ME).set('Authorization', value), 401, 'unauthenticated');
    }
    const davi = await logIn({ email: 'davi@boreal-cliente.example', password: PASSWORD });
    const { body } = await browser.get(ME).set('Authorization', `Bearer ${davi.accessToken}`).expect(200);
    expect(body.user.email).toBe('davi@boreal-cliente.example');
  });

  it('S3.100 a bearer needs no CSRF token', async () => {
    const client = await api.signIn('portal', ANA.email, { via: 'bearer' });
    await client.patch('/api/v1/portal/profile', { receiveNotifications: true }).expect(200);
  });
});

describe('a session', () => {
  const sessionOf = async (userId: string) =>
    (
      await api.rows<{ id: string; expires: Date; seen: Date }>(
        'select id, expires_at as expires, last_seen_at as seen from sessions where subject_id = $1 order by id desc limit 1',
        userId,
      )
    )[0]!;

  it('S3.22 slides for 24 h, and is written at most once a minute', async () => {
    const ana = await api.signIn('portal', ANA.email);
    const fresh = await sessionOf(idOf('user:ana'));
    await ana.get(ME).expect(200);
    expect(await sessionOf(idOf('user:ana'))).toEqual(fresh);
    await api.rows(
      "update sessions set last_seen_at = now() - interval '2 minutes', expires_at = now() + interval '1 hour' where id = $1",
      fresh.id,
    );
    await ana.get(ME).expect(200);
    const slid = await sessionOf(idOf('user:ana'));
    expect(Math.abs(slid.expires.getTime() - Date.now() - DAY_MS)).toBeLessThan(10_000);
  });

  it('S3.22 ends when it was idle for 24 h', async () => {
    const ana = await api.signIn('portal', ANA.email);
    const { id } = await sessionOf(idOf('user:ana'));
    await api.rows("update sessions set expires_at = now() - interval '1 second' where id = $1", id);
    await refusal(ana.get(ME), 401, 'unauthenticated');
  });

  it('has an absolute end that the portal sets', async () => {
    await api.rows(
      `update portals set settings = '{"security": {"sessionAbsoluteDays": 3}}' where id = $1`,
      idOf('portal:aurora'),
    );
    const ana = await api.signIn('portal', ANA.email);
    const { id } = await sessionOf(idOf('user:ana'));
    const [end] = await api.rows<{ hours: number }>(
      'select round(extract(epoch from absolute_expires_at - now()) / 3600)::integer as hours from sessions where id = $1',
      id,
    );
    expect(end!.hours).toBe(72);
    await api.rows(
      "update sessions set last_seen_at = now() - interval '2 minutes', absolute_expires_at = now() + interval '1 hour' where id = $1",
      id,
    );
    await ana.get(ME).expect(200);
    expect((await sessionOf(idOf('user:ana'))).expires.getTime() - Date.now()).toBeLessThan(60 * 60_000);
  });

  it('S3.72 ends at logout, and only this one', async () => {
    const one = await api.signIn('portal', ANA.email);
    const other = await api.signIn('portal', ANA.email);
    await one.post('/api/v1/portal/auth/logout').expect(200);
    await refusal(one.get(ME), 401, 'unauthenticated');
    await other.get(ME).expect(200);
  });

  it.each([
    ['suspended', "update portal_users set status = 'suspended' where id = $1"],
    ['waiting for verification again', "update portal_users set status = 'pending_verification' where id = $1"],
    ['given new credentials', 'update portal_users set credential_version = credential_version + 1 where id = $1'],
  ])('S0.18 ends at once where the user is %s', async (_what, statement) => {
    await api.reset();
    const ana = await api.signIn('portal', ANA.email);
    await api.rows(statement, idOf('user:ana'));
    await refusal(ana.get(ME), 401, 'unauthenticated');
  });

  it('S2.24 S2.31 takes a changed role from the next request on', async () => {
    await api.reset();
    const bruno = await api.signIn('portal', 'bruno@padaria.example');
    await bruno.get('/api/v1/portal/tickets').expect(200);
    await api.rows("update roles set permissions = '{}' where id = $1", idOf('role:aurora:limited'));
    await refusal(bruno.get('/api/v1/portal/tickets'), 403, 'permission_denied');
    expect((await bruno.get(ME).expect(200)).body.permissions).toEqual([]);
  });
});
