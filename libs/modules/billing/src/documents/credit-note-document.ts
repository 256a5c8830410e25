import type { Check, Day, DocumentFrame, Party } from './document-parts.js';

/** What the document of a credit note shows. */
export interface CreditNoteDocument extends DocumentFrame {
  billTo: Party;
  number: string;
  issuedOn: Day;
  /** Of the invoice that it takes from. */
  invoiceNumber: string;
  title: string;
  reason?: string;
  /** Code of ISO 4217. */
  currency: string;
  /** In minor units, more than nothing. */
  amount: bigint;
  note?: string;
  check?: Check;
}
