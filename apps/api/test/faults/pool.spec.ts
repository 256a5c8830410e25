import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually, slowness } from '@balcao/platform-testing';
import { TRY_LATER, refusal, type Answer, type Customer } from './support/customer.js';
import { Product } from './support/product.js';

const POOL_SIZE = 10;
/** As many of them as one organization may have at once, and one person. */
const OF_ONE = 7;
const OF_A_PERSON = 3;
const WAIT_MS = 1_000;
const STATEMENT_TIMEOUT_MS = 4_000;
/** What the way there and back may add to a limit. */
const SLACK_MS = 2_000;

describe(`A pool of ${POOL_SIZE} connections`, () => {
  let product: Product;
  let customer: Customer;
  let people: Customer[];

  beforeAll(async () => {
    product = await Product.start({ DATABASE_POOL_SIZE: String(POOL_SIZE) });
    customer = await product.customer();
    people = [
      customer,
      await product.customer('bruno@padaria.example'),
      await product.customer('carla@oficina.example'),
    ];
  });
  afterAll(() => product?.close());

  /** How often each of these tickets exists, apart from once. */
  const notOnce = async (subjects: string[]) => {
    const rows = await product.postgres.rows<{ subject: string }>(
      'select s.subject from unnest($1::text[]) as s(subject) where (select count(*) from tickets t where t.subject = s.subject) <> 1',
      subjects,
    );
    return rows.map(({ subject }) => subject);
  };

  describe('with the limits that it comes with', () => {
    test('serves 64 clients that open tickets: they wait, nobody is refused, nothing stalls', async () => {
      const subjects = Array.from({ length: 64 }, (_, index) => `Client ${index}`);
      const rounds = [1, 2, 3].map((round) => subjects.map((subject) => `${subject}, round ${round}`));
      const answers = await Promise.all(
        subjects.map(async (_, client) => {
          const own: Answer[] = [];
          for (const round of rounds) own.push(await customer.createTicket(round[client]!));
          return own;
        }),
      );
      expect(answers.flat().filter(({ status }) => status !== 201)).toEqual([]);
      expect(await notOnce(rounds.flat())).toEqual([]);
      const [numbers] = await product.postgres.rows<{ different: number; span: number }>(
        `select count(distinct number)::int as different,
           (max(split_part(number, '-', 3)::int) - min(split_part(number, '-', 3)::int) + 1)::int as span
         from tickets where subject like 'Client %'`,
      );
      expect(numbers).toEqual({ different: 192, span: 192 });
      const [connections] = await product.postgres.rows<{ most: number }>(
        "select count(*)::int as most from pg_stat_activity where application_name = 'balcao-api'",
      );
      expect(connections!.most).toBeLessThanOrEqual(POOL_SIZE);
    });
  });

  describe('of which one organization has all that it may stuck behind a lock', () => {
    let release = async () => {};
    let stuck: Promise<Answer[]>;
    const subjects = Array.from({ length: OF_ONE }, (_, index) => `Stuck ${index}`);

    beforeAll(async () => {
      await product.api.terminate();
      await product.api.start({
        DATABASE_POOL_WAIT_MS: String(WAIT_MS),
        DATABASE_STATEMENT_TIMEOUT_MS: String(STATEMENT_TIMEOUT_MS),
      });
    });
    beforeEach(async () => {
      release = await product.postgres.holdLock('lock table tickets in access exclusive mode');
      stuck = Promise.all(
        subjects.map((subject, index) => people[Math.floor(index / OF_A_PERSON)]!.createTicket(subject)),
      );
      await eventually('them to be stuck', async () => (await product.waitingForLocks()) === OF_ONE);
    });
    afterEach(() => release());

    test('refuses more of it within the wait limit, answers others, and goes on when the lock is released', async () => {
      const refused = await Promise.all([
        customer.listTickets(),
        customer.createTicket('Too late'),
        customer.listTickets(),
      ]);
      for (const answer of refused) {
        expect(refusal(answer)).toEqual(TRY_LATER);
        expect(answer.ms).toBeLessThan((WAIT_MS + SLACK_MS) * slowness());
      }
      for (const path of ['/health/live', '/health/ready', '/o/boreal/api/v1/portal/public/kb'])
        expect([path, (await fetch(`${product.api.address}${path}`)).status]).toEqual([path, 200]);
      await release();

      expect((await stuck).map(({ status }) => status)).toEqual(subjects.map(() => 201));
      expect(await notOnce(subjects)).toEqual([]);
      expect((await customer.listTickets()).status).toBe(200);
      expect(await notOnce(['Too late'])).toEqual(['Too late']);
    });

    test('gives up statements that wait too long, and serves others though the lock stays', async () => {
      for (const answer of await stuck) {
        expect(refusal(answer)).toEqual(TRY_LATER);
        // The limit is a statement's: whoever waited for the organization's counter first then waits for the table.
        expect(answer.ms).toBeLessThan((2 * STATEMENT_TIMEOUT_MS + SLACK_MS) * slowness());
      }
      // Needs the database, but not that table.
      await product.api.ready(2_000);
      await release();
      expect((await customer.createTicket('After all')).status).toBe(201);
      expect((await customer.listTickets()).status).toBe(200);
    });
  });
});
