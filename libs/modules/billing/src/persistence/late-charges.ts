import type { Day } from '@balcao/money';
import { insertInto, sql, type Db, type Sql } from '@balcao/platform-tenancy';

/** What lateness added to what money paid. `amount` is in minor units. */
export interface NewLateCharge {
  id: string;
  billingAccountId: string;
  currency: string;
  invoiceId: string;
  amount: bigint;
  paidOn: Day;
  /** Whether it was left open, for a later invoice to ask for. */
  isCarried: boolean;
  /** What staff wrote down, or what a gateway brought for one of the invoices that it was asked for. */
  source: { depositId: string } | { paymentReceiptId: string; paymentTargetId: string };
}

export async function writeLateCharge(db: Db, { source, ...charge }: NewLateCharge): Promise<void> {
  await db.execute(insertInto('late_charges', { ...charge, ...source }));
}

/** Charges for lateness of an earlier invoice that its payment left open. `amount` is in minor units. */
export interface CarriedCharge {
  /** Of the invoice that was paid late. */
  number: string;
  dueOn: Day;
  paidOn: Day;
  amount: bigint;
}

/**
 * Lets an invoice ask for charges that are open of its customer in its currency, the oldest first. Two at once never take the same.
 * @param most so many of them
 */
export const takeCarriedCharges = (db: Db, invoiceId: string, most: number): Promise<CarriedCharge[]> =>
  db.query<CarriedCharge>(sql`
    select c.number, c.due_on as "dueOn", c.paid_on as "paidOn", c.amount from take_carried_charges(${invoiceId}::uuid, ${most}::integer) c`);

/** Leaves open again what an invoice asked for. */
export async function returnCarriedCharges(db: Db, invoiceId: string): Promise<void> {
  await db.query(sql`select return_carried_charges(${invoiceId}::uuid)`);
}

/** What an invoice `t` would ask for if it were opened now, in minor units: null where it is open, or there is nothing. */
export const CARRIED: Sql = sql`case when t.opened_at is null then carried_charges(t.billing_account_id, t.currency) end`;
