import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { idOf } from '../support/ids.js';
import { LOGIN_PATHS } from '../support/sign-in.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let api: TestApp;
beforeAll(async () => (api = await startTestApp()));
beforeEach(() => api.reset());
afterAll(() => api.close());

/** Where an attempt is sent, and what it names there. */
const PLACES: Record<string, { base?: string; body?: object }> = {
  'at aurora': { base: '/o/aurora' },
  'naming aurora': { body: { organizationSlug: 'aurora' } },
  "naming aurora's id": { body: { orgId: idOf('organization:aurora') } },
  "naming aurora's account": {
    body: { orgId: idOf('organization:aurora'), billingAccountId: idOf('account:padaria') },
  },
  'at boreal': { base: '/o/boreal' },
  'naming boreal': { body: { organizationSlug: 'boreal' } },
  'naming nobody': {},
  'naming what is not there': { body: { organizationSlug: 'nowhere' } },
};

/** Attempts: where, by which of the names, and how often. */
type Step = [place: keyof typeof PLACES, name: 'email' | 'username', times: number];

const PORTAL_STEPS: Step[][] = [
  [['at aurora', 'email', 12]],
  [
    ['at aurora', 'email', 10],
    ['naming nobody', 'email', 2],
    ['at aurora', 'email', 1],
  ],
  [
    ['naming nobody', 'email', 10],
    ['at aurora', 'email', 2],
    ['at boreal', 'email', 2],
    ['naming nobody', 'email', 1],
  ],
  [
    ['at aurora', 'username', 10],
    ['at aurora', 'email', 2],
    ['at aurora', 'username', 1],
  ],
  [
    ['at aurora', 'email', 9],
    ['naming nobody', 'username', 3],
    ['at aurora', 'username', 3],
    ['at aurora', 'email', 3],
  ],
  [
    ['naming aurora', 'email', 4],
    ["naming aurora's id", 'email', 4],
    ["naming aurora's account", 'email', 4],
  ],
  [
    ['naming boreal', 'email', 10],
    ['naming aurora', 'email', 1],
    ['naming boreal', 'email', 1],
    ['naming nobody', 'email', 1],
  ],
  [
    ['naming what is not there', 'email', 11],
    ['naming aurora', 'email', 2],
    ['naming nobody', 'email', 2],
  ],
  [
    ['at aurora', 'email', 2],
    ['naming nobody', 'email', 2],
    ['at aurora', 'username', 2],
    ['at aurora', 'email', 2],
  ],
];

const STAFF_STEPS: Step[][] = [
  [
    ['naming aurora', 'email', 10],
    ['naming boreal', 'email', 2],
    ['naming nobody', 'email', 2],
  ],
  [
    ['naming nobody', 'email', 10],
    ['naming aurora', 'email', 2],
    ['naming nobody', 'email', 1],
  ],
  [
    ['naming boreal', 'email', 11],
    ['naming aurora', 'email', 11],
  ],
  [
    ['naming what is not there', 'email', 11],
    ['naming nobody', 'email', 2],
  ],
];

const written = (steps: Step[]) => steps.map(([place, name, times]) => `${times} by ${name} ${place}`).join(', ');
const VARIABLE = ['date', 'x-request-id', 'retry-after', 'ratelimit-reset'];

/** All that an answer tells, but for what differs from one request to the next. */
function told({ status, body, headers }: Response) {
  const { requestId: _id, ...problem } = body as Record<string, unknown>;
  const constant = Object.fromEntries(Object.entries(headers).filter(([name]) => !VARIABLE.includes(name)));
  // A second more or less is the clock's.
  const seconds = headers['retry-after'] === undefined ? null : Math.round(Number(headers['retry-after']) / 10);
  return { status, problem, constant, seconds };
}

async function answersFor(
  audience: 'portal' | 'staff',
  names: Record<string, string>,
  steps: Step[],
  lockThreshold = 10,
) {
  await api.reset();
  const settings = { security: { lockThreshold } };
  await api.rows("update portals set settings = $1 where slug = 'aurora'", settings);
  await api.rows("update portal_users set username = 'ana' where id = $1", idOf('user:ana'));
  const answers = [];
  for (const [place, name, times] of steps) {
    const { base, body } = PLACES[place]!;
    for (let count = 0; count < times; count += 1) {
      const wrong = { email: names[name], password: `wrong password ${count}`, ...body };
      answers.push(told(await api.visitor(base).post(LOGIN_PATHS[audience], wrong)));
    }
  }
  return answers;
}

describe.each([3, 50])('S0.22 where %i wrong passwords lock', (lockThreshold) => {
  const KNOWN = { email: 'ana@padaria.example', username: 'ana' };
  const UNKNOWN = { email: 'bia@padaria.example', username: 'bia' };

  it.each(PORTAL_STEPS.map((steps): [string, Step[]] => [written(steps), steps]))(
    'a customer who is known is refused as one who is not: %s',
    async (_what, steps) => {
      const known = await answersFor('portal', KNOWN, steps, lockThreshold);
      const unknown = await answersFor('portal', UNKNOWN, steps, lockThreshold);
      expect(known).toEqual(unknown);
      expect(known.map(({ status }) => status)).toContain(401);
    },
  );
});

it.each(STAFF_STEPS.map((steps): [string, Step[]] => [written(steps), steps]))(
  'S0.22 staff who are known are refused as those who are not: %s',
  async (_what, steps) => {
    const known = await answersFor('staff', { email: 'agent@aurora.example' }, steps);
    expect(known).toEqual(await answersFor('staff', { email: 'nobody@aurora.example' }, steps));
  },
);

it('S0.22 whoever is locked already is refused as before by names that are not', async () => {
  await api.rows("update portal_users set status = 'locked', locked_until = null where id = $1", idOf('user:ana'));
  const attempt = async (email: string) =>
    told(await api.visitor('/o/aurora').post(LOGIN_PATHS.portal, { email, password: 'wrong password' }));
  expect(await attempt('ana@padaria.example')).toEqual(await attempt('bia@padaria.example'));
});

it('S0.22 under attack a network that names no organization is refused alike, whom it may mean', async () => {
  const send = (email: string, body = {}, visitor = api.visitor()) =>
    visitor.post(LOGIN_PATHS.staff, { email, password: 'wrong password', ...body });
  for (let count = 0; count < 200; count += 1)
    await send(`nobody${count}@nowhere.example`, { organizationSlug: 'nowhere' });
  for (const email of ['agent@aurora.example', 'nobody@aurora.example']) {
    const visitor = api.visitor();
    const answers = [];
    for (let count = 0; count < 6; count += 1) answers.push((await send(email, {}, visitor)).status);
    expect(answers).toEqual([401, 401, 401, 401, 401, 401]);
  }
});
