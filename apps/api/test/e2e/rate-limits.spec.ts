import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Test } from 'supertest';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { LOGIN_PATHS } from '../support/sign-in.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { cookiesOf, type Visitor } from '../support/visitor.js';
import { PASSWORD } from '../support/world.js';

let api: TestApp;
beforeAll(async () => (api = await startTestApp()));
beforeEach(() => api.rows('delete from rate_limits'));
afterAll(() => api.close());

const EMAIL = 'ana@padaria.example';
const NONSENSE = { token: 'nonsense', password: 'quatro palavras sem nexo' };

interface Limit {
  name: string;
  allowed: number;
  windowMinutes: number;
  blockMinutes: number;
  /** One attempt for an account, in a way that fails or shows nothing. */
  attempt: (visitor: Visitor, email: string) => Test;
  /** Whether somebody who goes past an account's limit is refused, or only gets nothing more. */
  perAccount: 'refused' | 'silent' | undefined;
}

const LIMITS: Limit[] = [
  {
    name: 'S3.27 sign-in',
    allowed: 10,
    windowMinutes: 5,
    blockMinutes: 15,
    attempt: (visitor, email) => visitor.post(LOGIN_PATHS.portal, { email, password: 'wrong password' }),
    perAccount: 'refused',
  },
  {
    name: 'S3.27 sign-in of staff',
    allowed: 10,
    windowMinutes: 5,
    blockMinutes: 15,
    attempt: (visitor, email) => visitor.post(LOGIN_PATHS.staff, { email, password: 'wrong password' }),
    perAccount: 'refused',
  },
  {
    name: 'S3.27 sign-in of operators',
    allowed: 10,
    windowMinutes: 5,
    blockMinutes: 15,
    attempt: (visitor, email) => visitor.post(LOGIN_PATHS.operator, { email, password: 'wrong password' }),
    perAccount: 'refused',
  },
  {
    name: 'S3.28 forgotten passwords',
    allowed: 5,
    windowMinutes: 15,
    blockMinutes: 30,
    attempt: (visitor, email) => visitor.post('/api/v1/portal/auth/forgot-password', { email }),
    perAccount: 'silent',
  },
  {
    name: 'S3.28 forgotten passwords of staff',
    allowed: 5,
    windowMinutes: 15,
    blockMinutes: 30,
    attempt: (visitor, email) => visitor.post('/api/v1/admin/auth/forgot-password', { email }),
    perAccount: 'silent',
  },
  {
    name: 'S3.29 resets',
    allowed: 10,
    windowMinutes: 15,
    blockMinutes: 30,
    attempt: (visitor) => visitor.post('/api/v1/portal/auth/reset-password', NONSENSE),
    perAccount: undefined,
  },
  {
    name: 'S3.29 resets of staff',
    allowed: 10,
    windowMinutes: 15,
    blockMinutes: 30,
    attempt: (visitor) => visitor.post('/api/v1/admin/auth/reset-password', NONSENSE),
    perAccount: undefined,
  },
  {
    name: 'S3.29 accepted invitations',
    allowed: 10,
    windowMinutes: 15,
    blockMinutes: 30,
    attempt: (visitor) => visitor.post('/api/v1/portal/auth/accept-invitation', NONSENSE),
    perAccount: undefined,
  },
];

