import type { Day } from '@balcao/money';
import { columnsOf, sql } from '@balcao/platform-tenancy';
import type { FiscalNoteEntity, InvoiceEntity, InvoiceEventKind, InvoiceLineEntity } from './billing.entities.js';

type Members<Names extends readonly (keyof InvoiceEntity)[]> = Pick<InvoiceEntity, Names[number]>;

/** What a change of an invoice starts from; the row is locked. */
const STATE = [
  'id',
  'billingAccountId',
  'currency',
  'title',
  'number',
  'state',
  'total',
  'settled',
  'credited',
  'owed',
  'dueOn',
  'payableUntil',
  'version',
] as const;
export const STATE_COLUMNS = columnsOf('t', STATE);
export type InvoiceHeld = Members<typeof STATE>;

/** What every list and every invoice shows. */
const LIST = [
  'id',
  'number',
  'title',
  'currency',
  'state',
  'total',
  'owed',
  'credited',
  'openedOn',
  'dueOn',
  'payableUntil',
  'finePercent',
  'interestPercent',
] as const;
export const LIST_COLUMNS = columnsOf('t', LIST);
export type InvoiceListRow = Members<typeof LIST>;

const STAFF_LIST = ['billingAccountId', 'source', 'createdAt'] as const;
export const STAFF_LIST_COLUMNS = sql`${columnsOf('t', STAFF_LIST)}, a.name as "billingAccountName"`;
export interface StaffInvoiceListRow extends InvoiceListRow, Members<typeof STAFF_LIST> {
  billingAccountName: string;
}

const DETAIL = [
  'billingAccountId',
  'purchaseOrder',
  'note',
  'allowsPartial',
  'discountPercent',
  'discountAmount',
  'subtotal',
  'discount',
  'taxAdded',
  'taxIncluded',
  'settled',
  'refunded',
  'issuer',
  'billTo',
  'checkCode',
  'openedAt',
  'settledAt',
  'voidedAt',
  'voidReason',
  'updatedAt',
] as const;
export const DETAIL_COLUMNS = columnsOf('t', DETAIL);

const LINE = [
  'id',
  'description',
  'detail',
  'startsOn',
  'endsOn',
  'unitPrice',
  'discountAmount',
  'taxName',
  'taxIsIncluded',
  'gross',
  'discount',
  'sharedDiscount',
  'tax',
] as const;
/** Decimals without the zeros that say nothing. */
export const LINE_COLUMNS = sql`${columnsOf('l', LINE)}, trim_scale(l.quantity)::text as quantity,
  trim_scale(l.discount_percent)::text as "discountPercent", trim_scale(l.tax_percent)::text as "taxPercent"`;
export type InvoiceLineRow = Pick<
  InvoiceLineEntity,
  (typeof LINE)[number] | 'quantity' | 'discountPercent' | 'taxPercent'
>;

/** What settled an invoice, or a part of it. */
export interface SettlementRow {
  id: string;
  kind: 'payment' | 'deposit' | 'credit_note' | 'void' | 'write_off' | 'adjustment_credit';
  amount: bigint;
  postedOn: Day;
  /** How the money came, of deposits. */
  method: string | null;
  /** Of a credit note. */
  number: string | null;
  reason: string | null;
}

/** What became of an invoice. */
export interface InvoiceEventRow {
  id: string;
  kind: InvoiceEventKind;
  amount: bigint | null;
  recipient: string | null;
  dueOn: Day | null;
  actorName: string | null;
  createdAt: Date;
}

export type FiscalNoteRow = Omit<FiscalNoteEntity, 'billingAccountId' | 'invoiceId' | 'createdAt'>;

/** An invoice with all that its page shows. */
export interface InvoiceDetailRow extends InvoiceListRow, Members<typeof DETAIL> {
  lines: InvoiceLineRow[];
  settlements: SettlementRow[];
  fiscalNotes: FiscalNoteRow[];
  history: InvoiceEventRow[];
}

export interface StaffInvoiceDetailRow extends InvoiceDetailRow {
  billingAccountName: string;
  source: InvoiceEntity['source'];
  message: string | null;
  version: number;
  createdAt: Date;
}
