import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { LiveBus, LiveMessage } from '@balcao/platform-live';
import { Outbox } from '@balcao/platform-outbox';
import { systemClock, systemContext, type OrganizationContext } from '@balcao/platform-tenancy';
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
    ...systemContext(await insertOrganization(test.owner), { clock: systemClock, actor: { ...actor, name: 'Ana' } }),
    scope: { kind: 'account', billingAccountId: randomUUID() },
  };
});
afterAll(() => test.close());
beforeEach(async () => {
  told = [];
  await test.owner.query('delete from outbox');
});

const CREATED = {
  name: 'ticket.created',
  ids: { ticketId },
  billingAccountId: randomUUID(),
  portalUserId: undefined,
} as const;

const kept = async () =>
  (await test.owner.query('select organization_id as organization, event, job, payload from outbox order by id')).rows;

it('publishes what happened with who did it, never with a name, in the transaction of the deed', async () => {
  const [commentId, billingAccountId, portalUserId] = [randomUUID(), randomUUID(), randomUUID()];
  await test.database.transaction(customer, async (db) => {
    await events.publish(
      db,
      customer,
      { name: 'portal_user.renamed', ids: { portalUserId } },
      { name: 'ticket.reopened', ids: { ticketId, commentId }, billingAccountId, portalUserId },
    );
    expect(told).toEqual([]);
  });
  const row = { organization: customer.organizationId, job: null };
  const id = expect.any(String);
  expect(await kept()).toEqual([
    { ...row, event: 'portal_user.renamed', payload: { id, actor, ids: { portalUserId } } },
    { ...row, event: 'ticket.reopened', payload: { id, actor, ids: { ticketId, commentId } } },
  ]);
  const { organizationId } = customer;
  const nobody = { billingAccountId: undefined, portalUserId: undefined };
  expect(told).toEqual([
    { id, organizationId, ids: { portalUserId }, name: 'portal_user.renamed', ...nobody },
    { id, organizationId, ids: { ticketId, commentId }, name: 'ticket.reopened', billingAccountId, portalUserId },
  ]);
});

it('lets subscribers of what is done in bulk wait, and tells open pages at once', async () => {
  const dueIn = async () =>
    (
      await test.owner.query<{ seconds: number }>(
        'select extract(epoch from due_at - now())::float8 as seconds from outbox',
      )
    ).rows[0]!.seconds;
  const bulk = { ...customer, heardAfterSeconds: 300 };
  await test.database.transaction(bulk, (db) => events.publish(db, bulk, CREATED));
  expect(await dueIn()).toBeGreaterThan(240);
  expect(told).toHaveLength(1);
  await test.owner.query('delete from outbox');
  await test.database.transaction(customer, (db) => events.publish(db, customer, CREATED));
  expect(await dueIn()).toBeLessThanOrEqual(0);
});

it('says nothing of what was rolled back, nor of nothing', async () => {
  const failing = test.database.transaction(customer, async (db) => {
    await events.publish(db, customer, CREATED);
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  await test.database.transaction(customer, (db) => events.publish(db, customer));
  expect(await kept()).toEqual([]);
  expect(told).toEqual([]);
});

it('cannot speak for another organization', async () => {
  const stranger = systemContext(await insertOrganization(test.owner), { clock: systemClock });
  const publishing = test.database.transaction(customer, (db) => events.publish(db, stranger, CREATED));
  await expect(publishing).rejects.toThrow(/row-level security/);
});
