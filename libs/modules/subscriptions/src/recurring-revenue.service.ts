import { Injectable } from '@nestjs/common';
import { monthsOf, reportPeriod, type AskedReport } from '@balcao/module-billing';
import type { Day } from '@balcao/money';
import { Database, sql, type StaffContext } from '@balcao/platform-tenancy';

export const MOVEMENT_KINDS = ['new', 'expansion', 'contraction', 'churn', 'reactivation'] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

/** What recurs by the month, as it came and went within a month. In minor units; what went is below zero. */
export interface RevenueMonth extends Record<MovementKind, bigint> {
  /** Its first day. */
  month: Day;
  /** Before its first day, and behind its last. */
  opening: bigint;
  closing: bigint;
}

const NOTHING: Record<MovementKind, bigint> = { new: 0n, expansion: 0n, contraction: 0n, churn: 0n, reactivation: 0n };

/** What an organization's subscriptions bring in by the month, from their movements. */
@Injectable()
export class RecurringRevenueService {
  constructor(private readonly database: Database) {}

  /** A month for each that is asked for, the oldest first, in one currency. */
  async months(context: StaffContext, asked: AskedReport): Promise<{ currency: string; months: RevenueMonth[] }> {
    const period = reportPeriod(context, asked);
    const months = monthsOf(period);
    const { before, moved } = await this.database.read(context, async (db) => {
      const within = sql`${db.tenant('m')} and m.currency = ${period.currency}`;
      const [[sum], rows] = await Promise.all([
        db.queryPlanned<{ before: bigint }>(sql`
          select coalesce(sum(m.amount), 0)::bigint as before from subscription_movements m
          where ${within} and m.on_day < ${months[0]}::date`),
        db.queryPlanned<{ month: Day; kind: MovementKind; amount: bigint }>(sql`
          select to_char(m.on_day, 'YYYY-MM-01') as month, m.kind, sum(m.amount)::bigint as amount from subscription_movements m
          where ${within} and m.on_day between ${months[0]}::date and ${period.today}::date group by 1, 2`),
      ]);
      return { before: sum!.before, moved: rows };
    });
    let opening = before;
    const rows = months.map((month) => {
      const kinds = { ...NOTHING };
      for (const row of moved) if (row.month === month) kinds[row.kind] += row.amount;
      const closing = MOVEMENT_KINDS.reduce((sum, kind) => sum + kinds[kind], opening);
      const row = { month, opening, ...kinds, closing };
      opening = closing;
      return row;
    });
    return { currency: period.currency, months: rows };
  }
}