describe.each(LIMITS.map((limit) => [limit.name, limit] as const))('%s', (_name, limit) => {
  const { allowed, windowMinutes, blockMinutes, attempt, perAccount } = limit;
  const nextEmail = (() => {
    let count = 0;
    return () => `somebody${(count += 1)}@padaria.example`;
  })();

  async function spend(send: () => Test): Promise<void> {
    for (let count = 0; count < allowed; count += 1) expect((await send()).status).not.toBe(429);
  }

  it(`S3.30 S3.31 stops one address after ${allowed} and says for how long`, async () => {
    const visitor = api.visitor();
    await spend(() => attempt(visitor, nextEmail()));
    const { headers } = await refusal(attempt(visitor, nextEmail()), 429, 'rate_limited');
    expect(Math.abs(Number(headers['retry-after']) - blockMinutes * 60)).toBeLessThan(5);
    expect((await attempt(api.visitor(), nextEmail())).status).not.toBe(429);
  });

  if (perAccount === 'refused') {
    it(`S3.30 stops one account after ${allowed}, wherever the attempts come from`, async () => {
      const email = nextEmail();
      await spend(() => attempt(api.visitor(), email));
      await refusal(attempt(api.visitor(), email), 429, 'rate_limited');
      expect((await attempt(api.visitor(), nextEmail())).status).not.toBe(429);
    });
  }

  it('begins anew when the window is over without a block', async () => {
    const visitor = api.visitor();
    await spend(() => attempt(visitor, nextEmail()));
    await api.rows(`update rate_limits set window_ends_at = now() - interval '1 second'`);
    await spend(() => attempt(visitor, nextEmail()));
  });

  it(`counts for ${windowMinutes} minutes and opens again after the block`, async () => {
    await attempt(api.visitor(), nextEmail());
    const [window] = await api.rows<{ minutes: number }>(
      'select round(extract(epoch from max(window_ends_at) - now()) / 60)::integer as minutes from rate_limits',
    );
    expect(window!.minutes).toBe(windowMinutes);
    const visitor = api.visitor();
    await spend(() => attempt(visitor, nextEmail()));
    await refusal(attempt(visitor, nextEmail()), 429, 'rate_limited');
    await api.rows(
      `update rate_limits set blocked_until = now() - interval '1 second' where blocked_until is not null`,
    );
    expect((await attempt(visitor, nextEmail())).status).not.toBe(429);
  });
});

it.each(['forgot-password', 'resend-verification'])(
  'S3.28 links that an office asks of one organization keep it from those of no other: %s',
  async (path) => {
    const office = api.visitor();
    const ask = (base: string, count: number) =>
      office.with({ base }).post(`/api/v1/portal/auth/${path}`, { email: `somebody${count}@padaria.example` });
    await Promise.all([0, 1, 2, 3, 4].map((count) => ask('/o/aurora', count).expect(200)));
    await refusal(ask('/o/aurora', 6), 429, 'rate_limited');
    await ask('/o/boreal', 1).expect(200);
    await ask('', 1).expect(200);
  },
);

describe('right links of mails', () => {
  const FRESH = 'quatro palavras sem nexo';
  const INVITATION = '/api/v1/portal/auth/invitation';
  const [user, colleague] = [idOf('user:ana'), idOf('staff:aurora:owner')];
  const forgotten = async (audience: 'portal' | 'admin', email: string, id: string) => {
    await api.visitor().post(`/api/v1/${audience}/auth/forgot-password`, { email }).expect(200);
    return api.linkFor(id, 'password_reset');
  };
  const pending = async () => {
    const [id, email] = [idOf('user:pending'), 'pending@padaria.example'];
    await api.visitor('/o/aurora').post('/api/v1/portal/auth/resend-verification', { email }).expect(200);
    return api.linkFor(id, 'email_verification');
  };

  it.each<[what: string, link: () => Promise<string>, doors: string[]]>([
    [
      'an invitation',
      () => api.linkFor(idOf('user:invited'), 'invitation'),
      [INVITATION, '/api/v1/portal/auth/accept-invitation'],
    ],
    [
      'a colleague’s invitation',
      () => api.linkFor(idOf('staff:aurora:invited'), 'invitation'),
      ['/api/v1/admin/auth/invitation', '/api/v1/admin/auth/accept-invitation'],
    ],
    [
      'a forgotten password',
      () => forgotten('portal', EMAIL, user),
      ['/api/v1/portal/auth/reset-link', '/api/v1/portal/auth/reset-password'],
    ],
    [
      'a colleague’s forgotten password',
      () => forgotten('admin', 'owner@aurora.example', colleague),
      ['/api/v1/admin/auth/reset-link', '/api/v1/admin/auth/reset-password'],
    ],
    ['an address', pending, ['/api/v1/portal/auth/verify-email']],
  ])('S3.29 for %s are never refused for wrong ones of their address', async (_what, link, doors) => {
    await api.reset();
    const token = await link();
    const office = api.visitor();
    const bodyFor = (door: string, text: string) =>
      /password|accept/.test(door) ? { token: text, password: FRESH } : { token: text };
    for (const door of doors) {
      const junk = () => office.post(door, bodyFor(door, 'nonsense'));
      await api.rows('delete from rate_limits');
      for (let count = 0; count < 10; count += 1) await refusal(junk(), 400, 'token_invalid');
      await refusal(junk(), 429, 'rate_limited');
      await office.post(door, bodyFor(door, token)).expect(200);
    }
  });

  it('S3.29 of many who were invited open from one address', async () => {
    await api.reset();
    const owner = await api.signIn('staff', 'owner@aurora.example');
    const invitations = Array.from({ length: 13 }, (_, n) => ({ email: `nova${n}@padaria.example`, name: 'Nova' }));
    await owner
      .post('/api/v1/admin/invitations/batch', { billingAccountId: idOf('account:padaria'), invitations })
      .expect(201);
    const office = api.visitor('/o/aurora');
    const people = await api.rows<{ id: string }>("select id from portal_users where email like 'nova%'");
    expect(people).toHaveLength(13);
    for (const { id } of people) {
      const token = await api.linkFor(id, 'invitation');
      await office.post(INVITATION, { token }).expect(200);
      await office.post('/api/v1/portal/auth/accept-invitation', { token, password: FRESH }).expect(200);
    }
  });
});

