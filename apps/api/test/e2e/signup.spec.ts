import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let api: TestApp;
beforeAll(async () => (api = await startTestApp()));
beforeEach(async () => {
  await api.reset();
  await open();
});
afterAll(() => api.close());

const open = (settings: object = {}, portal = 'aurora') =>
  api.rows(
    `update portals set settings = settings || jsonb_build_object('signup', $2::jsonb) where id = $1`,
    idOf(`portal:${portal}`),
    JSON.stringify({ enabled: true, ...settings }),
  );

interface Challenge {
  salt: string;
  target: string;
  most: number;
  token: string;
}
function solve({ salt, target, most, token }: Challenge) {
  for (let number = 0; number < most; number += 1)
    if (createHash('sha256').update(`${salt}${number}`).digest('hex') === target) return { token, number };
  throw new Error('no number fits');
}

it('S0.31 begins', async () => {
  const visitor = api.visitor('/o/aurora');
  const { body } = await visitor.get('/api/v1/portal/signup/aurora').expect(200);
  const proof = solve(body.signupPage.challenge);
  const begun = await visitor.post('/api/v1/portal/signup/aurora', { taxId: '12.abc.345/01de-35', proof });
  expect(begun.body).toMatchObject({ signup: { status: 'started', taxId: '12ABC34501DE35' } });
  expect(begun.status).toBe(201);
  await refusal(
    visitor.post('/api/v1/portal/signup/aurora', { taxId: '12.abc.345/01de-35', proof }),
    400,
    'proof_invalid',
  );
});
