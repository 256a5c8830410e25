import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/test-app.js';

let api: TestApp;
beforeAll(async () => (api = await startTestApp()));
afterAll(() => api.close());

it('S3.69 signs in', async () => {
  const ana = await api.signIn('portal', 'ana@padaria.example');
  const me = await ana.get('/api/v1/portal/auth/me').expect(200);
  expect(me.body.user.email).toBe('ana@padaria.example');
  const st = await api.signIn('staff', 'owner@aurora.example');
  await st.get('/api/v1/admin/auth/me').expect(200);
  const op = await api.signIn('operator', 'operator@balcao.example', { via: 'bearer' });
  await op.get('/ops/auth/me').expect(200);
  console.log(
    api.routes
      .map((r) => r.method + ' ' + r.url + ' ' + JSON.stringify(r.config.access ?? r.config.guardedBy))
      .join('\n'),
  );
});
