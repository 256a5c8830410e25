import { ApiProperty } from '@nestjs/swagger';
import { MOST_LINES, type Day, type Discount } from '@balcao/money';
import { refusedField } from '@balcao/platform-errors';
import {
  AmountField,
  BooleanField,
  CLEARABLE,
  DayField,
  DecimalField,
  EnumField,
  Money,
  Nullable,
  ObjectField,
  ObjectListField,
  PercentField,
  Single,
  TextField,
  UuidField,
  VersionField,
  money,
} from '@balcao/platform-http';
import { INVOICE_SOURCES, type DraftLine, type InvoiceSource } from '../../domain/invoice.js';
import type { CreditNote } from '../../credit.service.js';
import type { NewInvoice } from '../../invoice-draft.service.js';
import { STAFF_INVOICE_SORTS, type StaffInvoiceSort } from '../../persistence/invoice-list.js';
import type { StaffInvoiceDetailRow, StaffInvoiceListRow } from '../../persistence/invoice.rows.js';
import { StaffFiscalNoteFacts, staffFiscalNote } from './fiscal-note.dto.js';
import { InvoiceFacts, InvoiceItem, InvoiceListQuery, invoiceFacts, invoiceItem } from './invoice.dto.js';
import { CurrencyField } from './ledger.dto.js';

export class StaffInvoiceListQuery extends InvoiceListQuery {
  @EnumField({ description: 'Order; a minus means descending', values: STAFF_INVOICE_SORTS, optional: true })
  sort: StaffInvoiceSort = '-createdAt';
  @UuidField({ description: 'Only of this customer', optional: true }) billingAccountId?: string;
}

export class InvoiceCustomer {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ description: 'What the customer is called now', example: 'Padaria Estrela' }) name: string;
}

export class StaffInvoiceItem extends InvoiceItem {
  @ApiProperty({ type: InvoiceCustomer, description: 'Whose it is' }) billingAccount: InvoiceCustomer;
  @ApiProperty({ enum: INVOICE_SOURCES, description: 'Who or what made it' }) source: InvoiceSource;
  @ApiProperty() createdAt: Date;
}

export class StaffInvoiceFacts extends InvoiceFacts {
  @ApiProperty({ type: InvoiceCustomer, description: 'Whose it is' }) billingAccount: InvoiceCustomer;
  @ApiProperty({ enum: INVOICE_SOURCES, description: 'Who or what made it' }) source: InvoiceSource;
  @Nullable(String, 'What the mail that brings it says; null for nothing') message: string | null;
  @ApiProperty({ type: [StaffFiscalNoteFacts], description: 'Fiscal notes, oldest first' })
  override fiscalNotes: StaffFiscalNoteFacts[];
  @Nullable(
    Money,
    'Of a draft: charges for lateness of earlier invoices that come to it when it opens; null where there are none',
  )
  carriedCharges: Money | null;
  @ApiProperty() createdAt: Date;
  @ApiProperty({ type: 'integer', description: 'Counts its changes' }) version: number;
}

export class StaffInvoiceResponse extends Single('invoice', StaffInvoiceFacts) {}

/** A percentage or an amount, one of the two. */
export class DiscountRequest {
  @DecimalField({ description: 'In percent', example: '10', optional: true }) percent?: string;
  @AmountField({ description: 'In minor units', min: 1, optional: true }) amount?: number;
}

export class LineTaxRequest {
  @TextField({ description: 'What it is called', max: 40, example: 'ISS' }) name: string;
  @DecimalField({ description: 'In percent', example: '5' }) percent: string;
  @BooleanField({ description: 'Whether the price has it already' }) included: boolean;
}

export class InvoiceLineRequest {
  @TextField({ description: 'What it is', max: 255, example: 'Fibra Empresarial 600' }) description: string;
  @TextField({ description: 'More about it', max: 500, ...CLEARABLE }) detail?: string | null;
  @DayField({ description: 'First day of the service', ...CLEARABLE }) startsOn?: Day | null;
  @DayField({ description: 'Day behind its last one', example: '2027-01-10', ...CLEARABLE }) endsOn?: Day | null;
  @DecimalField({ description: 'How many, with up to six decimals', example: '4' }) quantity: string;
  @AmountField({ description: 'Of one, in minor units' }) unitPrice: number;
  @ObjectField({ description: 'Off this line', type: () => DiscountRequest, ...CLEARABLE })
  discount?: DiscountRequest | null;
  @ObjectField({ description: 'Tax of this line', type: () => LineTaxRequest, ...CLEARABLE })
  tax?: LineTaxRequest | null;
}

/**
 * The body of an invoice of as many lines as there may be, each with texts as long as they may be, whose letters may all be written as
 * `\u` and four digits: a line has up to 13 members in three objects.
 */
export const LONGEST_INVOICE = { bytes: 3 * 1024 * 1024, values: 16 * MOST_LINES };

