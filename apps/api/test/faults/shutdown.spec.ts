import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Agent, request } from 'node:http';
import { eventually, slowness } from '@balcao/platform-testing';
import type { Customer } from './support/customer.js';
import { acknowledged } from './support/load.js';
import { Product } from './support/product.js';

const CREATORS = 3;
const ENDED_WITHIN_MS = 10_000;
/** Long enough for a request that was sent before the signal to have been read. */
const READ_WITHIN_MS = 500;

describe('SIGTERM', () => {
  let product: Product;
  let customer: Customer;

  beforeAll(async () => {
    product = await Product.start();
    customer = await product.customer();
  });
  afterAll(() => product?.close());

  test('lets the worker finish the job in hand, and only that', async () => {
    let goOn = () => {};
    let talking = 0;
    const gate = new Promise<void>((resolve) => (goOn = resolve));
    product.mailbox.beforeAccepting = () => {
      talking += 1;
      return gate;
    };
    expect((await customer.createTicket('Before the worker stops')).status).toBe(201);
    await eventually('the worker to talk to the server', () => talking === 1);
    const ending = product.worker.terminate();
    await eventually('the worker to say that it stops', async () => !(await product.worker.isReady()));
    expect((await customer.createTicket('While the worker stops')).status).toBe(201);
    goOn();

    const { code, signal, ms } = await ending;
    expect({ code, signal }).toEqual({ code: 0, signal: null });
    expect(ms).toBeLessThan(ENDED_WITHIN_MS * slowness());
    const mails = await product.postgres.rows(
      `select t.subject, m.status, coalesce(j.status, e.status) as job from tickets t
       join outbox e on e.job is null and e.payload #>> '{ids,ticketId}' = t.id::text
       left join mails m on m.business_key = 'ticket-received:' || t.id
       left join outbox j on j.payload ->> 'mailId' = m.id::text
       order by t.created_at`,
    );
    expect(mails).toEqual([
      { subject: 'Before the worker stops', status: 'sent', job: 'done' },
      { subject: 'While the worker stops', status: null, job: 'pending' },
    ]);
    expect(product.mailbox.mails).toHaveLength(1);

    await product.worker.start();
    await product.outboxDone(15_000);
    expect(product.mailbox.mails).toHaveLength(2);
  });

  test('lets the API answer what it has begun', async () => {
    let tickets = 0;
    const load = product.load([
      ...Array.from({ length: 8 }, () => () => ({ answer: customer.listTickets() })),
      // As many as one person may have at the database at once.
      ...Array.from({ length: CREATORS }, () => () => {
        tickets += 1;
        const subject = `Load ${tickets}`;
        return { subject, answer: customer.createTicket(subject) };
      }),
    ]);
    await eventually('the load to be under way', () => acknowledged(load.outcomes).length >= 20, 20_000);
    // Creators are in the middle of their work, readers come and go.
    const release = await product.postgres.holdLock('lock table audit_log in access exclusive mode');
    await eventually('requests to be in hand', async () => (await product.waitingForLocks()) === CREATORS);
    const signalledAt = performance.now();
    const ending = product.api.terminate();
    await eventually('the API to take no more connections', () =>
      fetch(`${product.api.address}/health/live`).then(
        () => false,
        () => true,
      ),
    );
    expect(await product.waitingForLocks()).toBe(CREATORS);
    await release();

    const { code, signal, ms } = await ending;
    expect({ code, signal }).toEqual({ code: 0, signal: null });
    expect(ms).toBeLessThan(ENDED_WITHIN_MS * slowness());
    const outcomes = await load.stop();
    const inHand = outcomes.filter(({ sentAt }) => sentAt < signalledAt - READ_WITHIN_MS);
    expect(inHand.filter(({ error }) => error)).toEqual([]);
    expect(outcomes.filter(({ subject, error, sentAt }) => subject && error && sentAt < signalledAt)).toEqual([]);
    const statuses = new Set(outcomes.flatMap(({ answer }) => answer?.status ?? []));
    expect([...statuses].sort()).toEqual([200, 201]);
    const kept = await product.postgres.rows<{ subject: string }>(
      "select subject from tickets where subject like 'Load %'",
    );
    expect(kept.map(({ subject }) => subject).sort()).toEqual(acknowledged(outcomes).sort());
  });

  test('does not wait for a client that keeps its connection open and says no more', async () => {
    await product.api.start();
    const release = await product.postgres.holdLock('lock table portals in access exclusive mode');
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const status = new Promise<number | undefined>((resolve, reject) => {
      request(`${product.api.address}/api/v1/portal/tickets`, { agent, headers: customer.credentials }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode));
      })
        .on('error', reject)
        .end();
    });
    await eventually('the request to be in hand', async () => (await product.waitingForLocks()) === 1);
    const ending = product.api.terminate();
    await eventually('the API to take no more connections', () =>
      fetch(`${product.api.address}/health/live`).then(
        () => false,
        () => true,
      ),
    );
    await release();
    expect(await status).toBe(200);
    const { code, ms } = await ending;
    agent.destroy();
    expect(code).toBe(0);
    expect(ms).toBeLessThan(ENDED_WITHIN_MS * slowness());
  });

  test('leaves no connection to the database behind', async () => {
    await product.worker.terminate();
    await product.api.terminate();
    const left = await product.postgres.rows(
      "select application_name, state, query from pg_stat_activity where application_name like 'balcao%'",
    );
    expect(left).toEqual([]);
  });
});