describe('a successful sign-in', () => {
  const logIn = (visitor: Visitor, password: string) => visitor.post(LOGIN_PATHS.portal, { email: EMAIL, password });

  it("S3.32 clears the account's counter", async () => {
    for (let round = 0; round < 2; round += 1) {
      for (let count = 0; count < 8; count += 1) {
        await refusal(logIn(api.visitor(), 'wrong password'), 401, 'invalid_credentials');
      }
      await logIn(api.visitor(), PASSWORD).expect(200);
    }
  });

  it('S3.32 is never counted against its address, and never clears what failures left there', async () => {
    const office = api.visitor();
    for (let count = 0; count < 12; count += 1) await logIn(office, PASSWORD).expect(200);
    for (let count = 0; count < 9; count += 1) {
      await refusal(
        office.post(LOGIN_PATHS.portal, { email: `nobody${count}@x.example`, password: 'x' }),
        401,
        'invalid_credentials',
      );
      await logIn(office, PASSWORD).expect(200);
    }
    await refusal(logIn(office, 'wrong password'), 401, 'invalid_credentials');
    await refusal(logIn(office, PASSWORD), 429, 'rate_limited');
  });

  it('S3.27 S3.32 many of one address sign in at the same moment', async () => {
    const office = api.visitor();
    const people = [
      'ana@padaria.example',
      'bruno@padaria.example',
      'carla@oficina.example',
      'davi@boreal-cliente.example',
    ];
    const answers = await Promise.all(
      Array.from({ length: 28 }, (_, count) =>
        office.post(LOGIN_PATHS.portal, { email: people[count % people.length], password: PASSWORD }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 28 }, () => 200));
  });

  it('S3.27 no more than the limit are compared although many come at the same moment', async () => {
    const visitor = api.visitor();
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, count) =>
        visitor.post(LOGIN_PATHS.portal, { email: `many${count}@padaria.example`, password: 'wrong password' }),
      ),
    );
    const compared = answers.filter(({ status }) => status === 401).length;
    // Those that were being compared when the last one failed.
    expect(compared).toBeGreaterThanOrEqual(10);
    expect(compared).toBeLessThanOrEqual(13);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(40 - compared);
  });
});

describe('S3.28 asking for links to somebody else’s account', () => {
  it.each([
    ['portal/auth/forgot-password', EMAIL],
    ['admin/auth/forgot-password', 'owner@aurora.example'],
    ['portal/auth/resend-verification', 'pending@padaria.example'],
  ])('sends nothing once the account’s limit is spent, and refuses nobody (%s)', async (path, email) => {
    await api.reset();
    const ask = () => api.visitor().post(`/api/v1/${path}`, { email }).expect(200);
    const answers = await Promise.all(Array.from({ length: 8 }, ask));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await api.rows('select 1 from mails')).toHaveLength(5);
  });
});

