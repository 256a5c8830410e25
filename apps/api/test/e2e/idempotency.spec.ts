import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { LOGGER, type Logger } from '@balcao/platform-logging';
import { eventually } from '@balcao/platform-testing';
import { actorOf, signInActors } from '../support/actors.js';
import { idOf } from '../support/ids.js';
import { openApiOf } from '../support/open-api.js';
import { bodyOf, operationsOf, pathOf, type Operation } from '../support/operations.js';
import { refusal } from '../support/problem.js';
import { changedTables, tableContents } from '../support/table-contents.js';
import { LOGIN_PATHS, type Audience } from '../support/sign-in.js';
import { startTestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const TICKETS = '/api/v1/portal/tickets';
const TICKET = { subject: 'Sem conexão', description: 'Desde cedo' };

/** Statements by which no answer can be kept, and by which it can be again. */
const LOSE_ANSWERS = `
  create function lose_answer() returns trigger language plpgsql as $$ begin raise 'The answer is lost'; end $$;
  create trigger lose_answer before update on idempotency_keys for each row
    when (new.status is not null) execute function lose_answer()`;
const KEEP_ANSWERS = 'drop trigger lose_answer on idempotency_keys; drop function lose_answer()';

const api = await startTestApp();
afterAll(() => api.close());
const document = await openApiOf(api.visitor());
let ana: Visitor;
const signInAna = async () => void (ana = await api.signIn('portal', 'ana@padaria.example'));
beforeAll(signInAna);

const create = (key: string, body: object = TICKET, visitor = ana) =>
  visitor.post(TICKETS, body).set('Idempotency-Key', key);
const count = async () => (await api.rows('select 1 from tickets')).length;

it('a POST with the same key and body happens once and answers the same', async () => {
  const before = await count();
  const key = randomUUID();
  const first = await create(key).expect(201);
  const second = await create(key).expect(201);
  expect(second.body).toEqual(first.body);
  expect(second.headers['idempotency-replayed']).toBe('true');
  expect(await count()).toBe(before + 1);
});

it('the same key with another body is refused', async () => {
  const key = randomUUID();
  await create(key).expect(201);
  await refusal(create(key, { ...TICKET, subject: 'Outra coisa' }), 409, 'idempotency_mismatch');
});

it('of two at the same time one happens', async () => {
  const before = await count();
  const key = randomUUID();
  const statuses = (await Promise.all(Array.from({ length: 5 }, () => create(key)))).map(({ status }) => status);
  expect(statuses.every((status) => status === 201 || status === 409)).toBe(true);
  expect(await count()).toBe(before + 1);
});

it('the keys of two people are two keys', async () => {
  const key = randomUUID();
  const carla = await api.signIn('portal', 'carla@oficina.example');
  const own = await create(key).expect(201);
  const hers = await create(key, TICKET, carla).expect(201);
  expect(hers.body.ticket.id).not.toBe(own.body.ticket.id);
});

it('the keys of two routes, or of two things, are two keys', async () => {
  const key = randomUUID();
  const [one, other] = await Promise.all([create(randomUUID()), create(randomUUID())]);
  for (const [{ body }, what] of [
    [one, 'close'],
    [other, 'close'],
    [one, 'reopen'],
  ] as const) {
    const { headers } = await ana.post(`${TICKETS}/${body.ticket.id}/${what}`).set('Idempotency-Key', key).expect(200);
    expect(headers).not.toHaveProperty('idempotency-replayed');
  }
});

it('an answer without a body is repeated without one', async () => {
  const owner = await api.signIn('staff', 'owner@aurora.example');
  const colleague = { email: 'nova@aurora.example', name: 'Nova', role: 'agent' };
  const { staff } = (await owner.post('/api/v1/admin/staff', colleague).expect(201)).body as { staff: { id: string } };
  const cancel = () => owner.post(`/api/v1/admin/staff/${staff.id}/cancel-invitation`).set('Idempotency-Key', 'once');
  await cancel().expect(204);
  const { headers } = await cancel().expect(204);
  expect(headers['idempotency-replayed']).toBe('true');
  expect(headers).not.toHaveProperty('content-type');
});

it('a key means nothing where there is none, to what changes in place or only answers, or to what is nobody’s', async () => {
  const [one, other] = [await ana.post(TICKETS, TICKET).expect(201), await ana.post(TICKETS, TICKET).expect(201)];
  expect(other.body.ticket.id).not.toBe(one.body.ticket.id);
  const key = randomUUID();
  for (const name of ['Ana Um', 'Ana Dois']) {
    const changed = ana.patch('/api/v1/portal/profile', { name }).set('Idempotency-Key', key);
    expect((await changed.expect(200)).body.user.name).toBe(name);
  }
  const owner = await api.signIn('staff', 'owner@aurora.example');
  for (const name of ['um', 'dois']) {
    const body = {
      billingAccountId: idOf('account:padaria'),
      invitations: [{ name, email: `${name}@padaria.example` }],
    };
    await owner.post('/api/v1/admin/invitations/batch/check', body).set('Idempotency-Key', key).expect(204);
  }
  const login = { email: 'ana@padaria.example', password: 'wrong' };
  const stranger = api.visitor('/o/aurora').post(LOGIN_PATHS.portal, login).set('Idempotency-Key', key);
  await refusal(stranger, 401, 'invalid_credentials');
});

it('an answer that could not be kept is kept as soon as it can be, and the log tells of it', async () => {
  const warn = jest.spyOn(api.app.get<Logger>(LOGGER), 'warn');
  const key = randomUUID();
  await api.rows(LOSE_ANSWERS);
  const { body, headers } = await create(key).expect(201);
  expect(warn).toHaveBeenCalledWith(expect.objectContaining({ requestId: headers['x-request-id'] }), expect.anything());
  warn.mockRestore();
  // The first attempt fails as well.
  await sleep(400);
  await refusal(create(key), 409, 'idempotency_in_progress');
  await api.rows(KEEP_ANSWERS);
  const again = await eventually('the answer', async () => {
    const response = await create(key);
    return response.status === 201 && response;
  });
  expect([again.headers['idempotency-replayed'], again.body]).toEqual(['true', body]);
});

it('a request that failed frees its key', async () => {
  const key = randomUUID();
  await refusal(create(key, { subject: 'x' }), 400, 'validation_failed');
  await create(key).expect(201);
});

it('a key has 1 to 255 visible characters', async () => {
  for (const key of ['x'.repeat(256), 'a b', 'é']) {
    const response = await create(key);
    expect([key.slice(0, 5), response.status]).toEqual([key.slice(0, 5), 400]);
  }
  await create('x'.repeat(255)).expect(201);
});

it('the answers that are kept for one take no room from those of others, of their account or of staff', async () => {
  // Three bytes a letter: of answers of 30 kB a person has some 140 in a day.
  const long = { ...TICKET, description: '\u3042'.repeat(10_000) };
  const repeated = async (visitor: Visitor, body: object, path = TICKETS) => {
    const key = randomUUID();
    const once = () => visitor.post(path, body).set('Idempotency-Key', key);
    await once().expect(201);
    const again = await once();
    return again.headers['idempotency-replayed'] === 'true' ? 'answered' : again.body.code;
  };
  const bruno = await api.signIn('portal', 'bruno@padaria.example');
  let kept = 0;
  while (kept < 160 && (await repeated(bruno, long)) === 'answered') kept += 1;
  expect(kept).toBeGreaterThan(100);
  expect(kept).toBeLessThan(160);
  expect(await repeated(bruno, long)).toBe('idempotency_carried_out');
  expect(await repeated(ana, long)).toBe('answered');
  const owner = await api.signIn('staff', 'owner@aurora.example');
  expect(await repeated(owner, { name: 'Nova' }, '/api/v1/admin/billing-accounts')).toBe('answered');
});

describe('whose answer could not be kept', () => {
  const signedIn = operationsOf(api.routes, document)
    .filter(({ access, method }) => access.kind !== 'public' && method === 'post')
    .map((operation) => [operation.name, operation] as const);
  const changing: string[] = [];
  const idle: string[] = [];

  beforeAll(() => api.rows(LOSE_ANSWERS));
  afterAll(() => api.rows(KEEP_ANSWERS).then(signInAna));
  afterEach(() => api.reset());

  it.each(signedIn)('B.2 %s is not repeated', async (name, operation) => {
    await api.reset();
    // What the pretended payment service has yet to tell comes whenever it is called.
    await api.rows('delete from sandbox_events');
    const actor = actorOf(await signInActors(api), operation);
    const key = randomUUID();
    const send = () =>
      actor.request('post', pathOf(operation), bodyOf(document, operation)).set('Idempotency-Key', key);
    const before = await tableContents(api.owner);
    const first = await send();
    const after = await tableContents(api.owner);
    // Who has just ended their own session cannot ask again.
    const isIdle = first.status < 300 && changedTables(before, after).length === 0;
    if (isIdle) idle.push(`${name} keeps ${(await api.rows('select 1 from idempotency_keys')).length}`);
    if (isIdle || first.status >= 300 || (await actor.get(me(operation))).status === 401) return;
    changing.push(name);
    await refusal(send(), 409, 'idempotency_in_progress');
    await leaseIsOver();
    await refusal(send(), 409, 'idempotency_carried_out');
    expect(changedTables(after, await tableContents(api.owner))).toEqual([]);
  });

  it('was asked of every kind of route that changes something', () => {
    const kinds = ['portal/tickets', 'admin/tickets', 'admin/invitations', 'admin/portal-users', 'admin/roles', 'kb'];
    for (const kind of kinds) expect(changing.join()).toContain(kind);
  });

  it('changes nothing only where the route says so, and nothing is kept of its answer there', () => {
    const marked = api.routes.filter(({ config }) => config.storesNothing).map(({ method, url }) => `${method} ${url}`);
    expect(marked.sort()).toEqual(
      [
        'admin/invitations/batch/check',
        'admin/kb/preview',
        'admin/portals/:id/roles/check',
        'admin/portals/:id/style/preview',
        'admin/portals/slug/check',
        'admin/subscriptions/:id/change-quote',
        'admin/subscriptions/quote',
        'portal/invitations/batch/check',
      ].map((path) => `POST /api/v1/${path}`),
    );
    // What the examples name is no ticket of theirs, a list that has ended, a name and sections as they are: others would be
    // changed.
    const without = [
      'account-imports/:id/stop',
      'invitation-imports/:id/stop',
      'invoice-imports/:id/stop',
      'organization/restore',
      'portals/:id/restore',
      'tickets/bulk',
      'tickets/hand-over',
      // The invoice and the proposal have a link that opens them.
      'invoices/:id/payment-links',
      'proposals/:id/links',
      // Nothing is collected any more.
      'invoices/:id/collections/stop',
      // No credit is left.
      'ledger/apply-credit',
    ]
      .map((name) => `POST /api/v1/admin/${name} keeps 1`)
      // A code that is open for the same invoice is answered.
      .concat('POST /api/v1/portal/payments keeps 1');
    expect(idle.sort()).toEqual([...without, ...marked.map((name) => `${name} keeps 0`)].sort());
    for (const name of marked) {
      const path = name.replace('POST ', '').replace(/:(\w+)/g, '{$1}');
      const { parameters = [], responses } = document.paths[path]!.post!;
      expect(JSON.stringify([parameters, responses])).not.toMatch(/dempotency/);
    }
  });

  it('another body is still refused', async () => {
    await signInAna();
    const key = randomUUID();
    await create(key).expect(201);
    await leaseIsOver();
    await refusal(create(key, { ...TICKET, subject: 'Outra coisa' }), 409, 'idempotency_mismatch');
  });

  it('a refusal that came from the middle of the work frees its key', async () => {
    const owner = await api.signIn('staff', 'owner@aurora.example');
    const key = randomUUID();
    const add = () => owner.post('/api/v1/admin/roles', { name: 'Twice', permissions: [] });
    await add().expect(201);
    await refusal(add().set('Idempotency-Key', key), 409, 'name_taken');
    await refusal(add().set('Idempotency-Key', key), 409, 'name_taken');
  });

  const me = ({ access }: Operation) => LOGIN_PATHS[access.audience as Audience].replace(/login$/, 'me');

  const leaseIsOver = () => api.rows('update idempotency_keys set leased_until = now()');
});
