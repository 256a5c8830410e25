import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@balcao/platform-testing';
import { signIn } from '../support/sign-in.js';
import { Visitor } from '../support/visitor.js';
import { idOf } from '../support/ids.js';
import { Product } from './support/product.js';
import type { Customer } from './support/customer.js';

/** A lock of the queue lasts 30 s, and its worker is declared dead at the second look, 15 s apart. */
const TAKEN_OVER_WITHIN_MS = 75_000;

interface MailRow {
  id: string;
  status: string;
  attempts: number;
  lastError: string | null;
}

describe('Mails', () => {
  let product: Product;
  let customer: Customer;

  beforeAll(async () => {
    product = await Product.start();
    customer = await product.customer();
  });
  afterAll(() => product?.close());
  afterEach(() => {
    product.mailbox.beforeAccepting = async () => {};
    product.mailbox.refuse = () => undefined;
  });

  /** Opens tickets, each of which promises its customer a mail. @returns ids of the mails */
  async function promiseMails(count: number): Promise<string[]> {
    const before = await mailIds();
    const answers = await Promise.all(
      Array.from({ length: count }, (_, index) => customer.createTicket(`Line ${index}`)),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    let ids: string[] = [];
    await eventually('the worker to have heard of every ticket', async () => {
      ids = (await mailIds()).filter((id) => !before.includes(id));
      return ids.length === count;
    });
    return ids;
  }

  const mailIds = async () => (await product.postgres.rows<{ id: string }>('select id from mails')).map(({ id }) => id);

  const mailRow = async (id: string) => {
    const [row] = await product.postgres.rows<MailRow>(
      'select id, status, attempts, last_error as "lastError" from mails where id = $1',
      id,
    );
    return row!;
  };

  /** How many copies of each mail have arrived. */
  const copies = (ids: string[]) =>
    Object.fromEntries(
      ids.map((id) => [id, product.mailbox.mails.filter(({ messageId }) => messageId === `<${id}@localhost>`).length]),
    );
  const times = (ids: string[], count: number) => Object.fromEntries(ids.map((id) => [id, count]));
  const arrived = (ids: string[]) => Object.values(copies(ids)).every((count) => count > 0);

  /** Every mail that came has an id that the product gave it: none is a stranger's. */
  async function expectNoStrangers(): Promise<void> {
    const known = new Set((await mailIds()).map((id) => `<${id}@localhost>`));
    expect(product.mailbox.mails.filter(({ messageId }) => !known.has(messageId ?? ''))).toEqual([]);
  }

  /** Lets the server take its time over each mail; the answered function ends that. */
  function slowServer(then: () => void = () => {}): { talking: () => number; goOn: () => void } {
    let talking = 0;
    let goOn = () => {};
    const gate = new Promise<void>((resolve) => (goOn = resolve));
    product.mailbox.beforeAccepting = async () => {
      talking += 1;
      await gate;
      then();
    };
    return { talking: () => talking, goOn };
  }

  test(
    'B.2 a worker killed while it sends loses nothing: another takes its mails over by itself',
    async () => {
      const server = slowServer(() => {
        throw new Error('The sender hung up');
      });
      // More than one worker has hands for, so that some are still in the queue.
      const ids = await promiseMails(8);
      await eventually('the worker to talk to the server', () => server.talking() >= 5);
      await product.worker.kill();
      product.mailbox.beforeAccepting = async () => {};
      server.goOn();
      expect(copies(ids)).toEqual(times(ids, 0));
      await product.worker.start();

      await eventually('every mail', () => arrived(ids), TAKEN_OVER_WITHIN_MS);
      await product.outboxDone(5_000);
      expect(copies(ids)).toEqual(times(ids, 1));
      await expectNoStrangers();
    },
    TAKEN_OVER_WITHIN_MS + 20_000,
  );

  test("B.2 a worker killed between the server's 250 and its own commit sends a copy with the same Message-ID", async () => {
    let release = async () => {};
    product.mailbox.beforeAccepting = async () => {
      // The worker cannot mark as sent what somebody else holds.
      release = await product.postgres.holdLock('select 1 from mails for update');
    };
    const [id] = await promiseMails(1);
    await eventually('the mail', () => arrived([id!]));
    await eventually('the worker to wait with its mark', async () => (await product.waitingForLocks('worker')) === 1);
    await product.worker.kill();
    await product.postgres.endConnections('balcao-worker');
    await release();
    expect((await mailRow(id!)).status).toBe('queued');
    product.mailbox.beforeAccepting = async () => {};
    await product.letQueueLocksLapse();
    await product.worker.start();

    await product.outboxDone(20_000);
    expect(copies([id!])).toEqual({ [id!]: 2 });
    expect((await mailRow(id!)).status).toBe('sent');
    await expectNoStrangers();
  });

  test('B.2 a worker killed between claiming a row and putting it into the queue loses nothing', async () => {
    const release = await product.postgres.holdLock('lock table bullmq.job in access exclusive mode');
    const before = await mailIds();
    expect((await customer.createTicket('Between claim and queue')).status).toBe(201);
    let rowId: string | undefined;
    await eventually('the row of the subscriber to be claimed', async () => {
      const [row] = await product.postgres.rows<{ id: string }>(
        "select id from outbox where job = 'tickets.mails' and status = 'dispatched'",
      );
      rowId = row?.id;
      return rowId !== undefined;
    });
    await product.worker.kill();
    await product.postgres.endConnections('balcao-queue');
    await release();
    const [queued] = await product.postgres.rows<{ jobs: number }>(
      "select count(*)::int as jobs from bullmq.job j where j.data ->> 'outboxId' = $1",
      rowId,
    );
    expect(queued).toEqual({ jobs: 0 });
    await product.letDispatchesLapse();
    await product.worker.start();

    await product.outboxDone(15_000);
    const ids = (await mailIds()).filter((id) => !before.includes(id));
    expect(Object.values(copies(ids))).toEqual([1]);
  });

  test('B.2 an emptied queue loses nothing: the outbox dispatches its rows again', async () => {
    product.mailbox.refuse = () => ({ code: 451, message: 'Come back later' });
    const ids = await promiseMails(5);
    await eventually('every mail to be refused once', async () =>
      (await Promise.all(ids.map(mailRow))).every(({ lastError, attempts }) => attempts > 0 && lastError !== null),
    );
    await product.postgres.rows('delete from bullmq.job');
    product.mailbox.refuse = () => undefined;
    const rows = await product.postgres.rows(
      `select status, dispatches, due_at between now() and now() + interval '15 minutes' as soon
       from outbox where payload ->> 'mailId' = any($1)`,
      ids,
    );
    expect(rows).toEqual(ids.map(() => ({ status: 'dispatched', dispatches: 1, soon: true })));
    await product.letDispatchesLapse();

    await product.outboxDone(20_000);
    expect(copies(ids)).toEqual(times(ids, 1));
  });

  test('wait while the mail server is away, and go once it is back', async () => {
    await product.mailbox.stop();
    const ids = await promiseMails(3);
    await eventually('every mail to fail once', async () =>
      (await Promise.all(ids.map(mailRow))).every(({ lastError }) => lastError !== null),
    );
    for (const row of await Promise.all(ids.map(mailRow))) {
      expect(row).toMatchObject({
        status: 'queued',
        lastError: expect.stringContaining('could not be used') as unknown as string,
      });
    }
    await product.mailbox.start();

    await product.outboxDone(20_000);
    expect(copies(ids)).toEqual(times(ids, 1));
  });

  test('that the server will never take are given up, and staff see it', async () => {
    product.mailbox.refuse = (address) =>
      address === 'nobody@padaria.example' ? { code: 550, message: 'No such user' } : undefined;
    const staff = await signIn(new Visitor(product.api.address), 'staff', 'owner@aurora.example');
    await staff
      .post('/api/v1/admin/invitations', {
        email: 'nobody@padaria.example',
        name: 'Nobody',
        billingAccountId: idOf('account:padaria'),
      })
      .expect(201);
    await product.outboxDone(10_000);
    const [mail] = await product.postgres.rows<MailRow>(
      'select id, status, attempts, last_error as "lastError" from mails where recipient_email = \'nobody@padaria.example\'',
    );
    expect(mail).toMatchObject({ status: 'failed', attempts: 1, lastError: 'The mail server answered 550 to RCPT TO' });
    const { body } = await staff.get('/api/v1/admin/invitations?q=nobody').expect(200);
    expect(body).toMatchObject({ data: [{ email: 'nobody@padaria.example', mailStatus: 'failed' }] });
  });
});
