import type { Check, Day, DocumentFrame, Party } from './document-parts.js';

/** What an invoice's document shows. Amounts are minor units of `currency`. */
export interface InvoiceDocument extends DocumentFrame {
  state: 'open' | 'partially_paid' | 'paid' | 'void' | 'credited' | 'written_off' | 'refunded';
  billTo: Party;
  number: string;
  title: string;
  issuedOn: Day;
  dueOn: Day;
  /** The last day without late charges, where that is another than `dueOn`, which is no banking day. */
  payableUntil?: Day;
  /** The customer's own number of what they ordered. */
  purchaseOrder?: string;
  /** Code of ISO 4217. */
  currency: string;
  lines: InvoiceDocumentLine[];
  totals: InvoiceDocumentTotals;
  settlement: Settlement;
  /** Of one that is late: what it comes to on the day of the document. */
  late?: LateTotal;
  /** What happens after the due date. */
  lateTerms?: string;
  note?: string;
  check?: Check;
  /** The page of this invoice, where it can be paid. */
  payUrl?: string;
  pix?: PixPayment;
  boleto?: BoletoPayment;
  fiscalNotes?: FiscalNote[];
}

export interface InvoiceDocumentLine {
  description: string;
  /** A period, a place: what makes the line clear. */
  detail?: string;
  /** A decimal as machines write it: `1.5`. */
  quantity: string;
  unitPrice: bigint;
  /** What is taken off quantity × price, with its percentage where it is one. */
  discount?: { amount: bigint; percent?: string };
  net: bigint;
}

export interface InvoiceDocumentTotals {
  /** All lines' `net`. */
  subtotal: bigint;
  /** Off what all lines are together. */
  discount: bigint;
  /** On top of the prices. */
  taxesAdded: NamedAmount[];
  /** Within the prices: for information. */
  taxesIncluded: NamedAmount[];
  total: bigint;
}

export interface NamedAmount {
  /** With its rate: `ISS de 5%`. */
  name: string;
  amount: bigint;
}

export interface Settlement {
  /** With what was paid for lateness. */
  paid: bigint;
  /** Fine and interest that were paid with it. */
  late?: bigint;
  /** By credit notes and credit of the account. */
  credited: bigint;
  /** What nobody waits for any more. */
  writtenOff?: bigint;
  refunded: bigint;
  left: bigint;
  /** When the last payment came. */
  paidOn?: Day;
}

/** What lateness adds to what is left, paid on a day. */
export interface LateTotal {
  on: Day;
  /** With what it is reckoned by: `Multa de 2%`. */
  charges: NamedAmount[];
  total: bigint;
}

export interface PixPayment {
  /** BR Code, which is shown as a QR code and as a text to copy. */
  code: string;
  validUntil?: Day;
  /** Of a late invoice: whether it asks for that day's amount, or the bank adds what lateness has. */
  late?: 'of_day' | 'grows';
}

/** What a slip must say that any bank takes. */
export interface BoletoPayment {
  /** What people type: 47 digits, with or without dots and spaces. */
  line: string;
  /** What scanners read: 44 digits. */
  barcode: string;
  /** With the check digit that banks write behind it: `001-9`. */
  bankCode: string;
  bankName: string;
  beneficiary: Party;
  payer: Party;
  /** As the bank writes them: `1234-5 / 67890-1`; payment services do not say it. */
  agencyAndCode?: string;
  /** The beneficiary's number. */
  documentNumber: string;
  /** The bank's (nosso número); payment services do not say it. */
  bankNumber?: string;
  wallet?: string;
  /** `DS` for services, `DM` for goods. */
  kind?: string;
  issuedOn: Day;
  dueOn: Day;
  amount: bigint;
  paymentPlace?: string;
  instructions: string[];
}

export interface FiscalNote {
  /** With what it is: `NFS-e 18.442`. */
  number: string;
  key?: string;
  url?: string;
}
