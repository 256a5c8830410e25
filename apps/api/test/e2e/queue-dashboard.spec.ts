import { afterAll, describe, expect, it } from '@jest/globals';
import { signInActors } from '../support/actors.js';
import { startTestApp } from '../support/test-app.js';

const api = await startTestApp();
afterAll(() => api.close());
const actors = await signInActors(api);
const bearers = {
  portal: await api.signIn('portal', 'ana@padaria.example', { via: 'bearer' }),
  jwt: await api.signIn('portal', 'ana@padaria.example', { via: 'jwt' }),
  staff: await api.signIn('staff', 'owner@aurora.example', { via: 'bearer' }),
};
const STRANGERS = [
  ['anonymous', api.visitor()],
  ['a customer', actors.portal],
  ['a customer with a bearer', bearers.portal],
  ['a customer with a JWT', bearers.jwt],
  ['staff', actors.staff],
  ['staff with a bearer', bearers.staff],
] as const;

const routes = api.routes.filter(({ url }) => url.startsWith('/ops/queues'));
const pathOf = (url: string) =>
  url.replace(/:(\w+)|\*/g, (_match, name: string | undefined) => (name === 'queueName' ? 'mail' : 'x'));

/** Other spellings of the path it is mounted at. */
const SPELLINGS = [
  '/ops/queues',
  '/ops/queues/',
  '/ops/queues?x=1',
  '/ops/queues/api/queues',
  '/ops/queues/static/x.js',
  '/ops//queues',
  '//ops/queues',
  '/ops/./queues',
  '/ops/x/../queues',
  '/ops/%71ueues',
  '/%6fps/queues',
  '/ops%2fqueues',
  '/ops/queues%2f',
  '/ops/queues/%2e%2e/queues/api/queues',
  '/OPS/QUEUES',
  '/ops/queues;x=1',
  '/o/aurora/ops/queues',
  '/o/aurora/ops/queues/api/queues',
];

describe.each(STRANGERS)('%s', (_who, visitor) => {
  it.each(SPELLINGS)('gets nothing at %s', async (path) => {
    const response = await visitor.get(path).redirects(0);
    expect([301, 302, 401, 404]).toContain(response.status);
    expect(response.text).not.toMatch(/bull|"queues"/i);
  });
});

describe('an operator', () => {
  it('sees the page and the queues', async () => {
    const page = await actors.operator.get('/ops/queues').expect(200);
    expect(page.headers['content-type']).toMatch(/html/);
    const { body } = await actors.operator.get('/ops/queues/api/queues').expect(200);
    expect(body.queues.map(({ name }: { name: string }) => name)).toContain('mail');
  });

  it.each(['pt-BR', 'en-US'])('reads its page in %s, and the page asks nobody else for anything', async (locale) => {
    const reader = actors.operator.with({ headers: { 'accept-language': locale } });
    const { text } = await reader.get('/ops/queues').expect(200);
    expect(text).toContain(`<html lang="${locale}"`);
    expect(JSON.parse(/<script id="__UI_CONFIG__"[^>]*>(.*?)<\/script>/s.exec(text)![1]!).locale).toEqual({
      lng: locale,
    });
    expect(text).not.toMatch(/(?:href|src)="(?:https?:)?\/\//);
  });

  it.each(routes.filter(({ method }) => method === 'GET').map(({ url }) => url))(
    'leaves nothing of %s in a cache that others use',
    async (url) => {
      const { headers } = await actors.operator.get(pathOf(url));
      expect(headers['cache-control']).toMatch(/^(?:no-store|private, .+)$/);
    },
  );

  const deeds = () =>
    api.rows(
      `select actor_type, actor_id, target_type, changes from audit_log where action = 'operator.queue.change' order by at, id`,
    );

  it('changes something from the same origin only, and each change is in the audit log', async () => {
    const pause = (headers: Record<string, string>) =>
      actors.operator.with({ headers }).put('/ops/queues/api/queues/mail/pause');
    for (const headers of [
      {},
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'null' },
    ] as Record<string, string>[]) {
      expect((await pause(headers)).status).toBe(403);
    }
    expect(await deeds()).toEqual([]);
    expect((await pause({ origin: 'http://localhost:3000' })).status).toBe(200);
    await actors.operator
      .with({ headers: { origin: 'http://localhost:3000' } })
      .put('/ops/queues/api/queues/mail/resume')
      .expect(200);
    expect(await deeds()).toEqual(
      ['pause', 'resume'].map((deed) => ({
        actor_type: 'operator',
        actor_id: expect.any(String),
        target_type: 'queue',
        changes: { after: { method: 'PUT', path: `/ops/queues/api/queues/mail/${deed}` } },
      })),
    );
  });

  it('is an operator no longer after signing out', async () => {
    const operator = await api.signIn('operator', 'operator@balcao.example');
    await operator.post('/ops/auth/logout').expect(204);
    expect((await operator.get('/ops/queues')).status).toBe(401);
  });
});
