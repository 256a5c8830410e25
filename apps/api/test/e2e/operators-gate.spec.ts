import { afterAll, describe, expect, it } from '@jest/globals';
import { signInActors } from '../support/actors.js';
import { startTestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const api = await startTestApp();
afterAll(() => api.close());
const actors = await signInActors(api);
const sessionOf = ({ credentials }: Visitor) =>
  Object.entries(credentials.cookies!).find(([name]) => name.endsWith('_session'))![1];
const borrowed = (visitor: Visitor) =>
  api.visitor().with({ credentials: { cookies: { balcao_operator_session: sessionOf(visitor) } } });
const STRANGERS: [string, Visitor][] = [
  ['anonymous', api.visitor()],
  ['a customer', actors.portal],
  ['a customer with a bearer', await api.signIn('portal', 'ana@padaria.example', { via: 'bearer' })],
  ['a customer with a JWT', await api.signIn('portal', 'ana@padaria.example', { via: 'jwt' })],
  ['a customer with an operator’s cookie of their own making', borrowed(actors.portal)],
  ['staff', actors.staff],
  ['staff with a bearer', await api.signIn('staff', 'owner@aurora.example', { via: 'bearer' })],
  ['staff with an operator’s cookie of their own making', borrowed(actors.staff)],
];

/** All that is below `/ops`, whichever plugin serves it. */
const routes = api.routes.filter(({ url }) => /^\/ops(?:\/|$)/.test(url));
/** The empty pages of the application, and the way in. */
const OPEN = [
  'GET /ops',
  'GET /ops/',
  'GET /ops/login',
  'GET /ops/new',
  'HEAD /ops',
  'HEAD /ops/',
  'HEAD /ops/login',
  'HEAD /ops/new',
  'POST /ops/auth/login',
];
const nameOf = ({ method, url }: { method: string; url: string }) => `${method} ${url}`;
const guarded = routes.filter((route) => !OPEN.includes(nameOf(route)));
const pathOf = (url: string) =>
  url.replace(/:(\w+)|\*/g, (_match, name: string | undefined) => (name === 'queueName' ? 'mail' : 'x'));

it('only the empty pages and the way in are open', async () => {
  const answers = await Promise.all(
    routes.map(async (route) => {
      const { status } = await api.visitor().request(route.method.toLowerCase() as 'get', pathOf(route.url));
      return [nameOf(route), status] as const;
    }),
  );
  expect(
    answers
      .filter(([, status]) => status !== 401)
      .map(([name]) => name)
      .sort(),
  ).toEqual(OPEN);
});

it.each(OPEN.filter((name) => name.startsWith('GET')))('%s is the same for everybody', async (name) => {
  const path = name.slice(4);
  const { text } = await actors.operator.get(path).expect(200);
  for (const [, visitor] of STRANGERS) expect((await visitor.get(path).expect(200)).text).toBe(text);
  await api.visitor('/o/aurora').get(path).expect(404);
});

describe.each(STRANGERS)('%s', (_who, visitor) => {
  it.each(guarded.map((route) => [nameOf(route), route] as const))('is refused by %s', async (_name, route) => {
    const response = await visitor.request(route.method.toLowerCase() as 'get', pathOf(route.url));
    expect(response.status).toBe(401);
    if (route.method !== 'HEAD') expect(response.body.code).toBe('unauthenticated');
  });

  it('gets no file that the page of the queues is made of', async () => {
    const { text } = await actors.operator.get('/ops/queues').expect(200);
    const files = [...text.matchAll(/(?:href|src)="(static\/[^"]+)"/g)].map(([, name]) => name!);
    expect(files.length).toBeGreaterThan(2);
    for (const path of files.map((name) => `/ops/queues/${name}`)) {
      await actors.operator.get(path).expect(200);
      await visitor.get(path).expect(401);
    }
  });
});

it('an operator may read all of it, at the installation’s address alone', async () => {
  for (const { url } of guarded.filter(({ method }) => method === 'GET')) {
    expect((await actors.operator.get(pathOf(url))).status).not.toBe(401);
    expect((await actors.operator.with({ base: '/o/aurora' }).get(pathOf(url))).status).toBe(404);
  }
});
