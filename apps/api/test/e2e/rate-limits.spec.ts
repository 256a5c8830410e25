import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Test } from 'supertest';
import { refusal } from '../support/problem.js';
import { LOGIN_PATHS } from '../support/sign-in.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';
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
  perAccount: boolean;
}

const LIMITS: Limit[] = [
  {
    name: 'S3.27 sign-in',
    allowed: 10,
    windowMinutes: 5,
    blockMinutes: 15,
    attempt: (visitor, email) => visitor.post(LOGIN_PATHS.portal, { email, password: 'wrong password' }),
    perAccount: true,
  },
  {
    name: 'S3.27 sign-in of staff',
    allowed: 10,
    windowMinutes: 5,
    blockMinutes: 15,
    attempt: (visitor, email) => visitor.post(LOGIN_PATHS.staff, { email, password: 'wrong password' }),
    perAccount: true,
  },
  {
    name: 'S3.27 sign-in of operators',
    allowed: 10,
    windowMinutes: 5,
    blockMinutes: 15,
    attempt: (visitor, email) => visitor.post(LOGIN_PATHS.operator, { email, password: 'wrong password' }),
    perAccount: true,
  },
  {
    name: 'S3.28 forgotten passwords',
    allowed: 5,
    windowMinutes: 15,
    blockMinutes: 30,
    attempt: (visitor, email) => visitor.post('/api/v1/portal/auth/forgot-password', { email }),
    perAccount: true,
  },
  {
    name: 'S3.28 forgotten passwords of staff',
    allowed: 5,
    windowMinutes: 15,
    blockMinutes: 30,
    attempt: (visitor, email) => visitor.post('/api/v1/admin/auth/forgot-password', { email }),
    perAccount: true,
  },
  {
    name: 'S3.29 resets',
    allowed: 10,
    windowMinutes: 15,
    blockMinutes: 30,
    attempt: (visitor) => visitor.post('/api/v1/portal/auth/reset-password', NONSENSE),
    perAccount: false,
  },
  {
    name: 'S3.29 resets of staff',
    allowed: 10,
    windowMinutes: 15,
    blockMinutes: 30,
    attempt: (visitor) => visitor.post('/api/v1/admin/auth/reset-password', NONSENSE),
    perAccount: false,
  },
  {
    name: 'S3.29 accepted invitations',
    allowed: 10,
    windowMinutes: 15,
    blockMinutes: 30,
    attempt: (visitor) => visitor.post('/api/v1/portal/auth/accept-invitation', NONSENSE),
    perAccount: false,
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

  if (perAccount) {
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

  it("S3.32 never clears the address's counter", async () => {
    const visitor = api.visitor();
    for (let count = 0; count < 10; count += 1) await logIn(visitor, PASSWORD).expect(200);
    await refusal(logIn(visitor, PASSWORD), 429, 'rate_limited');
  });
});

it('decision 14: the limit is met before the password is looked at', async () => {
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
