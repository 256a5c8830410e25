import type { Receivables, ReceivablesMonth } from '../src/data/reports.js';

const brl = (amount: number) => ({ amount, currency: 'BRL' });

/** A month of a report, in which nothing happened but what a test says. */
export const reportMonth = (month: string, more: Partial<ReceivablesMonth> = {}): ReceivablesMonth => ({
  month,
  invoices: 0,
  invoiced: brl(0),
  received: brl(0),
  credited: brl(0),
  returned: brl(0),
  writtenOff: brl(0),
  open: brl(0),
  overdue: brl(0),
  fellDue: brl(0),
  collected: brl(0),
  daysToPay: null,
  ...more,
});

/** What the API answers of an organization without invoices. */
export const receivables = (more: Partial<Receivables> = {}): Receivables => ({
  currency: 'BRL',
  currencies: ['BRL'],
  today: '2026-11-18',
  ageing: [],
  overdueBefore: brl(0),
  months: ['2026-09-01', '2026-10-01', '2026-11-01'].map((month) => reportMonth(month)),
  ...more,
});
