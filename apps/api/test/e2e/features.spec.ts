import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ALL_FEATURES } from '@balcao/contracts';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let api: TestApp;
beforeAll(async () => (api = await startTestApp()));
beforeEach(() => api.reset());
afterAll(() => api.close());

async function switchOff(feature: string): Promise<void> {
  const owner = await api.signIn('staff', 'owner@aurora.example');
  const patch = { version: 1, settings: { features: { [feature]: false } } };
  await owner.patch(`/api/v1/admin/portals/${idOf('portal:aurora')}`, patch).expect(200);
}

it('S3.5 S3.8 every switch is on by default', async () => {
  const ana = await api.signIn('portal', 'ana@padaria.example');
  const { body } = await ana.get('/api/v1/portal/auth/me').expect(200);
  expect(body.features).toEqual(ALL_FEATURES);
});

it('knows no switch of what does not exist', async () => {
  const owner = await api.signIn('staff', 'owner@aurora.example');
  const path = `/api/v1/admin/portals/${idOf('portal:aurora')}`;
  const { body } = await owner.get(path).expect(200);
  expect(Object.keys(body.portal.settings).sort()).toEqual([
    'branding',
    'features',
    'invitations',
    'mail',
    'payments',
    'security',
    'signup',
    'style',
    'subscriptions',
    'tickets',
  ]);
  for (const settings of [{ features: { assetCheckout: true } }, { billing: {} }, { features: { tickets: 'no' } }]) {
    await refusal(owner.patch(path, { version: 1, settings }), 400, 'validation_failed');
  }
});

it('S3.5 changing one switch leaves the others and the other sections as they are', async () => {
  await switchOff('tickets');
  const owner = await api.signIn('staff', 'owner@aurora.example');
  const path = `/api/v1/admin/portals/${idOf('portal:aurora')}`;
  const settings = { features: { invitations: false }, security: { lockMinutes: 0 } };
  const { body } = await owner.patch(path, { version: 2, settings }).expect(200);
  expect(body.portal).toMatchObject({
    version: 3,
    settings: {
      features: { tickets: false, invitations: false, knowledgeBase: true },
      security: { lockMinutes: 0, lockThreshold: 10 },
      tickets: { autoCloseDays: 7 },
    },
  });
});

describe('switched off', () => {
  it.each([
    ['get', '/api/v1/portal/tickets'],
    ['post', '/api/v1/portal/tickets'],
    ['get', `/api/v1/portal/tickets/${idOf('ticket:ana')}`],
    ['post', `/api/v1/portal/tickets/${idOf('ticket:ana')}/comments`],
    ['post', `/api/v1/portal/tickets/${idOf('ticket:ana')}/close`],
    ['post', `/api/v1/portal/tickets/${idOf('ticket:ana')}/reopen`],
  ] as ['get' | 'post', string][])('S3.5 tickets: %s %s', async (method, path) => {
    const ana = await api.signIn('portal', 'ana@padaria.example');
    await switchOff('tickets');
    // Before the body is read: an unacceptable one makes no difference.
    await refusal(
      ana.request(method, path, method === 'post' ? { nonsense: 1 } : undefined),
      403,
      'PORTAL_TICKETS_DISABLED',
    );
    expect((await ana.get('/api/v1/portal/auth/me').expect(200)).body.features.tickets).toBe(false);
  });

  it('S3.5 tickets: staff still answer them', async () => {
    await switchOff('tickets');
    const agent = await api.signIn('staff', 'agent@aurora.example');
    await agent.get(`/api/v1/admin/tickets/${idOf('ticket:ana')}`).expect(200);
  });

  it.each(['', '/categories', '/articles/aurora-portal'])('the knowledge base: %s', async (path) => {
    const ana = await api.signIn('portal', 'ana@padaria.example');
    await switchOff('knowledgeBase');
    await refusal(ana.get(`/api/v1/portal/kb${path}`), 403, 'PORTAL_KNOWLEDGE_BASE_DISABLED');
  });

  it('S3.8 password reset, at the address of the portal', async () => {
    await switchOff('passwordReset');
    const visitor = api.visitor('/o/aurora');
    const body = { email: 'ana@padaria.example' };
    await refusal(visitor.post('/api/v1/portal/auth/forgot-password', body), 403, 'PORTAL_PASSWORD_RESET_DISABLED');
    const reset = { token: 'x', password: 'quatro palavras sem nexo' };
    await refusal(visitor.post('/api/v1/portal/auth/reset-password', reset), 403, 'PORTAL_PASSWORD_RESET_DISABLED');
    await api.visitor('/o/boreal').post('/api/v1/portal/auth/forgot-password', body).expect(200);
  });

  it('S3.8 password reset, where only the e-mail tells the portal', async () => {
    await switchOff('passwordReset');
    const body = { email: 'ana@padaria.example' };
    await api.visitor().post('/api/v1/portal/auth/forgot-password', body).expect(200);
    expect(await api.rows("select 1 from mails where template = 'password-reset'")).toEqual([]);
  });

  it('S3.8 password reset, although the link was mailed before', async () => {
    await api.visitor('/o/aurora').post('/api/v1/portal/auth/forgot-password', { email: 'ana@padaria.example' });
    const token = await api.linkFor(idOf('user:ana'), 'password_reset');
    await switchOff('passwordReset');
    const reset = { token, password: 'quatro palavras sem nexo' };
    await refusal(
      api.visitor().post('/api/v1/portal/auth/reset-password', reset),
      403,
      'PORTAL_PASSWORD_RESET_DISABLED',
    );
  });
});

it("S3.1 a switch of one portal is no other portal's, nor the staff's", async () => {
  await switchOff('passwordReset');
  const forgot = (base: string, audience: string, email: string) =>
    api.visitor(base).post(`/api/v1/${audience}/auth/forgot-password`, { email }).expect(200);
  await forgot('/o/aurora-partners', 'portal', 'ana@padaria.example');
  await forgot('', 'admin', 'owner@aurora.example');
  expect(await api.mails()).toHaveLength(2);
  const reset = { token: await api.linkFor(idOf('user:ana'), 'password_reset'), password: 'quatro palavras sem nexo' };
  await api.visitor('/o/aurora-partners').post('/api/v1/portal/auth/reset-password', reset).expect(200);
});

it("S3.1 a switch of one portal does nothing to a session of another portal's", async () => {
  await switchOff('tickets');
  const partners = await api.signIn('portal', 'ana@padaria.example', { base: '/o/aurora-partners' });
  await partners.get('/api/v1/portal/tickets').expect(200);
  const davi = await api.signIn('portal', 'davi@boreal-cliente.example');
  await davi.get('/api/v1/portal/tickets').expect(200);
});

it('401 comes before the switch, and the switch before the permission', async () => {
  const nina = await api.signIn('portal', 'nina@padaria.example');
  await switchOff('tickets');
  await refusal(api.visitor('/o/aurora').get('/api/v1/portal/tickets'), 401, 'unauthenticated');
  await refusal(nina.get('/api/v1/portal/tickets'), 403, 'PORTAL_TICKETS_DISABLED');
});
