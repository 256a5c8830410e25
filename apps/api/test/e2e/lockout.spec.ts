import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { LOGIN_PATHS } from '../support/sign-in.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { cookiesOf } from '../support/visitor.js';
import { PASSWORD } from '../support/world.js';

const LOGIN = LOGIN_PATHS.portal;
const ANA = 'ana@padaria.example';
const THRESHOLD = 3;

let api: TestApp;
beforeAll(async () => (api = await startTestApp()));
beforeEach(async () => {
  await api.reset();
  await api.rows(
    `update portals set settings = '{"security": {"lockThreshold": ${THRESHOLD}, "lockMinutes": 20}}' where slug = 'aurora'`,
  );
});
afterAll(() => api.close());

const attempt = (email: string, password: string, visitor = api.visitor('/o/aurora')) =>
  visitor.with({ base: '/o/aurora' }).post(LOGIN, { email, password });

async function fail(email: string, times: number, visitor?: ReturnType<TestApp['visitor']>): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    await refusal(attempt(email, 'wrong password', visitor), 401, 'invalid_credentials');
  }
}

const userOf = async (key: string) =>
  (
    await api.rows<{ status: string; minutes: number | null }>(
      'select status, round(extract(epoch from locked_until - now()) / 60)::integer as minutes from portal_users where id = $1',
      idOf(`user:${key}`),
    )
  )[0]!;

describe('wrong passwords in a row', () => {
  it('S0.22 S0.19 lock when they reach the number that the portal sets', async () => {
    await fail(ANA, THRESHOLD - 1);
    expect((await userOf('ana')).status).toBe('active');
    await fail(ANA, 1);
    expect(await userOf('ana')).toEqual({ status: 'locked', minutes: 20 });
    await refusal(attempt(ANA, PASSWORD), 403, 'account_locked');
    await refusal(attempt(ANA, 'wrong password'), 403, 'account_locked');
  });

  it('S0.22 lock at ten for thirty minutes where the portal says nothing', async () => {
    await api.rows(`update portals set settings = '{"security": {}}'`);
    await fail(ANA, 9);
    expect((await userOf('ana')).status).toBe('active');
    await api.rows('delete from rate_limits');
    await fail(ANA, 1);
    expect(await userOf('ana')).toEqual({ status: 'locked', minutes: 30 });
  });

  it('S0.22 begin anew after a right one', async () => {
    await fail(ANA, THRESHOLD - 1);
    await attempt(ANA, PASSWORD).expect(200);
    await fail(ANA, THRESHOLD - 1);
    await attempt(ANA, PASSWORD).expect(200);
  });

  it('S0.22 answer the same for an e-mail that nobody has', async () => {
    await fail('nobody@padaria.example', THRESHOLD);
    await fail(ANA, THRESHOLD);
    const unknown = await refusal(attempt('nobody@padaria.example', PASSWORD), 403, 'account_locked');
    const known = await refusal(attempt(ANA, PASSWORD), 403, 'account_locked');
    const { requestId: _one, ...first } = unknown.body;
    const { requestId: _other, ...second } = known.body;
    expect(first).toEqual(second);
  });

  it('S0.22 are counted for each organization apart', async () => {
    await fail('multi@example.com', THRESHOLD);
    await refusal(attempt('multi@example.com', PASSWORD), 403, 'account_locked');
    await api.signIn('portal', 'multi@example.com', { base: '/o/boreal' });
  });

  it('S0.22 do not touch a session that is open', async () => {
    const ana = await api.signIn('portal', ANA);
    await fail(ANA, THRESHOLD);
    await ana.get('/api/v1/portal/auth/me').expect(200);
  });

  it('S0.22 tell the user by one mail', async () => {
    await fail(ANA, THRESHOLD);
    for (let count = 0; count < 3; count += 1) await refusal(attempt(ANA, PASSWORD), 403, 'account_locked');
    const mails = await api.rows("select recipient_email from mails where template = 'account-locked'");
    expect(mails).toEqual([{ recipient_email: ANA }]);
  });

  it('S0.22 leave no readable e-mail of whoever mistyped', async () => {
    await fail('typo@padaria.example', 1);
    expect(JSON.stringify(await api.rows('select f::text from login_failures f'))).not.toContain('typo');
  });
});

