import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signInActors } from '../support/actors.js';
import { callerOf } from '../support/callers.js';
import { idOf } from '../support/ids.js';
import { openApiOf } from '../support/open-api.js';
import { operationsOf, pathOf } from '../support/operations.js';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const api: TestApp = await startTestApp();
afterAll(() => api.close());
const document = await openApiOf(api.visitor());
const actors = await signInActors(api);
const readings = operationsOf(api.routes, document)
  // A stream and a file on its way have nothing to keep, and of a signup, of what a link opens, and of what a payer is played with,
  // nothing may be kept.
  .filter(
    ({ method, access, url }) =>
      method === 'get' &&
      access.audience !== 'integration' &&
      !/\/live$|\/(?:export|archive)$|\/signups?\/:|\/(?:payment|proposal)-link(?:\/|$)|\/(?:address|file|xml)$|\/files\/:fileId$|\/sandbox-bank\/:gatewayId$/.test(
        url,
      ),
  )
  .map((operation) => [operation.name, operation] as const);

describe.each(readings)('%s', (_name, operation) => {
  const caller = callerOf(api, actors, operation);
  const path = pathOf(operation);

  it('S3.89 S3.90 has an ETag, and 304 for who has it already', async () => {
    const { headers } = await caller.get(path).expect(200);
    const etag = headers['etag']!;
    expect(etag).toMatch(/^W\/"[\w-]+"$/);
    expect((await caller.get(path).expect(200)).headers['etag']).toBe(etag);
    for (const condition of [etag, etag.slice(2), '*', `"other", ${etag}`, `"a","b",${etag} , "c"`]) {
      const response = await caller.get(path).set('If-None-Match', condition);
      expect([condition, response.status, response.text]).toEqual([condition, 304, '']);
      expect(response.headers['etag']).toBe(etag);
      expect(response.headers['cache-control']).toBe(headers['cache-control']);
      expect(response.headers['vary']).toBe(headers['vary']);
    }
    for (const condition of ['"other"', etag.slice(3, -1), `"${etag}"`, '', 'x'.repeat(5_000)]) {
      const response = await caller.get(path).set('If-None-Match', condition);
      expect([condition.slice(0, 50), response.status]).toEqual([condition.slice(0, 50), 200]);
    }
  });

  it('answers HEAD as GET, with no body', async () => {
    const { headers } = await caller.get(path).expect(200);
    for (const [condition, status] of [
      ['', 200],
      ['*', 304],
      [headers['etag']!, 304],
    ] as const) {
      const response = await caller.head(path).set('If-None-Match', condition);
      expect([condition, response.status, response.text ?? '']).toEqual([condition, status, '']);
      expect(response.headers['etag']).toBe(headers['etag']);
    }
  });

  it('varies by who asks and in which language', async () => {
    const { headers } = await caller.get(path).expect(200);
    for (const name of ['Authorization', 'Cookie', 'Accept-Language', 'accept-encoding'])
      expect(headers['vary']).toContain(name);
  });

  it('what only some may see is private', async () => {
    const cacheControl = (await caller.get(path).expect(200)).headers['cache-control']!;
    expect(cacheControl.startsWith(operation.access.kind === 'public' ? 'public' : 'private')).toBe(true);
  });
});

describe('Cache-Control', () => {
  let ana: Visitor;
  beforeAll(() => void (ana = actors.portal));

  it.each([
    ['S3.86 branding', '/o/aurora', '/api/v1/portal/branding', 'public, max-age=300, stale-while-revalidate=86400'],
    [
      'S3.86 branding by domain',
      '',
      '/api/v1/portal/branding/portal.aurora.example',
      'public, max-age=300, stale-while-revalidate=86400',
    ],
    ['S3.87 tickets', '', '/api/v1/portal/tickets', 'private, max-age=15, stale-while-revalidate=90'],
    [
      'S3.87 a ticket',
      '',
      `/api/v1/portal/tickets/${idOf('ticket:ana')}`,
      'private, max-age=15, stale-while-revalidate=90',
    ],
    ['S3.88 the profile', '', '/api/v1/portal/profile', 'private, max-age=15, stale-while-revalidate=60'],
    ['the session', '', '/api/v1/portal/auth/me', 'private, no-cache'],
  ])('S3.86 S3.87 S3.88 of %s', async (_what, base, path, expected) => {
    expect((await ana.with({ base }).get(path).expect(200)).headers['cache-control']).toBe(expected);
  });

  it('errors and answers to changes are not stored', async () => {
    const missing = await refusal(ana.get(`/api/v1/portal/tickets/${idOf('nothing')}`), 404, 'not_found');
    expect(missing.headers['cache-control']).toBe('no-store');
    const changed = await ana.patch('/api/v1/portal/profile', { receiveNotifications: true }).expect(200);
    expect(changed.headers['cache-control']).toBe('no-store');
    expect(changed.headers['etag']).toBeUndefined();
  });
});

it('S3.90 a change makes another ETag', async () => {
  const ana = actors.portal;
  const before = (await ana.get('/api/v1/portal/profile')).headers['etag']!;
  await ana.patch('/api/v1/portal/profile', { name: 'Ana Ribeiro' }).expect(200);
  const response = await ana.get('/api/v1/portal/profile').set('If-None-Match', before).expect(200);
  expect(response.headers['etag']).not.toBe(before);
});

it('S3.90 two that are asked for in turn each keep their text and ETag', async () => {
  const read = async (slug: string) => {
    const { text, headers } = await api.visitor().get(`/o/${slug}/api/v1/portal/branding`).expect(200);
    return [text, headers['etag']];
  };
  const first = [await read('aurora'), await read('boreal')];
  expect([await read('aurora'), await read('boreal')]).toEqual(first);
  expect(first[0]![0]).not.toBe(first[1]![0]);
  expect(first[0]![1]).not.toBe(first[1]![1]);
});
