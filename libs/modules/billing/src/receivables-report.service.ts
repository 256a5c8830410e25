import { Injectable } from '@nestjs/common';
import type { Day } from '@balcao/money';
import { Database, type StaffContext } from '@balcao/platform-tenancy';
import { ageing, type AgeingRow } from './persistence/invoice-list.js';
import {
  invoicedCurrencies,
  monthsOf,
  overdueAt,
  receivablesByMonth,
  type ReportMonth,
  type ReportPeriod,
} from './persistence/receivables-report.js';
import { todayOf } from './today.js';

/** Months that a report goes back at most. */
export const MOST_REPORT_MONTHS = 24;

/** What staff ask of a report. */
export interface AskedReport {
  /** The organization's where absent. */
  currency?: string;
  months: number;
}

export interface ReceivablesReport {
  currency: string;
  /** Others that were invoiced in, and the organization's own. */
  currencies: string[];
  today: Day;
  /** What is owed by how late it is. */
  ageing: AgeingRow[];
  /** What was late when the month began, in minor units. */
  overdueBefore: bigint;
  months: ReportMonth[];
}

/** The period that somebody asks for, by the organization's clock. */
export function reportPeriod(context: StaffContext, { currency, months }: AskedReport): ReportPeriod {
  const { organization } = context.principal;
  return {
    currency: currency ?? organization.currency,
    months,
    today: todayOf(context),
    timeZone: organization.timeZone,
  };
}

/** What all customers together were invoiced, owe and have paid, one currency at a time: nobody adds reais to dollars. */
@Injectable()
export class ReceivablesReports {
  constructor(private readonly database: Database) {}

  async get(context: StaffContext, asked: AskedReport): Promise<ReceivablesReport> {
    const period = reportPeriod(context, asked);
    const { currency, today } = period;
    const began = monthsOf({ today, months: 1 })[0]!;
    return this.database.read(context, async (db) => {
      const [months, late, overdueBefore, invoiced] = await Promise.all([
        receivablesByMonth(db, period),
        ageing(db, today),
        overdueAt(db, period, began),
        invoicedCurrencies(db),
      ]);
      const currencies = [...new Set([context.principal.organization.currency, ...invoiced])];
      return {
        currency,
        currencies,
        today,
        ageing: late.filter((row) => row.currency === currency),
        overdueBefore,
        months,
      };
    });
  }

  /** The months alone, as a file has them. */
  async months(context: StaffContext, asked: AskedReport): Promise<{ currency: string; months: ReportMonth[] }> {
    const period = reportPeriod(context, asked);
    const months = await this.database.read(context, (db) => receivablesByMonth(db, period));
    return { currency: period.currency, months };
  }
}