describe('a lock ends', () => {
  beforeEach(() => fail(ANA, THRESHOLD));

  it('S0.22 after its time', async () => {
    await api.rows("update login_failures set locked_until = now() - interval '1 second'");
    await api.rows("update portal_users set locked_until = now() - interval '1 second' where email = $1", ANA);
    await attempt(ANA, PASSWORD).expect(200);
    expect((await userOf('ana')).status).toBe('active');
    await fail(ANA, THRESHOLD - 1);
    await attempt(ANA, PASSWORD).expect(200);
  });

  it('S0.22 by staff', async () => {
    const owner = await api.signIn('staff', 'owner@aurora.example');
    const { body } = await owner.post(`/api/v1/admin/portal-users/${idOf('user:ana')}/unlock`).expect(200);
    expect(body.user).toMatchObject({ status: 'active', lockedUntil: null });
    await attempt(ANA, PASSWORD).expect(200);
  });

  it('S0.22 by a completed password reset, not by asking for one', async () => {
    await api.visitor('/o/aurora').post('/api/v1/portal/auth/forgot-password', { email: ANA }).expect(200);
    await refusal(attempt(ANA, PASSWORD), 403, 'account_locked');
    const token = await api.linkFor(idOf('user:ana'), 'password_reset');
    const password = 'quatro palavras sem nexo';
    await api.visitor('/o/aurora').post('/api/v1/portal/auth/reset-password', { token, password }).expect(200);
    await attempt(ANA, password).expect(200);
    expect((await userOf('ana')).status).toBe('active');
  });
});

describe('whom strangers kept out', () => {
  /** More than an account may be tried by strangers, each from elsewhere. */
  async function besiege(): Promise<void> {
    for (let count = 0; count < 12; count += 1) await attempt(ANA, 'wrong password');
  }
  beforeEach(besiege);

  it('S0.22 comes in again after a reset, and stays known while they go on', async () => {
    await api.visitor('/o/aurora').post('/api/v1/portal/auth/forgot-password', { email: ANA }).expect(200);
    const token = await api.linkFor(idOf('user:ana'), 'password_reset');
    const password = 'quatro palavras sem nexo';
    const reset = await api
      .visitor('/o/aurora')
      .post('/api/v1/portal/auth/reset-password', { token, password })
      .expect(200);
    await attempt(ANA, password).expect(200);
    await besiege();
    const { value } = cookiesOf(reset)['balcao_portal_device']!;
    const own = api.visitor('/o/aurora').with({ credentials: { cookies: { balcao_portal_device: value } } });
    await attempt(ANA, password, own).expect(200);
  });

  it('S0.22 comes in again once staff have ended the lock', async () => {
    const owner = await api.signIn('staff', 'owner@aurora.example');
    await owner.post(`/api/v1/admin/portal-users/${idOf('user:ana')}/unlock`).expect(200);
    await attempt(ANA, PASSWORD).expect(200);
  });
});

it('S0.22 a lock of no minutes ends by nobody but staff and a reset', async () => {
  await api.rows(
    `update portals set settings = '{"security": {"lockThreshold": 3, "lockMinutes": 0}}' where slug = 'aurora'`,
  );
  await fail(ANA, 3);
  const [row] = await api.rows<{ year: number }>(
    'select extract(year from locked_until)::integer as year from portal_users where email = $1',
    ANA,
  );
  expect(row!.year).toBeGreaterThan(9000);
});

it('S0.22 a lock holds where nothing is known of what led to it', async () => {
  await api.rows(
    "update portal_users set status = 'locked', locked_until = now() + interval '1 hour' where email = $1",
    ANA,
  );
  // Nobody has failed by this name, so it is told as a wrong password is.
  await refusal(attempt(ANA, PASSWORD), 401, 'invalid_credentials');
  await api.rows("update portal_users set locked_until = now() - interval '1 second' where email = $1", ANA);
  await attempt(ANA, PASSWORD).expect(200);
});

