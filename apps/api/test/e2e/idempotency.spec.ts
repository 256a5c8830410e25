import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const TICKETS = '/api/v1/portal/tickets';
const TICKET = { subject: 'Sem conexão', description: 'Desde cedo' };

let api: TestApp;
let ana: Visitor;
beforeAll(async () => {
  api = await startTestApp();
  ana = await api.signIn('portal', 'ana@padaria.example');
});
afterAll(() => api.close());

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
