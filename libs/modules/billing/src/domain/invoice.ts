import type { Day, Discount } from '@balcao/money';

/** What an invoice is by its own columns; the database works it out. */
export const INVOICE_STATES = [
  'draft',
  'open',
  'partially_paid',
  'paid',
  'void',
  'credited',
  'written_off',
  'refunded',
] as const;
export type InvoiceState = (typeof INVOICE_STATES)[number];

/** What people are told: `overdue` is whatever is still owed when its last day has passed. */
export const INVOICE_STATUSES = [...INVOICE_STATES, 'overdue'] as const;
export type InvoiceStatus = (typeof INVOICE_STATUSES)[number];

/** How a customer's invoices are known to whom they come from. */
export const INVOICE_SOURCES = ['staff', 'import', 'subscription', 'proposal', 'api'] as const;
export type InvoiceSource = (typeof INVOICE_SOURCES)[number];

/** What tells whether an invoice is late. */
export interface Lateness {
  state: InvoiceState;
  /** In minor units. */
  owed: bigint;
  /** The last day on which it is paid in time; absent of drafts. */
  payableUntil: Day | null;
}

/** The status of an invoice on a day of the organization's calendar. */
export function statusOf({ state, owed, payableUntil }: Lateness, today: Day): InvoiceStatus {
  return owed > 0n && payableUntil !== null && payableUntil < today ? 'overdue' : state;
}

/** A tax of a line, by its name: within the price, or on top of it. */
export interface LineTax {
  name: string;
  /** In percent. */
  percent: string;
  included: boolean;
}

/** A line as it is written. */
export interface DraftLine {
  description: string;
  detail?: string | null;
  /** Of the service; the end is no longer part of it. */
  startsOn?: Day | null;
  endsOn?: Day | null;
  /** More than zero, with up to six decimals. */
  quantity: string;
  /** Of one, in minor units. */
  unitPrice: bigint;
  discount?: Discount | null;
  tax?: LineTax | null;
}

/** What a draft says. What is left out is as the organization's terms have it, or empty. */
export interface InvoiceFields {
  title: string;
  currency?: string;
  dueOn?: Day | null;
  purchaseOrder?: string | null;
  note?: string | null;
  message?: string | null;
  /** For lateness: once, and a month, in percent. */
  finePercent?: string;
  interestPercent?: string;
  allowsPartial?: boolean;
  discount?: Discount | null;
  lines: readonly DraftLine[];
}