describe('right sign-ins', () => {
  it.each([
    ['portal', LOGIN_PATHS.portal, EMAIL, 'balcao_portal_device'],
    ['staff', LOGIN_PATHS.staff, 'owner@aurora.example', 'balcao_staff_device'],
    ['operator', LOGIN_PATHS.operator, 'operator@balcao.example', 'balcao_operator_device'],
  ] as const)(
    'S3.27 are thirty in five minutes, of %s by name and on known devices',
    async (realm, path, email, cookie) => {
      await api.reset();
      const own = await api.signIn(realm, email);
      const enter = (visitor: Visitor, password = PASSWORD) => visitor.post(path, { email, password });
      const { value } = cookiesOf(await enter(api.visitor()).expect(200))[cookie]!;
      const device = () => api.visitor().with({ credentials: { cookies: { [cookie]: value } } });
      for (let count = 2; count < 30; count += 1) await enter(api.visitor()).expect(200);
      const retryAfter = Number((await refusal(enter(api.visitor()), 429, 'rate_limited')).headers['retry-after']);
      expect(retryAfter).toBeGreaterThan(60);
      expect(retryAfter).toBeLessThanOrEqual(300);
      // Told by the name alone: what the password is, nobody learns.
      await refusal(enter(api.visitor(), 'wrong password'), 429, 'rate_limited');
      for (let count = 0; count < 30; count += 1) await enter(device()).expect(200);
      await refusal(enter(device()), 429, 'rate_limited');
      if (realm === 'operator') return;
      // A new password opens a session as well.
      const change = { currentPassword: PASSWORD, newPassword: NONSENSE.password };
      const profile = realm === 'portal' ? '/api/v1/portal/profile' : '/api/v1/admin/profile';
      await refusal(own.post(`${profile}/password`, change), 429, 'rate_limited');
    },
  );

  it('S3.30 are used up by nobody who gets them wrong, and a new password by link ends the wait', async () => {
    await api.reset();
    const enter = (password: string) => api.visitor('/o/aurora').post(LOGIN_PATHS.portal, { email: EMAIL, password });
    for (let round = 0; round < 5; round += 1) {
      for (let count = 0; count < 9; count += 1) await enter('wrong password').expect(401);
      await enter(PASSWORD).expect(200);
    }
    for (let count = 5; count < 30; count += 1) await enter(PASSWORD).expect(200);
    await refusal(enter(PASSWORD), 429, 'rate_limited');
    await api.visitor('/o/aurora').post('/api/v1/portal/auth/forgot-password', { email: EMAIL }).expect(200);
    const token = await api.linkFor(idOf('user:ana'), 'password_reset');
    const { password } = NONSENSE;
    await api.visitor('/o/aurora').post('/api/v1/portal/auth/reset-password', { token, password }).expect(200);
    await enter(password).expect(200);
  });
});

