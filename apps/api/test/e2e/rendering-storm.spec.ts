import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const ADMIN = '/api/v1/admin';
/** What takes a thread longest. */
const HEAVY = '- a\n'.repeat(25_000).slice(0, 99_999);

let api: TestApp;
let boreal: Visitor;
let aurora: Visitor;
let owner: Visitor;
beforeAll(async () => (api = await startTestApp()));
beforeEach(async () => {
  await api.reset();
  boreal = await api.signIn('staff', 'owner@boreal.example');
  aurora = await api.signIn('staff', 'agent@aurora.example');
  owner = await api.signIn('staff', 'owner@aurora.example');
});
afterAll(() => api.close());

const article = (count = 0) => ({ title: `Storm ${count}`, locale: 'pt-BR', bodyMarkdown: HEAVY });

it.each<[what: string, one: (visitor: Visitor, count: number) => PromiseLike<{ status: number; headers: object }>]>([
  ['previews', (visitor) => visitor.post(`${ADMIN}/kb/preview`, { bodyMarkdown: HEAVY })],
  ['articles', (visitor, count) => visitor.post(`${ADMIN}/kb/articles`, article(count))],
])('S3.45 a storm of %s at one organization lets others preview and save', async (_what, one) => {
  const portal = (await owner.get(`${ADMIN}/portals`).expect(200)).body.data[0];
  let calm = false;
  const raging = Array.from({ length: 40 }, async (_, count) => {
    for (const answers = []; ;) {
      const answer = await one(boreal, count);
      answers.push(answer);
      if (calm) return answers;
      if (answer.status === 503) await new Promise((done) => setTimeout(done, 100));
    }
  });
  await new Promise((done) => setTimeout(done, 150));
  const change = { version: portal.version, settings: { style: { customCss: '.storm{color:red}' } } };
  const others = await Promise.all([
    aurora.post(`${ADMIN}/kb/preview`, { bodyMarkdown: 'uma linha' }),
    aurora.post(`${ADMIN}/kb/articles`, { title: 'Meanwhile', locale: 'pt-BR', bodyMarkdown: 'oi' }),
    owner.patch(`${ADMIN}/portals/${portal.id}`, change),
    api.visitor('/o/aurora').get('/portal/branding.css'),
  ]);
  calm = true;
  const answers = (await Promise.all(raging)).flat();
  expect(others.map(({ status }) => status)).toEqual([200, 201, 200, 200]);
  for (const { status, headers } of answers) {
    expect([200, 201, 503]).toContain(status);
    if (status === 503) expect(headers).toHaveProperty('retry-after', expect.stringMatching(/^\d+$/));
  }
});
