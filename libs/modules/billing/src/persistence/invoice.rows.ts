import type { Day } from '@balcao/money';
import { columnsOf, sql } from '@balcao/platform-tenancy';
import type {
  CreditNoteEntity,
  FiscalNoteEntity,
  InvoiceEntity,
  InvoiceEventKind,
  InvoiceLineEntity,
} from './billing.entities.js';

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
  'writtenOff',
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
] as const;
/** Decimals without the zeros that say nothing. */
export const LIST_COLUMNS = sql`${columnsOf('t', LIST)}, trim_scale(t.fine_percent)::text as "finePercent",
  trim_scale(t.interest_percent)::text as "interestPercent"`;
export type InvoiceListRow = Members<typeof LIST> & Pick<InvoiceEntity, 'finePercent' | 'interestPercent'>;

const STAFF_LIST = ['billingAccountId', 'source', 'createdAt'] as const;
export const STAFF_LIST_COLUMNS = sql`${columnsOf('t', STAFF_LIST)}, a.name as "billingAccountName"`;
export interface StaffInvoiceListRow extends InvoiceListRow, Members<typeof STAFF_LIST> {
  billingAccountName: string;
}

const DETAIL = [
  'billingAccountId',
  'subscriptionId',
  'subscriptionNumber',
  'proposalId',
  'proposalNumber',
  'purchaseOrder',
  'note',
  'allowsPartial',
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
export const DETAIL_COLUMNS = sql`${columnsOf('t', DETAIL)}, trim_scale(t.discount_percent)::text as "discountPercent"`;

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
  /** What of the same money paid for the invoice's lateness. */
  lateCharges: bigint;
  postedOn: Day;
  /** How the money came, where it was money. */
  method: string | null;
  /** Of a credit note. */
  number: string | null;
  reason: string | null;
}

/** What was taken back of an invoice. */
export type CreditNoteRow = Pick<CreditNoteEntity, 'id' | 'number' | 'amount' | 'reason' | 'issuedOn'>;

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

const FISCAL_NOTE = [
  'id',
  'number',
  'accessKey',
  'verificationCode',
  'url',
  'issuedOn',
  'status',
  'statusOn',
  'statusReason',
  'replacedByKey',
  'competenceOn',
  'isTest',
  'serviceAmount',
  'netAmount',
  'totalAmount',
] as const;
export const FISCAL_NOTE_COLUMNS = sql`${columnsOf('f', FISCAL_NOTE)}, f.xml_key is not null as "hasXml"`;
export type FiscalNoteRow = Pick<FiscalNoteEntity, (typeof FISCAL_NOTE)[number]> & { hasXml: boolean };

/** An invoice with all that its page shows. */
export interface InvoiceDetailRow
  extends InvoiceListRow, Members<typeof DETAIL>, Pick<InvoiceEntity, 'discountPercent'> {
  lines: InvoiceLineRow[];
  settlements: SettlementRow[];
  creditNotes: CreditNoteRow[];
  fiscalNotes: FiscalNoteRow[];
  history: InvoiceEventRow[];
}

export interface StaffInvoiceDetailRow extends InvoiceDetailRow {
  /** Of a draft: charges for lateness of earlier invoices that come to it when it opens, in minor units. */
  carriedCharges: bigint | null;
  billingAccountName: string;
  source: InvoiceEntity['source'];
  message: string | null;
  version: number;
  createdAt: Date;
}