/** What a draft says; what is left out is as the organization's terms have it, or empty. */
export class CreateInvoiceRequest {
  @UuidField({ description: 'Customer' }) billingAccountId: string;
  @TextField({ description: 'What it is for, in one line', max: 255, example: 'Mensalidade de outubro' }) title: string;
  @CurrencyField("Currency; the organization's where absent") currency?: string;
  @DayField({ description: 'When it is due; counted from its opening where absent', ...CLEARABLE }) dueOn?: Day | null;
  @TextField({ description: "The customer's own order number", max: 100, example: 'PC-1182', ...CLEARABLE })
  purchaseOrder?: string | null;
  @TextField({ description: 'What is printed below the lines', max: 2_000, ...CLEARABLE }) note?: string | null;
  @TextField({ description: 'What the mail that brings it says', max: 2_000, ...CLEARABLE }) message?: string | null;
  @PercentField({ description: 'For lateness, once, in percent', example: '2', optional: true }) finePercent?: string;
  @PercentField({ description: 'For lateness, a month, in percent', example: '1', optional: true })
  interestPercent?: string;
  @BooleanField({ description: 'Whether a part of it may be paid', optional: true }) allowsPartial?: boolean;
  @ObjectField({ description: 'Off all lines', type: () => DiscountRequest, ...CLEARABLE })
  discount?: DiscountRequest | null;
  @ObjectListField({
    example: [{ description: 'Fibra Empresarial 600', quantity: '1', unitPrice: 48_990 }],
    description: 'In their order',
    type: () => InvoiceLineRequest,
    minItems: 0,
    maxItems: MOST_LINES,
  })
  lines: InvoiceLineRequest[];
}

export class ReplaceInvoiceRequest extends CreateInvoiceRequest {
  @VersionField() version: number;
}

export class OpenInvoiceRequest {
  @VersionField() version: number;
}

export class VoidInvoiceRequest {
  @VersionField() version: number;
  @TextField({ description: 'Why; the customer reads it', max: 500, example: 'Emitida em dobro' }) reason: string;
}

export class ChangeDueDateRequest {
  @VersionField() version: number;
  @DayField({ description: 'When it is due from now on; today or later' }) dueOn: Day;
}

export class CreateCreditNoteRequest {
  @AmountField({ description: 'In minor units', min: 1 }) amount: number;
  @TextField({ description: 'Why; the customer reads it', max: 500, example: 'Dois dias sem sinal' }) reason: string;
}

export class CreditNoteFacts {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ description: 'What people quote', example: 'NC-2026-000004' }) number: string;
  @ApiProperty({ format: 'uuid', description: 'Of which invoice' }) invoiceId: string;
  @ApiProperty({ type: Money, description: 'How much is taken back' }) amount: Money;
  @ApiProperty({ description: 'Why' }) reason: string;
  @ApiProperty({ type: String, format: 'date', description: 'When' }) issuedOn: Day;
}

export class CreditNoteResponse extends Single('creditNote', CreditNoteFacts, 'The credit note') {}

export class WriteOffRequest {
  @AmountField({ description: 'In minor units; all that is owed where absent', min: 1, optional: true })
  amount?: number;
  @TextField({ description: 'Why; for those who read the books', max: 500, example: 'Incobrável' }) reason: string;
}

export class TakeBackWriteOffRequest {
  @UuidField({ description: 'Which one: a `write_off` of the `settlements` of the invoice' }) writeOffId: string;
  @TextField({ description: 'Why; for those who read the books', max: 500, example: 'O cliente vai pagar' })
  reason: string;
}

export function staffInvoiceItem(row: StaffInvoiceListRow, today: Day): StaffInvoiceItem {
  return {
    ...invoiceItem(row, today),
    billingAccount: { id: row.billingAccountId, name: row.billingAccountName },
    source: row.source,
    createdAt: row.createdAt,
  };
}

export function staffInvoice(row: StaffInvoiceDetailRow, today: Day): { invoice: StaffInvoiceFacts } {
  return {
    invoice: {
      ...invoiceFacts(row, today),
      billingAccount: { id: row.billingAccountId, name: row.billingAccountName },
      source: row.source,
      fiscalNotes: row.fiscalNotes.map((note) => staffFiscalNote(note, row)),
      message: row.message,
      carriedCharges: row.carriedCharges === null ? null : money(row.carriedCharges, row.currency),
      createdAt: row.createdAt,
      version: row.version,
    },
  };
}

export function creditNote({ currency, amount, ...note }: CreditNote): { creditNote: CreditNoteFacts } {
  return { creditNote: { ...note, amount: money(amount, currency) } };
}

/** What was asked for as the service takes it. @throws DomainError validation_failed for a discount of both kinds, or of neither */
export function invoiceFields({ lines, discount, ...fields }: CreateInvoiceRequest): NewInvoice {
  return {
    ...fields,
    discount: discountOf(discount, 'discount'),
    lines: draftLines(lines),
  };
}

/** Lines as services take them. @throws DomainError validation_failed as `invoiceFields` */
export const draftLines = (lines: readonly InvoiceLineRequest[]): DraftLine[] =>
  lines.map(({ unitPrice, discount: off, ...line }, place): DraftLine => ({
    ...line,
    unitPrice: BigInt(unitPrice),
    discount: discountOf(off, `lines.${place}.discount`),
  }));

/** A discount as services take it. @param path where the request has it */
export function discountOf(discount: DiscountRequest | null | undefined, path: string): Discount | null {
  if (!discount) return null;
  const { percent, amount } = discount;
  if (percent !== undefined && amount === undefined) return Number(percent) === 0 ? null : { percent };
  if (percent === undefined && amount !== undefined) return { amount: BigInt(amount) };
  throw refusedField(path, 'exactlyOne', { fields: 'percent, amount' });
}
