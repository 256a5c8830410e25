import { afterAll, describe, expect, it } from '@jest/globals';
import type { Test } from 'supertest';
import { KbReaderService } from '@balcao/module-kb';
import { signInActors } from '../support/actors.js';
import { callerOf } from '../support/callers.js';
import { idOf } from '../support/ids.js';
import { openApiOf, type OpenApiDocument } from '../support/open-api.js';
import { operationsOf, pathOf } from '../support/operations.js';
import { signIn } from '../support/sign-in.js';
import { startTestApp } from '../support/test-app.js';
import { PASSWORD } from '../support/world.js';

/** The other direction, that nothing is sent which the document does not know, is looked at with every request of any test. */
const api = await startTestApp();
afterAll(() => api.close());
const document = await openApiOf(api.visitor());
const actors = await signInActors(api);
const operations = operationsOf(api.routes, document);
const readings = operations
  .filter(({ method, access, url }) => method === 'get' && access.audience !== 'integration' && !url.endsWith('/live'))
  .map((operation) => [operation.name, operation] as const);

type Answers = Record<string, { $ref?: string; headers?: object }>;

/** Names of the headers that the document promises for a status of an operation. */
function headersOf(answers: Answers, status: number | string): string[] {
  const given = answers[status] ?? {};
  const { responses } = document.components as OpenApiDocument['components'] & { responses: Answers };
  const answer = given.$ref ? responses[given.$ref.split('/').pop()!]! : given;
  return Object.keys(answer.headers ?? {}).map((name) => name.toLowerCase());
}

const answersOf = (url: string, method: string) =>
  document.paths[url.replace(/:(\w+)/g, '{$1}')]![method]!.responses as Answers;

const promised = new Set(
  Object.values(document.paths).flatMap((item) =>
    Object.values(item).flatMap(({ responses }) =>
      Object.keys(responses).flatMap((status) =>
        headersOf(responses as Answers, status).map((name) => `${status} ${name}`),
      ),
    ),
  ),
);
const seen = new Set<string>();

async function answer(test: Test, status: number): Promise<Record<string, string>> {
  const response = await test;
  expect(response.status).toBe(status);
  const headers = response.headers as Record<string, string>;
  for (const name of Object.keys(headers)) seen.add(`${status} ${name}`);
  return headers;
}

describe.each(readings)('%s sends the headers that are documented', (_name, operation) => {
  const answers = answersOf(operation.url, 'get');
  const path = pathOf(operation);

  it('with what is there, and with 304', async () => {
    const caller = callerOf(api, actors, operation);
    const found = await answer(caller.get(path), 200);
    expect(headersOf(answers, 200).filter((name) => !(name in found))).toEqual([]);
    if (!('304' in answers)) return;
    const known = await answer(caller.get(path).set('If-None-Match', found['etag']!), 304);
    expect(headersOf(answers, 304).filter((name) => !(name in known))).toEqual([]);
  });

  if (operation.access.kind !== 'public')
    it('to strangers', async () => {
      const refused = await answer(api.visitor().get(path), 401);
      expect(headersOf(answers, 401).filter((name) => !(name in refused))).toEqual([]);
    });
});

describe('an answer in a language', () => {
  it.each(['pt-BR', 'en-US'])('says so: %s', async (language) => {
    const visitor = api.visitor('/o/aurora', { 'accept-language': language });
    const forgotten = visitor.post('/api/v1/portal/auth/forgot-password', { email: 'ana@padaria.example' });
    expect((await answer(forgotten, 200))['content-language']).toBe(language);
    const asked = await answer(actors.portal.get(`/api/v1/portal/kb?locale=${language}`), 200);
    expect(asked['content-language']).toBe(language);
  });
});

it('every documented header is sent by something', async () => {
  const ana = actors.portal;
  const tickets = '/api/v1/portal/tickets';
  const once = (key: string) => ana.post(tickets, { subject: 'x', description: 'y' }).set('Idempotency-Key', key);
  await answer(once('k1'), 201);
  await answer(once('k1'), 201);
  await answer(ana.post(tickets, {}), 400);
  await answer(api.visitor().post(tickets, {}), 401);
  await answer(api.visitor('', { origin: 'https://evil.example' }).post('/api/v1/portal/auth/login', {}), 403);
  await answer(ana.get(`${tickets}/${idOf('nothing')}`), 404);
  await answer(ana.post(tickets, { subject: 'x', description: 'x'.repeat(300_000) }), 413);
  await answer(ana.get(`${tickets}/${'x'.repeat(2_100)}`), 414);
  await answer(ana.post(tickets).set('Content-Type', 'text/plain').send('x'), 415);
  await answer(api.visitor('', { host: 'nobody.example' }).get('/console'), 421);
  const close = `${tickets}/${idOf('ticket:ana')}/close`;
  await api.rows('begin');
  await api.rows('select 1 from tickets where id = $1 for update', idOf('ticket:ana'));
  const waiting = ana.post(close).set('Idempotency-Key', 'k2').then();
  await new Promise((resolve) => setTimeout(resolve, 500));
  await answer(ana.post(close).set('Idempotency-Key', 'k2'), 409);
  await api.rows('commit');
  await waiting;
  await answer(ana.post(close).set('Idempotency-Key', 'k2'), 200);
  const stranger = api.visitor();
  const ask = () => stranger.post('/api/v1/portal/auth/forgot-password', { email: 'nobody@padaria.example' });
  for (let count = 0; count < 5; count += 1) await answer(ask(), 200);
  await answer(ask(), 429);
  const reader = api.app.get(KbReaderService, { strict: false });
  const { list } = reader;
  for (const [code, status] of [
    ['ENOENT', 500],
    ['ECONNREFUSED', 503],
  ] as const) {
    reader.list = () => Promise.reject(Object.assign(new Error('out of order'), { code }));
    await answer(ana.get('/api/v1/portal/kb'), status);
  }
  reader.list = list;
  const owner = actors.staff;
  await api.rows(
    "insert into kb_old_slugs (organization_id, slug, leads_to) values ($1, 'former', 'aurora-public')",
    idOf('organization:aurora'),
  );
  await answer(ana.get('/api/v1/portal/kb/articles/former'), 301);
  const colleague = { email: 'nova@aurora.example', name: 'Nova', role: 'agent' };
  const { staff } = (await owner.post('/api/v1/admin/staff', colleague).expect(201)).body as { staff: { id: string } };
  const cancel = `/api/v1/admin/staff/${staff.id}/cancel-invitation`;
  for (let count = 0; count < 2; count += 1) await answer(owner.post(cancel).set('Idempotency-Key', 'k3'), 204);
  const login = { email: 'ana@padaria.example', password: PASSWORD };
  await answer(api.visitor().post('/api/v1/portal/auth/login', login), 200);
  await answer((await signIn(api.visitor(), 'staff', 'owner@aurora.example')).post('/api/v1/admin/auth/logout'), 204);
  expect([...promised].filter((pair) => !seen.has(pair)).sort()).toEqual([]);
});
