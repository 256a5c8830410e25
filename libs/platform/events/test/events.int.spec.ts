import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { LiveBus, LiveMessage } from '@balcao/platform-live';
import { Outbox } from '@balcao/platform-outbox';
import { systemContext, type OrganizationContext } from '@balcao/platform-tenancy';
import { insertOrganization, testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { Events } from '../src/index.js';

let test: TestDatabase;
let events: Events;
let customer: OrganizationContext;
let told: LiveMessage[];
const ticketId = randomUUID();
const actor = { type: 'user', id: randomUUID() } as const;

beforeAll(async () => {
  test = await testDatabase();
  events = new Events(new Outbox(test.database), { publish: (message) => void told.push(message) } as LiveBus);
  customer = {
    ...systemContext(await insertOrganization(test.owner), { actor: { ...actor, name: 'Ana' } }),
    scope: { kind: 'account', billingAccountId: randomUUID() },
  };
});
afterAll(() => test.close());
beforeEach(async () => {
  told = [];
  await test.owner.query('delete from outbox');
});

const kept = async () =>
  (await test.owner.query('select organization_id as organization, event, job, payload from outbox order by id')).rows;

it('publishes what happened with who did it, never with a name, in the transaction of the deed', async () => {
  const commentId = randomUUID();
  const billingAccountId = randomUUID();
  await test.database.transaction(customer, async (db) => {
    await events.publish(
      db,
      customer,
      { name: 'ticket.replied', ids: { ticketId, commentId } },
      { name: 'ticket.reopened', ids: { ticketId, commentId }, billingAccountId },
    );
    expect(told).toEqual([]);
  });
  const row = { organization: customer.organizationId, job: null };
  const payload = { id: expect.any(String), actor, ids: { ticketId, commentId } };
  expect(await kept()).toEqual([
    { ...row, event: 'ticket.replied', payload },
    { ...row, event: 'ticket.reopened', payload },
  ]);
  const message = { id: expect.any(String), ids: { ticketId, commentId }, organizationId: customer.organizationId };
  expect(told).toEqual([
    { ...message, name: 'ticket.replied', billingAccountId: undefined, portalUserId: undefined },
    { ...message, name: 'ticket.reopened', billingAccountId, portalUserId: undefined },
  ]);
});

it('says nothing of what was rolled back, nor of nothing', async () => {
  const failing = test.database.transaction(customer, async (db) => {
    await events.publish(db, customer, { name: 'ticket.created', ids: { ticketId } });
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  await test.database.transaction(customer, (db) => events.publish(db, customer));
  expect(await kept()).toEqual([]);
  expect(told).toEqual([]);
});

it('cannot speak for another organization', async () => {
  const stranger = systemContext(await insertOrganization(test.owner));
  const publishing = test.database.transaction(customer, (db) =>
    events.publish(db, stranger, { name: 'ticket.created', ids: { ticketId } }),
  );
  await expect(publishing).rejects.toThrow(/row-level security/);
});
