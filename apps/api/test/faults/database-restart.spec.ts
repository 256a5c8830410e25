import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@balcao/platform-testing';
import { TRY_LATER, refusal, type Customer } from './support/customer.js';
import { acknowledged, type Load, type Outcome } from './support/load.js';
import { Product } from './support/product.js';

const READERS = 8;
const CREATORS = 4;
/** The wait for a connection plus what a busy machine may add. */
const LONGEST_ANSWER_MS = 8_000;

describe('PostgreSQL restarted under load', () => {
  let product: Product;
  let load: Load;
  let crashedAt: number;
  let backAt: number;
  let outcomes: Outcome[];
  const pids = () => [product.api.pid, product.worker.pid];
  let pidsBefore: (number | undefined)[];

  beforeAll(async () => {
    product = await Product.start();
    const customers = await Promise.all([product.customer(), product.customer('carla@oficina.example')]);
    pidsBefore = pids();
    load = product.load(clientsOf(customers));
    await eventually('the load to be under way', () => acknowledged(load.outcomes).length >= 20, 20_000);
    await breakAndRepair();
    await eventually(
      'readers and creators to be served again',
      () => {
        const served = load.since(backAt).filter(({ answer }) => answer !== undefined && answer.status < 300);
        return served.some(({ subject }) => subject) && served.some(({ subject }) => !subject);
      },
      20_000,
    );
    outcomes = await load.stop();
  });
  afterAll(() => product?.close());

  function clientsOf(customers: Customer[]): ConstructorParameters<typeof Load>[0] {
    let tickets = 0;
    const create = (customer: Customer) => () => {
      tickets += 1;
      const subject = `Storm ${tickets}`;
      return { subject, answer: customer.createTicket(subject) };
    };
    const read = (customer: Customer) => () => ({ answer: customer.listTickets() });
    return [
      ...Array.from({ length: READERS }, (_, index) => read(customers[index % 2]!)),
      ...Array.from({ length: CREATORS }, (_, index) => create(customers[index % 2]!)),
    ];
  }

  /** Kills the server, sees that all sorts of requests were refused meanwhile, and starts it again. */
  async function breakAndRepair(): Promise<void> {
    crashedAt = performance.now();
    await product.postgres.crash();
    await eventually('requests to be refused', () => {
      const refused = load.since(crashedAt).filter(({ answer }) => answer?.status === 503);
      return (
        refused.filter(({ subject }) => subject).length >= 10 && refused.filter(({ subject }) => !subject).length >= 10
      );
    });
    for (const { address } of [product.api, product.worker]) {
      expect((await fetch(`${address}/health/live`)).status).toBe(200);
      expect((await fetch(`${address}/health/ready`)).status).toBe(503);
    }
    await product.postgres.startAgain();
    backAt = performance.now();
  }

  test('every request is answered, and soon', () => {
    expect(outcomes.filter(({ error }) => error)).toEqual([]);
    expect(outcomes.filter(({ answer }) => answer!.ms > LONGEST_ANSWER_MS)).toEqual([]);
  });

  test('while it is away the answer is 503 with Retry-After, never a refusal of the person', () => {
    const refused = outcomes.filter(({ answer }) => answer!.status >= 300);
    expect(refused.length).toBeGreaterThanOrEqual(20);
    for (const { answer } of refused) expect(refusal(answer!)).toEqual(TRY_LATER);
    expect(
      outcomes.filter(({ answer, sentAt }) => sentAt < crashedAt - LONGEST_ANSWER_MS && answer!.status >= 300),
    ).toEqual([]);
  });

  test('B.2 every acknowledged ticket is there once, and no ticket is there twice', async () => {
    const rows = await product.postgres.rows<{ subject: string; count: number }>(
      "select subject, count(*)::int as count from tickets where subject like 'Storm %' group by subject",
    );
    expect(rows.filter(({ count }) => count !== 1)).toEqual([]);
    const kept = new Set(rows.map(({ subject }) => subject));
    expect(acknowledged(outcomes).filter((subject) => !kept.has(subject))).toEqual([]);
  });

  test('both processes are healthy afterwards without having been restarted', async () => {
    await Promise.all([product.api.ready(10_000), product.worker.ready(10_000)]);
    expect(pids()).toEqual(pidsBefore);
    expect(pidsBefore).not.toContain(undefined);
    const customer = await product.customer('bruno@padaria.example');
    expect((await customer.listTickets()).status).toBe(200);
  });

  test('B.2 the worker goes on: every promised mail arrives, and its audit row is there', async () => {
    const customer = await product.customer('bruno@padaria.example');
    expect((await customer.createTicket('After the storm')).status).toBe(201);
    await product.mailbox.waitForMail({ to: 'bruno@padaria.example', timeoutMs: 30_000 });
    // What was in the worker's hands when the server died is taken over once its lock has run out.
    await product.letQueueLocksLapse();
    await product.outboxDone(40_000);

    const tickets = await product.postgres.rows<{ mailId: string | null; audits: number }>(
      `select m.id as "mailId",
         (select count(*)::int from audit_log a where a.action = 'portal.ticket.create' and a.target_id = t.id) as audits
       from tickets t left join mails m on m.business_key = 'ticket-received:' || t.id
       where t.subject like 'Storm %' or t.subject = 'After the storm'`,
    );
    const received = new Set(product.mailbox.mails.map(({ messageId }) => messageId));
    expect(tickets.filter(({ mailId, audits }) => audits !== 1 || !received.has(`<${mailId}@localhost>`))).toEqual([]);
    const [rest] = await product.postgres.rows<{ mails: number }>('select count(*)::int as mails from mails');
    expect(rest!.mails).toBe(received.size);
  });
});