describe('strangers who pick a victim', () => {
  const guess = (visitor: Visitor, path: string, email: string) =>
    visitor.post(path, { email, password: 'wrong password' });

  it.each([
    ['portal', LOGIN_PATHS.portal, EMAIL, 'balcao_portal_device'],
    ['staff', LOGIN_PATHS.staff, 'owner@aurora.example', 'balcao_staff_device'],
    ['operator', LOGIN_PATHS.operator, 'operator@balcao.example', 'balcao_operator_device'],
  ] as const)('S3.30 never keep a known device of %s out', async (_realm, path, email, cookie) => {
    await api.reset();
    const { value } = cookiesOf(await api.visitor().post(path, { email, password: PASSWORD }).expect(200))[cookie]!;
    for (let count = 0; count < 14; count += 1) await guess(api.visitor(), path, email);
    const stranger = await api.visitor().post(path, { email, password: PASSWORD });
    expect([403, 429]).toContain(stranger.status);
    const device = api.visitor().with({ credentials: { cookies: { [cookie]: value } } });
    await device.post(path, { email, password: PASSWORD }).expect(200);
  });

  it.each([
    ['portal', LOGIN_PATHS.portal, EMAIL, 'balcao_portal_device'],
    ['staff', LOGIN_PATHS.staff, 'owner@aurora.example', 'balcao_staff_device'],
    ['operator', LOGIN_PATHS.operator, 'operator@balcao.example', 'balcao_operator_device'],
  ] as const)('S3.30 of its own address never keep a known device of %s out', async (_realm, path, email, cookie) => {
    await api.reset();
    const office = api.visitor();
    const { value } = cookiesOf(await office.post(path, { email, password: PASSWORD }).expect(200))[cookie]!;
    for (let count = 0; count < 11; count += 1) await guess(office, path, `nobody${count}@x.example`);
    await refusal(office.post(path, { email, password: PASSWORD }), 429, 'rate_limited');
    const device = office.with({ credentials: { cookies: { [cookie]: value } } });
    await device.post(path, { email, password: PASSWORD }).expect(200);
    // Its own wrong ones still are its own, and counted.
    for (let count = 0; count < 10; count += 1) await guess(device, path, email);
    await refusal(device.post(path, { email, password: PASSWORD }), 429, 'rate_limited');
  });

  it('of one site of IPv6 are counted together, and keep nobody else out', async () => {
    await api.reset();
    const at = (network: string) => api.visitor('', { 'x-forwarded-for': `2001:db8:${network}::1` });
    const { value } = cookiesOf(await at('7:1').post(LOGIN_PATHS.portal, { email: EMAIL, password: PASSWORD }))[
      'balcao_portal_device'
    ]!;
    const statuses: number[] = [];
    for (let count = 0; count < 52; count += 1)
      statuses.push((await guess(at(`7:${count}`), LOGIN_PATHS.portal, `many${count}@x.example`)).status);
    expect(statuses).toEqual([...Array<number>(50).fill(401), 429, 429]);
    await at('8:1').post(LOGIN_PATHS.portal, { email: EMAIL, password: PASSWORD }).expect(200);
    const device = at('7:1').with({ credentials: { cookies: { balcao_portal_device: value } } });
    await device.post(LOGIN_PATHS.portal, { email: EMAIL, password: PASSWORD }).expect(200);
  });

  it('S3.28 of one site of IPv6 ask for so many links together', async () => {
    await api.reset();
    const statuses: number[] = [];
    for (let count = 0; count < 26; count += 1) {
      const visitor = api.visitor('', { 'x-forwarded-for': `2001:db8:9:${count}::1` });
      statuses.push(
        (await visitor.post('/api/v1/admin/auth/forgot-password', { email: `many${count}@x.example` })).status,
      );
    }
    expect(statuses).toEqual([...Array<number>(25).fill(200), 429]);
  });

  it('of any number of networks keep nobody out of the organization; each of them may fail less often', async () => {
    await api.reset();
    const at = (address?: string) => api.visitor('/o/aurora', address ? { 'x-forwarded-for': address } : {});
    const right = (visitor: Visitor) => visitor.post(LOGIN_PATHS.portal, { email: EMAIL, password: PASSWORD });
    for (let count = 0; count < 200; count += 1)
      await guess(at(`192.0.2.${count}`), LOGIN_PATHS.portal, `many${count}@x.example`).expect(401);
    await right(at()).expect(200);
    // A typo or two are nobody's attack.
    const customer = at();
    for (let count = 0; count < 2; count += 1) await guess(customer, LOGIN_PATHS.portal, EMAIL).expect(401);
    await right(customer).expect(200);
    await guess(customer, LOGIN_PATHS.portal, 'nobody@x.example').expect(401);
    await refusal(right(customer), 429, 'rate_limited');
    // The other organization has its own count.
    const elsewhere = api.visitor('/o/boreal');
    for (let count = 0; count < 9; count += 1)
      await guess(elsewhere, LOGIN_PATHS.portal, `x${count}@x.example`).expect(401);
    await elsewhere.post(LOGIN_PATHS.portal, { email: 'davi@boreal-cliente.example', password: PASSWORD }).expect(200);
  });

  it('S3.30 spend nothing of the same e-mail in another organization', async () => {
    await api.reset();
    const at = (base: string) => api.visitor(base);
    for (let count = 0; count < 11; count += 1) await guess(at('/o/aurora'), LOGIN_PATHS.portal, 'multi@example.com');
    await at('/o/boreal').post(LOGIN_PATHS.portal, { email: 'multi@example.com', password: PASSWORD }).expect(200);
  });
});

it('the limit is met before the password is looked at', async () => {
  const visitor = api.visitor();
  const attempt = (password: string) => visitor.post(LOGIN_PATHS.portal, { email: EMAIL, password });
  for (let count = 0; count < 10; count += 1) await attempt('wrong password');
  await refusal(attempt(PASSWORD), 429, 'rate_limited');
});

const EVERYTHING_ELSE = [
  '/o/aurora/portal/login',
  '/portal/branding.css',
  '/console',
  '/ops/queues',
  '/nothing',
  '/api/v1/portal/tickets/%zz',
  `/api/v1/portal/tickets/${'x'.repeat(3_000)}`,
  '/api/openapi.json',
  '/',
  '/portal/assets/x.js',
  '/api/docs',
  '/robots.txt',
  '/favicon.ico',
];