describe('a device that signed in before', () => {
  /** Somebody whose browser has nothing left of a sign-in but the device cookie. */
  async function knownDevice() {
    const response = await attempt(ANA, PASSWORD).expect(200);
    const { value } = cookiesOf(response)['balcao_portal_device']!;
    return api.visitor('/o/aurora').with({ credentials: { cookies: { balcao_portal_device: value } } });
  }

  it('S0.22 still signs in when a stranger has locked the e-mail', async () => {
    const device = await knownDevice();
    await fail(ANA, THRESHOLD);
    await refusal(attempt(ANA, PASSWORD), 403, 'account_locked');
    await attempt(ANA, PASSWORD, device).expect(200);
  });

  it('S0.22 is counted apart, and locks itself only', async () => {
    const device = await knownDevice();
    await fail(ANA, THRESHOLD, device);
    await refusal(attempt(ANA, PASSWORD, device), 403, 'account_locked');
    expect((await userOf('ana')).status).toBe('active');
    await attempt(ANA, PASSWORD).expect(200);
  });

  it("S0.22 is no other e-mail's device, nor one that somebody made up", async () => {
    const device = await knownDevice();
    await fail('bruno@padaria.example', THRESHOLD);
    await refusal(attempt('bruno@padaria.example', PASSWORD, device), 403, 'account_locked');
    const [id = ''] = device.credentials.cookies!['balcao_portal_device']!.split('.');
    const forged = device.with({ credentials: { cookies: { balcao_portal_device: `${id}.${'A'.repeat(43)}` } } });
    await fail(ANA, THRESHOLD);
    await refusal(attempt(ANA, PASSWORD, forged), 403, 'account_locked');
  });
});

describe('whoever is signed in while strangers lock them', () => {
  const FRESH = 'quatro palavras sem nexo';
  const change = { currentPassword: PASSWORD, newPassword: FRESH };
  const profile = { currentPassword: PASSWORD, password: FRESH };
  const OWNER = 'owner@aurora.example';

  it.each([
    ['customer', 'portal', ANA, 'post', '/api/v1/portal/profile/password', change],
    ['customer, with the profile,', 'portal', ANA, 'patch', '/api/v1/portal/profile', profile],
    ['colleague', 'staff', OWNER, 'post', '/api/v1/admin/profile/password', change],
  ] as const)('S0.22 as a %s still changes the password', async (_who, audience, email, method, path, body) => {
    const { base } = audience === 'portal' ? { base: '/o/aurora' } : { base: '' };
    const own = await api.signIn(audience, email);
    for (let count = 0; count < 10; count += 1)
      await api.visitor(base).post(LOGIN_PATHS[audience], { email, password: 'wrong password' });
    const isLocked = async () =>
      (await api.rows(`select 1 from ${audience}_users where email = $1 and status = 'locked'`, email)).length === 1;
    expect(await isLocked()).toBe(true);
    const changed = await own[method](path, body).expect(200);
    const { value } = cookiesOf(changed)[`balcao_${audience}_session`]!;
    await api
      .visitor(base)
      .with({ credentials: { bearer: value } })
      .get(audience === 'portal' ? '/api/v1/portal/auth/me' : '/api/v1/admin/auth/me')
      .expect(200);
    // For strangers all is as it was.
    expect(await isLocked()).toBe(true);
    expect((await api.visitor(base).post(LOGIN_PATHS[audience], { email, password: FRESH })).status).not.toBe(200);
  });
});

