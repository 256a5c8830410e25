import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const PROFILE = '/api/v1/portal/profile';
let api: TestApp;
let ana: Visitor;
beforeAll(async () => (api = await startTestApp()));
beforeEach(async () => {
  await api.reset();
  ana = await api.signIn('portal', 'ana@padaria.example');
});
afterAll(() => api.close());

it('S3.83 answers who is signed in', async () => {
  const { body } = await ana.get(PROFILE).expect(200);
  expect(body.user).toMatchObject({ email: 'ana@padaria.example', name: 'Person ana', receiveNotifications: true });
});

describe('S3.84 S3.62 any combination may be changed', () => {
  it.each([
    ['S3.63 the name', { name: 'Ana Ribeiro' }],
    ['S3.64 notices', { receiveNotifications: false }],
    ['S2.27 the language', { locale: 'en-US' }],
    ['S2.26 the time zone', { timeZone: 'America/Manaus' }],
    ['all of them', { name: 'Ana R.', receiveNotifications: false, locale: 'pt-BR', timeZone: 'Europe/Lisbon' }],
    ['nothing', {}],
  ])('S3.62 %s', async (_what, patch) => {
    const before = (await ana.get(PROFILE).expect(200)).body.user;
    const { body } = await ana.patch(PROFILE, patch).expect(200);
    const expected = { ...before, ...patch, displayName: (patch as { name?: string }).name ?? before.displayName };
    expect(body.user).toEqual(expected);
    expect((await ana.get(PROFILE).expect(200)).body.user).toEqual(expected);
  });
});

it('S3.63 a name has 1 to 255 characters, without the spaces around them', async () => {
  const { body } = await ana.patch(PROFILE, { name: `  ${'x'.repeat(255)}  ` }).expect(200);
  expect(body.user.name).toHaveLength(255);
  for (const name of ['', '   ', 'x'.repeat(256)]) {
    await refusal(ana.patch(PROFILE, { name }), 400, 'validation_failed');
  }
});

it('S2.26 a time zone is kept in its own spelling', async () => {
  const { body } = await ana.patch(PROFILE, { timeZone: 'america/manaus' }).expect(200);
  expect(body.user.timeZone).toBe('America/Manaus');
});

it('S2.26 a time zone that does not exist is refused', async () => {
  for (const timeZone of ['Mars/Olympus', 'GMT+99', '../etc/passwd']) {
    const response = await refusal(ana.patch(PROFILE, { timeZone }), 400, 'validation_failed');
    expect(response.body.errors[0].path).toBe('timeZone');
  }
});

it("what is not one's own to change is refused", async () => {
  for (const name of ['email', 'status', 'roleId', 'billingAccountId', 'organizationId', 'id', 'ssoOnly']) {
    await refusal(ana.patch(PROFILE, { [name]: 'x' }), 400, 'validation_failed');
  }
});

it("changes nobody else's", async () => {
  await ana.patch(PROFILE, { name: 'Only Ana' }).expect(200);
  expect(await api.rows("select email from portal_users where name = 'Only Ana'")).toEqual([
    { email: 'ana@padaria.example' },
  ]);
});