it('S3.31 one address may not send more than the configured number of requests in a minute', async () => {
  const small = await startTestApp({ config: { requestsPerMinute: 10 } });
  try {
    const visitor = small.visitor();
    const me = '/api/v1/portal/auth/me';
    for (let left = 9; left >= 0; left -= 1) {
      const { headers } = await refusal(visitor.get(me), 401, 'unauthenticated');
      expect([headers['ratelimit-limit'], headers['ratelimit-remaining']]).toEqual(['10', String(left)]);
    }
    const { headers } = await refusal(visitor.get(me), 429, 'rate_limited');
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    await refusal(small.visitor().get(me), 401, 'unauthenticated');
    // Whatever else is asked for counts, and comes after it; only probes do not.
    for (const path of EVERYTHING_ELSE) await refusal(visitor.get(path), 429, 'rate_limited');
    await visitor.get('/health/live').expect(200);
    await visitor.get('/health/ready').expect(200);
    const spender = small.visitor();
    for (const path of EVERYTHING_ELSE.slice(0, 10)) expect((await spender.get(path)).status).not.toBe(429);
    await refusal(spender.get(me), 429, 'rate_limited');
  } finally {
    await small.close();
  }
});

it('people behind one address have a budget each, and cookies that are made up cost the address', async () => {
  const small = await startTestApp({ config: { requestsPerMinute: 20 } });
  try {
    const office = (session?: string) =>
      small
        .visitor('', { 'x-forwarded-for': '203.0.113.7' })
        .with(session ? { credentials: { cookies: { balcao_portal_session: session } } } : {});
    const people = [];
    for (const email of ['ana@padaria.example', 'bruno@padaria.example', 'carla@oficina.example'])
      people.push(
        office(
          cookiesOf(await office().post(LOGIN_PATHS.portal, { email, password: PASSWORD }))['balcao_portal_session']!
            .value,
        ),
      );
    const me = '/api/v1/portal/auth/me';
    for (let count = 0; count < 12; count += 1) for (const person of people) await person.get(me).expect(200);
    const statuses = [];
    for (let count = 0; count < 25; count += 1)
      statuses.push((await office('x'.repeat(20) + String(count).padStart(23, '0')).get(me)).status);
    expect(statuses).toEqual([...Array<number>(17).fill(401), ...Array<number>(8).fill(429)]);
    await refusal(office().get(me), 429, 'rate_limited');
    const { headers } = await people[0]!.get(me).expect(200);
    expect([headers['ratelimit-limit'], headers['ratelimit-remaining']]).toEqual(['20', '7']);
    for (let count = 0; count < 7; count += 1) await people[0]!.get(me).expect(200);
    await refusal(people[0]!.get(me), 429, 'rate_limited');
    await people[1]!.get(me).expect(200);
  } finally {
    await small.close();
  }
});

it.each([10, 100])(
  'of a budget of %i one person writes a thirtieth at a time, and nobody else any less',
  async (budget) => {
    const small = await startTestApp({ config: { requestsPerMinute: budget } });
    try {
      const [ana, agent, admin] = [
        await small.signIn('portal', 'ana@padaria.example'),
        await small.signIn('staff', 'agent@aurora.example'),
        await small.signIn('staff', 'admin@aurora.example'),
      ];
      const [own, inbox] = ['/api/v1/portal/tickets', '/api/v1/admin/tickets'];
      const { body } = await ana.post(own, { subject: 'Forno', description: 'Não liga' }).expect(201);
      const comments = `${(body as { ticket: { id: string } }).ticket.id}/comments`;
      /** As many as there are until one is refused, for no longer than the minute lasts. */
      const untilRefused = async (ask: () => Test, status: number) => {
        for (let count = 0; count < 200; count += 1) {
          const answer = await ask();
          if (answer.status !== 429) expect(answer.status).toBe(status);
          else {
            expect(answer.body).toMatchObject({ code: 'rate_limited' });
            expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
            return count;
          }
        }
        throw new Error('Nothing was refused');
      };
      // One more minute may begin in between.
      const replies = await untilRefused(() => ana.post(`${own}/${comments}`, { body: 'E agora?' }), 201);
      expect(replies).toBeLessThan(60);
      await agent.post(`${inbox}/${comments}`, { body: 'Amanhã', isPublic: true }).expect(201);
      const bulk = { ids: [randomUUID()], priority: 'high' };
      const changes = await untilRefused(() => admin.post(`${inbox}/bulk`, bulk), 200);
      expect(changes).toBeGreaterThanOrEqual(4);
      expect(changes).toBeLessThanOrEqual(12);
    } finally {
      await small.close();
    }
  },
);