describe('sign-ins that name no organization', () => {
  const bare = (password: string, email = ANA) => api.visitor().post(LOGIN, { email, password });

  it('S0.22 lock the account as where it is named; where its name is not locked that is a wrong password', async () => {
    for (let count = 0; count < THRESHOLD; count += 1) {
      await refusal(bare('wrong password'), 401, 'invalid_credentials');
    }
    expect((await userOf('ana')).status).toBe('locked');
    for (const password of [PASSWORD, 'wrong password']) {
      await refusal(bare(password), 401, 'invalid_credentials');
      await refusal(attempt(ANA, password), 401, 'invalid_credentials');
    }
  });

  describe('with a right password for one organization', () => {
    const MULTI = 'multi@example.com';
    const TIMES = THRESHOLD + 2;
    const setUp = async (proved: boolean) => {
      await api.rows('delete from login_failures');
      await api.rows(
        `update portal_users set password_hash = 'x', last_login_at = now() where email = $1 and organization_id = $2`,
        MULTI,
        idOf('organization:aurora'),
      );
      if (!proved)
        await api.rows('update portal_users set email_proved_at = null where id = $1', idOf('user:multi-boreal'));
    };
    const failuresAtAurora = async () =>
      (await api.rows("select 1 from audit_log where action = 'portal.login.failed'")).length;

    it('S0.22 are no guess at the other, where the mailbox is proved', async () => {
      await setUp(true);
      for (let count = 0; count < TIMES; count += 1) await bare(PASSWORD, MULTI).expect(200);
      expect(await api.rows('select 1 from login_failures where failures > 0')).toEqual([]);
      expect(await failuresAtAurora()).toBe(0);
    });

    it('S0.22 are guesses at the other, where only the organization says whose the address is', async () => {
      await setUp(false);
      for (let count = 0; count < TIMES; count += 1) await bare(PASSWORD, MULTI).expect(200);
      expect((await userOf('multi')).status).toBe('locked');
      expect(await failuresAtAurora()).toBe(1);
    });
  });

  it("S0.22 are guesses at a customer's password, where staff elsewhere set one for their address", async () => {
    const boreal = await api.signIn('staff', 'owner@boreal.example');
    const answers: number[] = [];
    for (const [count, password] of ['a first guess', 'a second guess', 'a third guess', PASSWORD].entries()) {
      const account = await boreal.post('/api/v1/admin/billing-accounts', { name: `Conta ${count}` }).expect(201);
      const { id: billingAccountId } = account.body.billingAccount as { id: string };
      await boreal
        .post('/api/v1/admin/portal-users', { billingAccountId, email: ANA, name: 'Ana', password })
        .expect(201);
      await api.rows("update portal_users set last_login_at = now() - interval '1 day'");
      await api.rows('update portal_users set last_login_at = now() where billing_account_id = $1', billingAccountId);
      answers.push((await bare(password)).status);
    }
    // The last one is right for the victim too, who by then is tried no more.
    expect(answers).toEqual([200, 200, 200, 200]);
    expect((await userOf('ana')).status).toBe('locked');
  });

  it("S0.22 lock no more of another organization's customers than one in an hour, where staff set the passwords", async () => {
    await api.rows(`update portals set settings = '{"security": {}}'`);
    const boreal = await api.signIn('staff', 'owner@boreal.example');
    const { body } = await boreal.post('/api/v1/admin/billing-accounts', { name: 'Conta' }).expect(201);
    const { id: billingAccountId } = body.billingAccount as { id: string };
    const [password, victims] = ['senha que Boreal escolheu', [ANA, 'bruno@padaria.example', 'carla@oficina.example']];
    const lockedAtAurora = async () =>
      (await api.rows("select 1 from portal_users where email = any ($1) and status = 'locked'", victims)).length;
    for (const email of victims)
      await boreal
        .post('/api/v1/admin/portal-users', { billingAccountId, email, name: 'Alguém', password })
        .expect(201);
    const office = api.visitor();
    for (const email of victims)
      for (let count = 0; count < 11; count += 1) await office.post(LOGIN, { email, password }).expect(200);
    expect(await lockedAtAurora()).toBe(1);
    await attempt('carla@oficina.example', PASSWORD).expect(200);
  });

  it('S0.22 answer the same for an e-mail that nobody has', async () => {
    await api.rows(`update portals set settings = '{"security": {}}'`);
    for (const email of [ANA, 'nobody@padaria.example']) {
      for (let count = 0; count < 10; count += 1) {
        await api.rows('delete from rate_limits');
        await refusal(bare('wrong password', email), 401, 'invalid_credentials');
      }
      await api.rows('delete from rate_limits');
      await refusal(bare('wrong password', email), 403, 'account_locked');
    }
  });
});

