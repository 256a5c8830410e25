import type { Money } from '../../format/figures.js';

/** A step on the way of an invoice, as the API says it. */
export interface InvoiceStep {
  kind: 'proposal' | 'subscription' | 'invoice' | 'payment' | 'fiscal_note';
  state: 'done' | 'waiting' | 'part' | 'late' | 'ended';
  id: string | null;
  label: string | null;
  on: string | null;
  amount: Money | null;
}

/** A line of an invoice beside another. */
export interface ComparedLine {
  quantity: string;
  unitPrice: Money;
  startsOn: string | null;
  endsOn: string | null;
  discount: { percent: string | null; amount: Money | null } | null;
  tax: { name: string; percent: string; included: boolean } | null;
  amount: Money;
}

export interface LineDifference {
  description: string;
  before: ComparedLine | null;
  after: ComparedLine | null;
  parts: { reason: 'new' | 'gone' | 'quantity' | 'period' | 'price' | 'discount' | 'tax'; amount: Money }[];
}

/** An invoice beside the one before. */
export interface InvoiceComparison {
  previous: { id: string; number: string | null; title: string; openedOn: string | null; total: Money };
  difference: Money;
  wholeDiscount: Money;
  lines: LineDifference[];
}
