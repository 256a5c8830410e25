import { monthsOf, type ReportPeriod } from '@balcao/module-billing';
import { sql, type Db } from '@balcao/platform-tenancy';

/** How money came in: by a payment service, or as staff wrote down of money that came elsewhere. */
export interface MixRow {
  way: 'pix' | 'boleto' | 'card' | 'transfer' | 'cash' | 'check' | 'other';
  /** In minor units; what went back is not taken off. */
  amount: bigint;
  payments: number;
}

/** What came in within the months of the period, the most first. What is counted twice anywhere is money that came twice. */
export async function paymentMix(db: Db, period: ReportPeriod): Promise<MixRow[]> {
  const { currency, today } = period;
  const first = monthsOf(period)[0];
  const within = sql`${db.tenant('t')} and t.currency = ${currency} and t.received_on between ${first}::date and ${today}::date`;
  return db.queryPlanned<MixRow>(sql`
    select m.way, sum(m.amount)::bigint as amount, sum(m.payments)::integer as payments
    from (
      select t.method as way, sum(t.received) as amount, count(*) as payments
      from payments t where ${within} and t.received > 0 group by t.method
      union all
      select t.method, sum(t.amount), count(*) from deposits t where ${within} group by t.method
    ) m group by m.way order by amount desc, m.way`);
}