it('S0.22 a username is no second counter', async () => {
  await api.rows("update portal_users set username = 'ana' where id = $1", idOf('user:ana'));
  await fail(ANA, THRESHOLD - 1);
  await fail('ana', 1);
  expect((await userOf('ana')).status).toBe('locked');
  await refusal(attempt(ANA, PASSWORD), 401, 'invalid_credentials');
  await refusal(attempt('ana', PASSWORD), 401, 'invalid_credentials');
});

describe('whoever is locked by one of their names comes in by each of them', () => {
  const bare = (password: string) => api.visitor().post(LOGIN, { email: ANA, password });
  beforeEach(async () => {
    await api.rows("update portal_users set username = 'ana' where id = $1", idOf('user:ana'));
    for (const send of [attempt, (_name: string, password: string) => bare(password)]) {
      for (const name of [ANA, 'ana']) for (let count = 0; count < 12; count += 1) await send(name, 'wrong password');
    }
  });
  const comesIn = async (password: string) => {
    await attempt(ANA, password).expect(200);
    await attempt('ana', password).expect(200);
    await bare(password).expect(200);
  };

  it('S0.22 once staff have ended the lock', async () => {
    const owner = await api.signIn('staff', 'owner@aurora.example');
    await owner.post(`/api/v1/admin/portal-users/${idOf('user:ana')}/unlock`).expect(200);
    await comesIn(PASSWORD);
  });

  it('S0.22 once they have a new password, by the link that the mail of the lock carries', async () => {
    const [mail] = await api.rows<{ token: string | null }>(
      "select subject_ids ->> 'tokenId' as token from mails where template = 'account-locked'",
    );
    expect(mail!.token).not.toBeNull();
    const token = await api.linkFor(idOf('user:ana'), 'password_reset');
    const password = 'quatro palavras sem nexo';
    await api.visitor('/o/aurora').post('/api/v1/portal/auth/reset-password', { token, password }).expect(200);
    await comesIn(password);
  });
});

it('S0.22 of many guesses at the same moment no more than the threshold are compared', async () => {
  const answers = await Promise.all(Array.from({ length: 12 }, () => attempt(ANA, 'wrong password')));
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(THRESHOLD);
  expect((await userOf('ana')).status).toBe('locked');
});

it('S3.91 wrong passwords leave a row a minute for each account', async () => {
  await fail(ANA, 2);
  await fail('bruno@padaria.example', 1);
  await fail('nobody@padaria.example', 1);
  const rows = await api.rows(
    "select target_id, actor_type from audit_log where action = 'portal.login.failed' order by id",
  );
  expect(rows).toEqual([
    { target_id: idOf('user:ana'), actor_type: 'anonymous' },
    { target_id: idOf('user:bruno'), actor_type: 'anonymous' },
  ]);
});

it.each(['agent@aurora.example', 'nobody@aurora.example'])(
  'S0.22 staff are locked whether or not anybody has that name (%s)',
  async (email) => {
    const attemptStaff = (organizationSlug?: string) =>
      api.visitor().post(LOGIN_PATHS.staff, { email, password: 'wrong password', organizationSlug });
    for (let count = 0; count < 10; count += 1) {
      await api.rows('delete from rate_limits');
      await refusal(attemptStaff(), 401, 'invalid_credentials');
    }
    await api.rows('delete from rate_limits');
    await refusal(attemptStaff(), 403, 'account_locked');
    // The name is counted where it was typed.
    for (const slug of ['aurora', 'boreal', 'nowhere']) await refusal(attemptStaff(slug), 401, 'invalid_credentials');
  },
);

it('S0.22 staff are locked by the same rule', async () => {
  const email = 'agent@aurora.example';
  const attemptStaff = (password: string) => api.visitor().post(LOGIN_PATHS.staff, { email, password });
  for (let count = 0; count < 10; count += 1) {
    await api.rows('delete from rate_limits');
    await refusal(attemptStaff('wrong password'), 401, 'invalid_credentials');
  }
  await api.rows('delete from rate_limits');
  await refusal(attemptStaff(PASSWORD), 403, 'account_locked');
  expect(await api.rows('select status from staff_users where email = $1', email)).toEqual([{ status: 'locked' }]);
});
