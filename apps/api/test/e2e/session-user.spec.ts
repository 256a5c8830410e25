import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { actorOf, signInActors, type Actors } from '../support/actors.js';
import { idOf } from '../support/ids.js';
import { openApiOf } from '../support/open-api.js';
import { bodyOf, operationsOf, pathOf } from '../support/operations.js';
import { refusal } from '../support/problem.js';
import { changedTables, tableContents } from '../support/table-contents.js';
import { startTestApp } from '../support/test-app.js';

/** Names for whom a page means its request: the cookie may be of somebody else by now. */
const HEADER = 'X-Session-User';
const TICKETS = '/api/v1/portal/tickets';

const api = await startTestApp();
afterAll(() => api.close());
const document = await openApiOf(api.visitor());
const operations = operationsOf(api.routes, document)
  .filter(({ access, method }) => access.kind !== 'public' && access.audience !== 'integration' && method !== 'head')
  .map((operation) => [operation.name, operation] as const);

let actors: Actors;
beforeAll(async () => {
  actors = await signInActors(api);
});

describe('a request that is meant for somebody else than is signed in', () => {
  it.each(operations)('%s is refused before it does or tells anything', async (_name, operation) => {
    const before = await tableContents(api.owner);
    const sent = actorOf(actors, operation)
      .request(operation.method, pathOf(operation), bodyOf(document, operation))
      .set(HEADER, idOf('user:bruno'));
    await refusal(sent, 409, 'session_changed');
    expect(changedTables(before, await tableContents(api.owner))).toEqual([]);
  });

  it('is refused in both languages, and whatever proves who asks', async () => {
    for (const [language, word] of [
      ['pt-BR', 'outra pessoa'],
      ['en-US', 'Somebody else'],
    ] as const) {
      const visitor = await api.signIn('portal', 'ana@padaria.example', { via: 'bearer' });
      const sent = visitor.get(TICKETS).set({ [HEADER]: idOf('user:carla'), 'Accept-Language': language });
      expect((await refusal(sent, 409, 'session_changed')).body.detail).toContain(word);
    }
  });
});

it('is served where it is meant for who is signed in, and where it does not say', async () => {
  const ana = actors.portal;
  const ticket = { subject: 'Para mim', description: 'x' };
  await ana.post(TICKETS, ticket).set(HEADER, idOf('user:ana')).expect(201);
  await ana.post(TICKETS, ticket).set(HEADER, '').expect(201);
  await ana.post(TICKETS, ticket).expect(201);
});

it('a sign-in and a look at an invitation are nobody’s', async () => {
  const body = { email: 'ana@padaria.example', password: 'wrong' };
  const sent = api.visitor('/o/aurora').post('/api/v1/portal/auth/login', body).set(HEADER, idOf('user:bruno'));
  await refusal(sent, 401, 'invalid_credentials');
});
