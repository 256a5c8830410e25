import { addMonths, startOfDay, type Day } from '@balcao/money';
import { raw, sql, type Db } from '@balcao/platform-tenancy';

/** Whose money, up to which day, and how many months back; the month of that day is one of them. */
export interface ReportPeriod {
  currency: string;
  today: Day;
  months: number;
  /** Where the organization is, whose days these are. */
  timeZone: string;
}

/** What was invoiced in a month, and what has become of it by now. What was voided was never invoiced. Amounts are in minor units. */
export interface ReportMonth {
  /** Its first day. */
  month: Day;
  invoices: number;
  invoiced: bigint;
  /**
   * What was paid of it, by money or credit; what of that is the customer's again, as it was credited; what credit notes took off; what nobody waits for any more; what is still to pay, and of it what is late. None is below zero: invoiced is
   * received less returned, credited, written off and open together.
   */
  received: bigint;
  returned: bigint;
  credited: bigint;
  writtenOff: bigint;
  open: bigint;
  overdue: bigint;
  /** What of it fell due by yesterday, without what was credited; and what was paid of that. */
  fellDue: bigint;
  collected: bigint;
  /** Of invoices that were settled in this month: days from opening to the last payment, each counting as much as was paid. Null for none. */
  daysToPay: number | null;
}

/** The first day of each month of the period, the oldest first. */
export function monthsOf({ today, months }: Pick<ReportPeriod, 'today' | 'months'>): Day[] {
  const current = `${today.slice(0, 7)}-01`;
  return Array.from({ length: months }, (_, back) => addMonths(current, back + 1 - months));
}

/** A month for each of the period, empty ones too. */
export async function receivablesByMonth(db: Db, period: ReportPeriod): Promise<ReportMonth[]> {
  const { currency, today, timeZone } = period;
  const months = monthsOf(period);
  const late = sql`t.payable_until < ${today}::date`;
  const opened = sql`${db.tenant('t')} and t.currency = ${currency} and t.opened_at is not null and t.voided_at is null`;
  const [invoiced, settled] = await Promise.all([
    db.queryPlanned<Omit<ReportMonth, 'daysToPay'>>(sql`
      select ${monthOf('t.opened_on')} as month, count(*)::integer as invoices,
        sum(t.total)::bigint as invoiced, sum(${RECEIVED})::bigint as received,
        sum(${RECEIVED} - ${KEPT})::bigint as returned, sum(t.credited)::bigint as credited,
        sum(t.written_off)::bigint as "writtenOff", sum(t.owed)::bigint as open,
        coalesce(sum(t.owed) filter (where ${late}), 0)::bigint as overdue,
        coalesce(sum(t.total - t.credited) filter (where ${late}), 0)::bigint as "fellDue",
        coalesce(sum(greatest(${KEPT}, 0)) filter (where ${late}), 0)::bigint as collected
      from invoices t where ${opened} and t.opened_on >= ${months[0]}::date and t.opened_on <= ${today}::date group by 1`),
    db.queryPlanned<{ month: Day; daysToPay: number | null }>(sql`
      select s.month, (sum(s.days * s.received) / nullif(sum(s.received), 0))::float8 as "daysToPay"
      from (
        select ${monthOf('(t.settled_at at time zone o.time_zone)')} as month,
          greatest((t.settled_at at time zone o.time_zone)::date - t.opened_on, 0)::numeric as days, t.received
        from invoices t cross join (select ${timeZone}::text as time_zone) o
        where ${db.tenant('t')} and t.currency = ${currency} and t.voided_at is null
          and t.settled_at >= ${startOfDay(months[0]!, timeZone)}
      ) s group by 1`),
  ]);
  return months.map((month) => ({
    ...NOTHING,
    ...invoiced.find((one) => one.month === month),
    month,
    daysToPay: settled.find((one) => one.month === month)?.daysToPay ?? null,
  }));
}

/**
 * What was paid of an invoice and is the organization's: money, or credit. What is credited of one that was paid is its customer's again, and is
 * paid where it goes to, so that all months together have kept what came. It is below zero of one whose money was taken back after it was credited.
 */
const KEPT = sql`(t.total - t.credited - t.written_off - t.owed)`;
/** What pays it now: more than is kept where some is its customer's again, and no less, as credit of other invoices pays it. */
const RECEIVED = sql`greatest(t.received, ${KEPT})`;

const monthOf = (day: string) => sql`to_char(${raw(day)}, 'YYYY-MM-01')`;

const NOTHING: Omit<ReportMonth, 'month' | 'daysToPay'> = {
  invoices: 0,
  invoiced: 0n,
  received: 0n,
  returned: 0n,
  credited: 0n,
  writtenOff: 0n,
  open: 0n,
  overdue: 0n,
  fellDue: 0n,
  collected: 0n,
};

/** What was late when a day began, of all that has not been voided since. In minor units. */
export async function overdueAt(
  db: Db,
  { currency, timeZone }: Pick<ReportPeriod, 'currency' | 'timeZone'>,
  day: Day,
): Promise<bigint> {
  const began = startOfDay(day, timeZone);
  // What is late still, or was settled since; then what of it had been settled before.
  const then = sql`${db.tenant('t')} and t.currency = ${currency} and t.payable_until < ${day}::date`;
  const [row] = await db.queryPlanned<{ overdue: bigint }>(sql`
    select coalesce(sum(c.total - coalesce(a.amount, 0)), 0)::bigint as overdue
    from (
      select t.id, t.total from invoices t where ${then} and t.owed > 0
      union all
      select t.id, t.total from invoices t where ${then} and t.settled_at >= ${began} and t.voided_at is null
    ) c
    join ledger_entries e on ${db.tenant('e')} and e.kind = 'invoice' and e.source_id = c.id and e.posted_at < ${began}
    left join lateral (
      select sum(s.amount) as amount from allocations s
      where ${db.tenant('s')} and s.debit_id = e.id and s.posted_at < ${began}
    ) a on true`);
  return row!.overdue;
}

/** Currencies that anything was invoiced in, by their codes: a step through the index for each. */
export async function invoicedCurrencies(db: Db): Promise<string[]> {
  const next = (behind: ReturnType<typeof sql>) => sql`(
    select t.currency from invoices t where ${db.tenant('t')} and t.opened_at is not null and t.voided_at is null ${behind}
    order by t.currency limit 1)`;
  const rows = await db.queryPlanned<{ currency: string }>(sql`
    with recursive known (currency) as (
      select ${next(sql``)}
      union all
      select ${next(sql`and t.currency > k.currency`)} from known k where k.currency is not null
    ) select k.currency from known k where k.currency is not null`);
  return rows.map(({ currency }) => currency);
}
