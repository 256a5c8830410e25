import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@balcao/platform-testing';
import type { Answer, Customer } from './support/customer.js';
import { Product } from './support/product.js';

const CLIENTS = 6;
const TICKETS_EACH = 10;
const KILLS = 3;

describe('A POST with an Idempotency-Key', () => {
  let product: Product;
  let customer: Customer;

  beforeAll(async () => {
    product = await Product.start();
    customer = await product.customer();
  });
  afterAll(() => product?.close());

  const outcome = ({ status, headers, body }: Answer) => ({
    status,
    code: (body as { code?: string }).code,
    replayed: headers.get('idempotency-replayed') === 'true',
  });
  const CREATED = { status: 201, code: undefined, replayed: false };
  const REPLAYED = { status: 201, code: undefined, replayed: true };
  const refusedAs = (code: string) => ({ status: 409, code, replayed: false });

  /** How many tickets of a subject there are, and events that tell of them. */
  async function traces(subject: string): Promise<{ tickets: number; events: number }> {
    const [row] = await product.postgres.rows<{ tickets: number; events: number }>(
      `select count(*)::int as tickets, count(o.id)::int as events
       from tickets t left join outbox o on o.event = 'ticket.created' and o.job is null and o.payload #>> '{ids,ticketId}' = t.id::text
       where t.subject = $1`,
      subject,
    );
    return row!;
  }

  /** Sends a request that gets stuck, and ends the API in the middle of it. */
  async function killInTheMiddle(subject: string, key: string, release: () => Promise<void>): Promise<void> {
    const broken = expect(customer.createTicket(subject, key)).rejects.toThrow('fetch failed');
    await eventually('the request to be stuck', async () => (await product.waitingForLocks()) === 1);
    await product.killApi();
    await release();
    await broken;
    await product.api.start();
  }

  test('B.2 is carried out once though the API is killed between its commit and its answer', async () => {
    const [subject, key] = ['Committed', randomUUID()];
    await product.postgres.rows(
      `create function hold_answer() returns trigger language plpgsql as
         $$ begin perform pg_advisory_xact_lock(1); return new; end $$`,
    );
    await product.postgres.rows(
      `create trigger hold_answer before update on idempotency_keys for each row
         when (new.status is not null) execute function hold_answer()`,
    );
    await killInTheMiddle(subject, key, await product.postgres.holdLock('select pg_advisory_xact_lock(1)'));
    await product.postgres.rows('drop trigger hold_answer on idempotency_keys');
    expect(await traces(subject)).toEqual({ tickets: 1, events: 1 });

    const soon = await customer.createTicket(subject, key);
    expect(outcome(soon)).toEqual(refusedAs('idempotency_in_progress'));
    expect(soon.headers.get('retry-after')).toBe('1');
    await product.letIdempotencyLeasesLapse();
    const later = await Promise.all(Array.from({ length: 4 }, () => customer.createTicket(subject, key)));
    expect(later.map(outcome)).toEqual(later.map(() => refusedAs('idempotency_carried_out')));
    expect(outcome(await customer.createTicket('Something else', key))).toEqual(refusedAs('idempotency_mismatch'));
    expect(await traces(subject)).toEqual({ tickets: 1, events: 1 });
  });

  test.each([
    ['answers its repetition', 'update', '', REPLAYED],
    ['is carried out by its repetition', 'delete', 'audit_log', CREATED],
  ])('B.2 %s once what became of it can be written', async (what, operation, broken, answer) => {
    const key = randomUUID();
    const refuse = (on: string, name: string) =>
      product.postgres.rows(`create trigger ${name} before ${on} for each row execute function refuse()`);
    await product.postgres.rows(
      `create or replace function refuse() returns trigger language plpgsql as
         $$ begin if tg_op = 'UPDATE' then if new.status is null then return new; end if; end if;
           raise exception 'gone' using errcode = '08006'; end $$`,
    );
    await refuse(`${operation} on idempotency_keys`, 'refuse_key');
    if (broken) await refuse(`insert on ${broken}`, 'refuse_work');
    expect((await customer.createTicket(what, key)).status).toBe(broken ? 503 : 201);
    expect(outcome(await customer.createTicket(what, key))).toEqual(refusedAs('idempotency_in_progress'));
    await product.postgres.rows('drop function refuse cascade');

    const repeated = await eventually(
      'an outcome',
      async () => {
        const again = outcome(await customer.createTicket(what, key));
        return again.code === 'idempotency_in_progress' ? undefined : again;
      },
      20_000,
    );
    expect(repeated).toEqual(answer);
    expect(await traces(what)).toEqual({ tickets: 1, events: 1 });
  });

  test('B.2 is carried out by its repetition where the API is killed before its commit', async () => {
    const [subject, key] = ['Not committed', randomUUID()];
    const lock = 'lock table audit_log in access exclusive mode';
    await killInTheMiddle(subject, key, await product.postgres.holdLock(lock));
    expect(await traces(subject)).toEqual({ tickets: 0, events: 0 });

    expect(outcome(await customer.createTicket(subject, key))).toEqual(refusedAs('idempotency_in_progress'));
    await product.letIdempotencyLeasesLapse();
    const later = (await Promise.all(Array.from({ length: 4 }, () => customer.createTicket(subject, key)))).map(
      outcome,
    );
    expect(later.filter((each) => each.status === 201 && !each.replayed)).toEqual([CREATED]);
    expect(outcome(await customer.createTicket(subject, key))).toEqual(REPLAYED);
    expect(await traces(subject)).toEqual({ tickets: 1, events: 1 });
  });

  test('B.2 repeated until it is answered happens once, however often the API is killed under load', async () => {
    const answers: { subject: string; answer: Answer }[] = [];
    const clients = Array.from({ length: CLIENTS }, async (_, client) => {
      for (let ticket = 0; ticket < TICKETS_EACH; ticket += 1) {
        const subject = `Stubborn ${client}-${ticket}`;
        answers.push({ subject, answer: await untilAnswered(subject) });
      }
    });
    const total = CLIENTS * TICKETS_EACH;
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await eventually(`part ${kill}`, () => answers.length >= (total * kill) / (KILLS + 2), 30_000);
      await product.killApi();
      await product.letIdempotencyLeasesLapse();
      await product.api.start();
    }
    await Promise.all(clients);

    for (const { answer } of answers) {
      expect([CREATED, REPLAYED, refusedAs('idempotency_carried_out')]).toContainEqual(outcome(answer));
    }
    const rows = await product.postgres.rows<{ subject: string }>(
      "select subject from tickets where subject like 'Stubborn %' order by subject",
    );
    expect(rows.map(({ subject }) => subject)).toEqual(answers.map(({ subject }) => subject).sort());
    expect(rows).toHaveLength(total);
  });

  /** As a careful client does it: the same request until an answer comes that is not about waiting. */
  async function untilAnswered(subject: string): Promise<Answer> {
    const key = randomUUID();
    for (;;) {
      const answer = await customer.createTicket(subject, key).catch(() => undefined);
      const { status, code } = answer ? outcome(answer) : {};
      if (answer && status !== 503 && code !== 'idempotency_in_progress') return answer;
      await sleep(50);
    }
  }
});
