import {
  adminExportEntries,
  adminExportReceivables,
  adminExportRecurringRevenue,
  adminGetPaymentMix,
  adminGetReceivables,
  adminGetRecurringRevenue,
  type AdminGetReceivablesData,
} from '@balcao/api-client';
import { useSessionStore } from '../stores/session.js';
import { query } from './keys.js';

export type {
  PaymentMixResponse as PaymentMix,
  RecurringRevenueResponse as RecurringRevenue,
  ReceivablesMonth,
  ReceivablesReportResponse as Receivables,
} from '@balcao/api-client';

/** What every report is asked by. */
export type ReportFilter = NonNullable<AdminGetReceivablesData['query']>;
export const REPORT_MONTHS = ['3', '6', '12', '24'] as const satisfies ReportFilter['months'][];

/** Sums over months are not read anew with each payment that comes. */
const INTERVAL = 5 * 60_000;
const options = { keep: true, refetchInterval: INTERVAL };

/** What was invoiced month by month, what became of it, and what is owed. */
export const useReceivables = query(
  ['reports', 'receivables'],
  (call, filter: ReportFilter) => adminGetReceivables({ ...call, query: filter }),
  options,
);

/** How customers pay. */
export const usePaymentMix = query(
  ['reports', 'payment-mix'],
  (call, filter: ReportFilter) => adminGetPaymentMix({ ...call, query: filter }),
  options,
);

/** What recurs by the month, for whoever may see subscriptions. */
export const useRecurringRevenue = query(
  ['reports', 'recurring-revenue'],
  (call, filter: ReportFilter) => adminGetRecurringRevenue({ ...call, query: filter }),
  { ...options, enabled: () => useSessionStore().can('subscriptions:read') },
);

/** Its months as a CSV. */
export const recurringRevenueFile = (filter: ReportFilter): Promise<string> =>
  adminExportRecurringRevenue({ query: filter });

/** The months as a CSV. */
export const receivablesFile = (filter: ReportFilter): Promise<string> => adminExportReceivables({ query: filter });

/** The books of all customers between two days as a CSV, for accountants. */
export const entriesFile = (days: { from: string; to: string }): Promise<string> => adminExportEntries({ query: days });
