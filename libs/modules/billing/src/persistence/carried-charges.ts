import type { Day } from '@balcao/money';
import { sql, type Db, type Sql } from '@balcao/platform-tenancy';

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
