import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addDays } from '@balcao/money';
import { eventually } from '@balcao/platform-testing';
import { idOf } from '../support/ids.js';
import { signIn } from '../support/sign-in.js';
import { Visitor } from '../support/visitor.js';
import { Product } from './support/product.js';

const AURORA = idOf('organization:aurora');
const PADARIA = idOf('account:padaria');
const START = '2030-01-30';
const DUE = '2030-02-20';
const DAYS = 60;
/** A lock of the queue lasts 30 s, and its worker is declared dead at the second look, 15 s apart. */
const ARRIVES_WITHIN_MS = 300_000;

interface ClockRow {
  day: string;
  advancing: boolean;
}

describe('The clock of a sandbox organization', () => {
  let product: Product;
  let staff: Visitor;

  beforeAll(async () => {
    product = await Product.start();
    // As none becomes one by what people do.
    await product.postgres.withOwner(async (owner) => {
      await owner.query('set session_replication_role = replica');
      await owner.query("update organizations set is_sandbox = true where slug = 'aurora'");
      await owner.query('set session_replication_role = origin');
      await owner.query('update organization_clocks set now = $1 where organization_id = $2', [
        `${START}T15:00:00Z`,
        AURORA,
      ]);
    });
    staff = await signIn(new Visitor(product.api.address), 'staff', 'owner@aurora.example');
  });
  afterAll(() => product?.close());

  const clock = async (): Promise<ClockRow> => {
    const [row] = await product.postgres.rows<ClockRow>(
      `select (now at time zone 'America/Sao_Paulo')::date::text as day, advancing_to is not null as advancing
       from organization_clocks where organization_id = $1`,
      AURORA,
    );
    return row!;
  };

  /** Mails that were asked for of the invoice's reminders, and what its history says of them. */
  async function reminders(invoiceId: string): Promise<Record<'soon' | 'late' | 'reminded' | 'overdue', number>> {
    const [row] = await product.postgres.rows<Record<'soon' | 'late' | 'reminded' | 'overdue', number>>(
      `select (select count(*)::int from mails where business_key like 'invoice-due-soon:' || $1 || ':%') as soon,
         (select count(*)::int from mails where business_key like 'invoice-overdue:' || $1 || ':%') as late,
         (select count(*)::int from invoice_events where invoice_id = $1::uuid and kind = 'reminded') as reminded,
         (select count(*)::int from invoice_events where invoice_id = $1::uuid and kind = 'overdue') as overdue`,
      invoiceId,
    );
    return row!;
  }

  test(
    'B.10 arrives although its worker is killed on the way, twice, and leaves out no day’s reminder and doubles none',
    async () => {
      const line = { description: 'Fibra', quantity: '1', unitPrice: 10_000 };
      const draft = { billingAccountId: PADARIA, title: 'Mensalidade', dueOn: DUE, lines: [line] };
      const { id, version } = (await staff.post('/api/v1/admin/invoices', draft).expect(201)).body.invoice;
      await staff.post(`/api/v1/admin/invoices/${id}/open`, { version }).expect(200);
      const until = addDays(START, DAYS);
      await staff.post('/api/v1/admin/clock/advance', { until: `${until}T12:00` }).expect(200);
      // Behind the first reminder, and between those of an invoice that is late.
      for (const day of [addDays(DUE, -1), addDays(DUE, 5)]) {
        await eventually('the clock to have come that far', async () => (await clock()).day >= day, ARRIVES_WITHIN_MS);
        await product.worker.kill();
        const killedAt = await clock();
        expect(killedAt).toMatchObject({ advancing: true });
        expect(killedAt.day < until).toBe(true);
        await product.worker.start();
      }
      await eventually('the clock to have arrived', async () => !(await clock()).advancing, ARRIVES_WITHIN_MS);
      expect(await clock()).toEqual({ day: until, advancing: false });
      // Three days before, and one, seven and fifteen behind it: to each of those who read them.
      const { soon, late, reminded, overdue } = await reminders(id);
      expect(soon).toBeGreaterThan(0);
      expect([late, reminded, overdue]).toEqual([3 * soon, soon, 3 * soon]);
    },
    3 * ARRIVES_WITHIN_MS,
  );
});