describe('what may be written in a day', () => {
  let small: TestApp;
  afterEach(() => small?.close());
  const begin = async () => void (small = await startTestApp({ config: { writesPerDay: 10 } }));
  const TICKETS = '/api/v1/portal/tickets';
  const open = (person: Visitor) => person.post(TICKETS, { subject: 'Forno', description: 'Não liga' });

  it('is so much of one person, who goes on reading, taking back and signing out, and of one account', async () => {
    await begin();
    const [ana, bruno] = [
      await small.signIn('portal', 'ana@padaria.example'),
      await small.signIn('portal', 'bruno@padaria.example'),
    ];
    const { id } = ((await open(ana).expect(201)).body as { ticket: { id: string } }).ticket;
    const { body } = await ana.post(`${TICKETS}/${id}/comments`, { body: 'Olá' }).expect(201);
    for (let count = 0; count < 8; count += 1) await ana.patch('/api/v1/portal/profile', { name: 'Ana' }).expect(200);
    const refused = [];
    for (let count = 0; count < 60; count += 1) refused.push(await open(ana));
    for (const answer of refused) expect(answer.body).toMatchObject({ status: 429, code: 'daily_limit_reached' });
    expect(refused[0]!.body.detail).toMatch(/em um dia foi atingido/);
    const inEnglish = await refusal(open(ana).set('accept-language', 'en'), 429, 'daily_limit_reached');
    expect(inEnglish.body.detail).toMatch(/in a day is reached/);
    expect(Number(refused[0]!.headers['retry-after'])).toBeGreaterThan(86_000);
    expect(Number(refused[0]!.headers['retry-after'])).toBeLessThanOrEqual(86_400);
    await ana.get(`${TICKETS}/${id}`).expect(200);
    await ana.delete(`${TICKETS}/${id}/comments/${(body as { comment: { id: string } }).comment.id}`).expect(200);
    await ana.post('/api/v1/portal/auth/logout').expect(200);
    // What was refused took nothing from the account: 40 are left to it, of which Bruno has ten.
    for (let count = 0; count < 10; count += 1) await open(bruno).expect(201);
    await refusal(open(bruno), 429, 'daily_limit_reached');
  });

  it('is less of what is larger: articles count five, and what only looks counts nothing', async () => {
    await begin();
    const agent = await small.signIn('staff', 'agent@aurora.example');
    const write = () =>
      agent.post('/api/v1/admin/kb/articles', { title: 'Forno', locale: 'pt-BR', bodyMarkdown: 'Ligue.' });
    for (let count = 0; count < 3; count += 1)
      await agent.post('/api/v1/admin/kb/preview', { bodyMarkdown: 'Ligue.' }).expect(200);
    await write().expect(201);
    await write().expect(201);
    await refusal(write(), 429, 'daily_limit_reached');
    const admin = await small.signIn('staff', 'admin@aurora.example');
    const bulk = () => admin.post('/api/v1/admin/tickets/bulk', { ids: [randomUUID()], priority: 'high' });
    await bulk().expect(200);
    await refusal(bulk(), 429, 'daily_limit_reached');
    // Nine are left, which a request for ten takes nothing of.
    const owner = await small.signIn('staff', 'owner@aurora.example');
    const rename = () => owner.patch('/api/v1/admin/profile', { name: 'Olga' });
    await rename().expect(200);
    await refusal(
      owner.post('/api/v1/admin/invitations/batch', {
        billingAccountId: idOf('account:padaria'),
        invitations: [{ email: 'nova@padaria.example', name: 'Nova' }],
      }),
      429,
      'daily_limit_reached',
    );
    for (let count = 0; count < 9; count += 1) await rename().expect(200);
    await refusal(rename(), 429, 'daily_limit_reached');
  });
});
