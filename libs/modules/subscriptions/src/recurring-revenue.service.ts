import { Injectable } from '@nestjs/common';
import { addMonths, type Day } from '@balcao/money';
import { refusedField } from '@balcao/platform-errors';
import { Database, sql, type OrganizationContext } from '@balcao/platform-tenancy';

export const MOVEMENT_KINDS = ['new', 'expansion', 'contraction', 'churn', 'reactivation'] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

/** What recurs by the month, as it came and went within a month. In minor units of `currency`; what went is below zero. */
export interface RevenueMonth extends Record<MovementKind, bigint> {
  /** `2026-11`. */
  month: string;
  currency: string;
  /** Before its first day, and behind its last. */
  opening: bigint;
  closing: bigint;
}

const MOST_MONTHS = 36;

/** What an organization's subscriptions bring in by the month, from their movements. */
@Injectable()
export class RecurringRevenueService {
  constructor(private readonly database: Database) {}

  /**
   * The months from one day's to another's, each currency of which there ever was any; 36 months at most.
   * @throws DomainError validation_failed for days in the wrong order, or too far apart
   */
  async months(context: OrganizationContext, { from, to }: { from: Day; to: Day }): Promise<RevenueMonth[]> {
    const first: Day = `${from.slice(0, 7)}-01`;
    if (to < from) throw refusedField('to', 'afterStart');
    if (to >= addMonths(first, MOST_MONTHS)) throw refusedField('to', 'dayFar');
    const rows = await this.database.read(context, (db) =>
      db.query<RevenueMonth>(sql`
        select to_char(g.starts, 'YYYY-MM') as month, c.currency,
          coalesce((select sum(m.amount) from subscription_movements m
            where ${db.tenant('m')} and m.currency = c.currency and m.on_day < g.starts), 0)::bigint as opening,
          k.* from generate_series(${first}::date, ${to}::date, interval '1 month') as g (starts)
        cross join (select distinct m.currency from subscription_movements m where ${db.tenant('m')}) c
        cross join lateral (select
            coalesce(sum(m.amount) filter (where m.kind = 'new'), 0)::bigint as "new",
            coalesce(sum(m.amount) filter (where m.kind = 'expansion'), 0)::bigint as expansion,
            coalesce(sum(m.amount) filter (where m.kind = 'contraction'), 0)::bigint as contraction,
            coalesce(sum(m.amount) filter (where m.kind = 'churn'), 0)::bigint as churn,
            coalesce(sum(m.amount) filter (where m.kind = 'reactivation'), 0)::bigint as reactivation
          from subscription_movements m where ${db.tenant('m')} and m.currency = c.currency
            and m.on_day >= g.starts and m.on_day < g.starts + interval '1 month') k
        order by c.currency, g.starts`),
    );
    return rows.map((row) => ({ ...row, closing: MOVEMENT_KINDS.reduce((sum, kind) => sum + row[kind], row.opening) }));
  }
}
