import type { Day } from '@balcao/money';
import { columnsOf, sql, type Db, type Sql } from '@balcao/platform-tenancy';

/**
 * Why reminders of an invoice wait for people: it may be paid already, or its customer says that it is wrong. Besides, those of one
 * that a saved card pays wait, since mails of its own tell of that.
 */
export const PAUSE_REASONS = ['proof', 'dispute'] as const;

export interface ReminderPause {
  reason: (typeof PAUSE_REASONS)[number];
  since: Date;
  /** Last day on which they wait; null for as long as it takes. */
  until: Day | null;
}

/**
 * Whether reminders of an invoice wait on a day. What makes them wait stands in the view `reminder_pauses` and nowhere else.
 * @param invoice alias of its row
 * @param day of the organization's calendar
 */
export const isPaused = (invoice: Sql, day: Day | Sql): Sql => sql`exists (select from reminder_pauses w
  where w.organization_id = ${invoice}.organization_id and w.invoice_id = ${invoice}.id and ${standsOn(day)})`;

/** The same, by what people have said of the invoice: it is not charged by itself meanwhile either. */
export const isInReview = (invoice: Sql, day: Day | Sql): Sql => sql`exists (select from reminder_pauses w
  where w.organization_id = ${invoice}.organization_id and w.invoice_id = ${invoice}.id and ${isSaid} and ${standsOn(day)})`;

/** What people have said that makes the reminders of these invoices wait on a day, of each the oldest first. */
export async function pausesOf(db: Db, invoiceIds: readonly string[], day: Day): Promise<Map<string, ReminderPause[]>> {
  const pauses = new Map<string, ReminderPause[]>();
  if (invoiceIds.length === 0) return pauses;
  const rows = await db.query<ReminderPause & { invoiceId: string }>(sql`
    select ${columnsOf('w', ['invoiceId', 'reason', 'since', 'until'])} from reminder_pauses w
    where ${db.account('w')} and w.invoice_id = any(${[...invoiceIds]}::uuid[]) and ${isSaid} and ${standsOn(day)}
    order by w.since, w.source_id`);
  for (const { invoiceId, ...pause } of rows) pauses.set(invoiceId, [...(pauses.get(invoiceId) ?? []), pause]);
  return pauses;
}

const isSaid = sql`w.reason in ('proof', 'dispute')`;
const standsOn = (day: Day | Sql): Sql => sql`(w.until is null or w.until >= ${day}::date)`;
