import { ApiProperty, OmitType } from '@nestjs/swagger';
import { lateCharges, type Day } from '@balcao/money';
import { PostalAddressFacts } from '@balcao/module-directory/http';
import {
  DayField,
  EnumFilterField,
  Money,
  Nullable,
  PageQuery,
  SearchField,
  TextField,
  money,
} from '@balcao/platform-http';
import { INVOICE_STATUSES, statusOf, type InvoiceStatus } from '../../domain/invoice.js';
import { CREDIT_KINDS, INVOICE_EVENT_KINDS, type InvoiceEventKind } from '../../persistence/billing.entities.js';
import type { InvoiceDetailRow, InvoiceLineRow, InvoiceListRow } from '../../persistence/invoice.rows.js';
import { FiscalNoteFacts, fiscalNote } from './fiscal-note.dto.js';

/** What customers and staff narrow their lists by. */
export class InvoiceListQuery extends PageQuery {
  @EnumFilterField({ description: 'Status', values: INVOICE_STATUSES, example: 'open,overdue' })
  status?: InvoiceStatus[];
  @DayField({ description: 'Due on that day or later', example: '2026-01-01', optional: true }) dueFrom?: Day;
  @DayField({ description: 'Due on that day or earlier', example: '2026-12-31', optional: true }) dueTo?: Day;
  @SearchField({ description: 'Part of a number or of a title, accents and case apart', example: '000123' }) q?: string;
  @TextField({
    description: '`nextCursor` of the page before, in the same order; counts instead of `page`',
    max: 300,
    optional: true,
    example: 'WyItZHVlT24iLCIy',
  })
  cursor?: string;
}

/** What lateness adds to what is owed, paid today. */
export class LateChargesFacts {
  @ApiProperty({ type: Money, description: 'Once' }) fine: Money;
  @ApiProperty({ type: Money, description: 'For the days since it was due' }) interest: Money;
  @ApiProperty({ type: 'integer', description: 'Days since it was due', example: 13 }) days: number;
  @ApiProperty({ type: Money, description: 'By how much it is more tomorrow' }) perDay: Money;
}

/** What every list and every invoice shows, whoever reads it. */
export class InvoiceItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @Nullable(String, 'What people quote; counted for each organization and year. Null of drafts', {
    example: 'F-2026-000123',
  })
  number: string | null;
  @ApiProperty({ description: 'What it is for, in one line', example: 'Mensalidade de outubro' }) title: string;
  @ApiProperty({
    enum: INVOICE_STATUSES,
    description: '`overdue` is whatever is still owed behind `payableUntil`, by the calendar of the organization',
  })
  status: InvoiceStatus;
  @ApiProperty({ type: Money, description: 'What it came to' }) total: Money;
  @ApiProperty({ type: Money, description: 'What of it is still to pay, without charges for lateness' }) owed: Money;
  @ApiProperty({ type: Money, description: 'What pays it whole today' }) amountDue: Money;
  @ApiProperty({ type: LateChargesFacts, nullable: true, description: 'What lateness has added; null where nothing' })
  lateCharges: LateChargesFacts | null;
  @ApiProperty({ type: Money, description: 'What credit notes have taken back of it' }) credited: Money;
  @Nullable(String, 'Day of opening; null of drafts', { format: 'date', example: '2026-10-10' }) openedOn: Day | null;
  @Nullable(String, 'Day on which it is due; null where opening decides', { format: 'date', example: '2026-10-25' })
  dueOn: Day | null;
  @Nullable(String, 'Last day on which it is paid in time: the next banking day, where `dueOn` is none', {
    format: 'date',
    example: '2026-10-26',
  })
  payableUntil: Day | null;
}

/** A discount as it was given. */
export class DiscountFacts {
  @Nullable(String, 'In percent; null where it is an amount', { example: '10' }) percent: string | null;
  @ApiProperty({ type: Money, nullable: true, description: 'Null where it is a percentage' }) amount: Money | null;
}

export class LineTaxFacts {
  @ApiProperty({ description: 'What it is called', example: 'ISS' }) name: string;
  @ApiProperty({ description: 'In percent', example: '5' }) percent: string;
  @ApiProperty({ description: 'Whether the price has it already' }) included: boolean;
}

export class InvoiceLineFacts {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ description: 'What it is', example: 'Fibra Empresarial 600' }) description: string;
  @Nullable(String, 'More about it; null for nothing', { example: 'Lojas 1 e 2' }) detail: string | null;
  @Nullable(String, 'First day of the service; null where it has none', { format: 'date', example: '2026-12-10' })
  startsOn: Day | null;
  @Nullable(String, 'Day behind its last one; null where it has none', { format: 'date', example: '2026-12-10' })
  endsOn: Day | null;
  @ApiProperty({ description: 'How many, with up to six decimals', example: '4' }) quantity: string;
  @ApiProperty({ type: Money, description: 'Of one' }) unitPrice: Money;
  @ApiProperty({ type: DiscountFacts, nullable: true, description: "The line's own; null for none" })
  discount: DiscountFacts | null;
  @ApiProperty({ type: LineTaxFacts, nullable: true, description: 'Null for none' }) tax: LineTaxFacts | null;
  @ApiProperty({ type: Money, description: 'Quantity times price' }) gross: Money;
  @ApiProperty({ type: Money, description: 'Less its own discount' }) net: Money;
}

export class OfferedLineFacts extends OmitType(InvoiceLineFacts, ['id'] as const) {}

export class InvoiceTaxFacts extends LineTaxFacts {
  @ApiProperty({ type: Money, description: 'Of all lines that have it' }) amount: Money;
}

export class SettlementFacts {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ enum: CREDIT_KINDS, description: 'What settled it' }) kind: (typeof CREDIT_KINDS)[number];
  @ApiProperty({ type: Money, description: 'So much of the invoice' }) amount: Money;
  @ApiProperty({ type: Money, description: 'So much of the same money paid fine and interest of it' })
  lateCharges: Money;
  @ApiProperty({ type: String, format: 'date', description: 'When' }) postedOn: Day;
  @Nullable(String, 'How money came in; null where none did', { example: 'pix' }) method: string | null;
  @Nullable(String, 'Of a credit note; null of others', { example: 'NC-2026-000004' }) number: string | null;
  @Nullable(String, 'Why; null where nobody said') reason: string | null;
}

export class CreditNoteFacts {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ description: 'What people quote', example: 'NC-2026-000004' }) number: string;
  @ApiProperty({ type: Money, description: 'What it has taken back' }) amount: Money;
  @ApiProperty({ description: 'Why' }) reason: string;
  @ApiProperty({ type: String, format: 'date', description: 'When it was issued' }) issuedOn: Day;
}

export class InvoiceEventFacts {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ enum: INVOICE_EVENT_KINDS, description: 'What happened' }) kind: InvoiceEventKind;
  @ApiProperty({ type: Money, nullable: true, description: 'How much; null where it is about none' })
  amount: Money | null;
  @Nullable(String, 'To whom a mail went; null where none did') recipient: string | null;
  @Nullable(String, 'The due date since then; null where it did not change', { format: 'date', example: '2026-12-10' })
  dueOn: Day | null;
  @Nullable(String, 'Who did it; null where nobody, or somebody who is gone') actorName: string | null;
  @ApiProperty({ description: 'When' }) at: Date;
}

/** Whom an invoice is from, or to, as it was printed. */
export class PartyFacts {
  @ApiProperty({ example: 'Padaria Estrela' }) name: string;
  @Nullable(String, 'Name in the register of companies; null where unknown') legalName: string | null;
  @Nullable(String, 'CNPJ or CPF without its marks; null where unknown') taxId: string | null;
  @ApiProperty({ type: PostalAddressFacts, nullable: true, description: 'Null where unknown' })
  address: PostalAddressFacts | null;
  @Nullable(String, 'E-mail; null where unknown') email: string | null;
  @Nullable(String, 'Telephone; null where unknown') phone: string | null;
}

/** Whose period an invoice asks for. */
export class InvoiceSubscription {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ description: 'What people quote', example: 'AS-2026-000087' }) number: string;
}

/** Whose acceptance made an invoice. */
export class InvoiceProposal {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ description: 'What people quote', example: 'P-2026-000214' }) number: string;
}

/** What an invoice's own page shows besides. */
export class InvoiceFacts extends InvoiceItem {
  @ApiProperty({ type: InvoiceSubscription, nullable: true, description: 'Whose period it asks for; null of others' })
  subscription: InvoiceSubscription | null;
  @ApiProperty({ type: InvoiceProposal, nullable: true, description: 'Whose acceptance made it; null of others' })
  proposal: InvoiceProposal | null;
  @Nullable(String, "The customer's own order number; null for none", { example: 'PC-1182' }) purchaseOrder:
    string | null;
  @Nullable(String, 'What is printed below the lines; null for nothing') note: string | null;
  @ApiProperty({ description: 'Whether a part of it may be paid' }) allowsPartial: boolean;
  @ApiProperty({ type: [InvoiceLineFacts], description: 'In their order; 500 at most' }) lines: InvoiceLineFacts[];
  @ApiProperty({ type: DiscountFacts, nullable: true, description: 'Off all lines; null for none' })
  discount: DiscountFacts | null;
  @ApiProperty({ type: Money, description: 'All lines before any discount' }) gross: Money;
  @ApiProperty({ type: Money, description: 'All discounts together' }) discounted: Money;
  @ApiProperty({ type: [InvoiceTaxFacts], description: 'Taxes by name and percentage' }) taxes: InvoiceTaxFacts[];
  @ApiProperty({ type: Money, description: 'What has been paid, credited or given up' }) settled: Money;
  @ApiProperty({ type: Money, description: 'What of it was given back' }) refunded: Money;
  @ApiProperty({ description: 'For lateness, once, in percent', example: '2' }) finePercent: string;
  @ApiProperty({ description: 'For lateness, a month, in percent', example: '1' }) interestPercent: string;
  @ApiProperty({ type: [SettlementFacts], description: 'Oldest first' }) settlements: SettlementFacts[];
  @ApiProperty({ type: [CreditNoteFacts], description: 'What was taken back of it, oldest first; each has a document' })
  creditNotes: CreditNoteFacts[];
  @ApiProperty({ type: [FiscalNoteFacts], description: 'Fiscal notes, oldest first' }) fiscalNotes: FiscalNoteFacts[];
  @ApiProperty({ type: [InvoiceEventFacts], description: 'What became of it, oldest first; 500 at most' })
  history: InvoiceEventFacts[];
  @ApiProperty({ type: PartyFacts, nullable: true, description: 'Whom it is from; null of drafts' })
  issuer: PartyFacts | null;
  @ApiProperty({ type: PartyFacts, nullable: true, description: 'Whom it is to; null of drafts' })
  billTo: PartyFacts | null;
  @Nullable(String, 'By which anybody can ask whether it is genuine; null of drafts', { example: '7K4F92QD' })
  checkCode: string | null;
  @Nullable(Date, 'When nothing of it was owed any more; null while something is') settledAt: Date | null;
  @Nullable(Date, 'When it was voided; null where it was not') voidedAt: Date | null;
  @Nullable(String, 'Why it was voided; null where it was not') voidReason: string | null;
}

/** How a row of a list is told on a day. */
export function invoiceItem(row: InvoiceListRow, today: Day): InvoiceItem {
  const { currency, dueOn, payableUntil } = row;
  const of = (amount: bigint) => money(amount, currency);
  const late =
    row.owed > 0n && dueOn && payableUntil
      ? lateCharges({
          owed: row.owed,
          dueOn,
          payableUntil,
          paidOn: today,
          finePercent: row.finePercent,
          interestPercentPerMonth: row.interestPercent,
        })
      : undefined;
  return {
    id: row.id,
    number: row.number,
    title: row.title,
    status: statusOf(row, today),
    total: of(row.total),
    owed: of(row.owed),
    amountDue: of(late?.total ?? row.owed),
    lateCharges:
      late && late.total > row.owed
        ? {
            fine: of(late.fine),
            interest: of(late.interest),
            days: late.days,
            perDay: of(late.tomorrow.total - late.total),
          }
        : null,
    credited: of(row.credited),
    openedOn: row.openedOn,
    dueOn,
    payableUntil,
  };
}

/** How an invoice is told whole on a day. */
export function invoiceFacts(row: InvoiceDetailRow, today: Day): InvoiceFacts {
  const of = (amount: bigint) => money(amount, row.currency);
  const gross = row.lines.reduce((sum, line) => sum + line.gross, 0n);
  return {
    ...invoiceItem(row, today),
    subscription: row.subscriptionId ? { id: row.subscriptionId, number: row.subscriptionNumber! } : null,
    proposal: row.proposalId ? { id: row.proposalId, number: row.proposalNumber! } : null,
    purchaseOrder: row.purchaseOrder,
    note: row.note,
    allowsPartial: row.allowsPartial,
    lines: row.lines.map((line) => lineFacts(line, row.currency)),
    discount: discountFacts(row, row.currency),
    gross: of(gross),
    discounted: of(gross - row.subtotal + row.discount),
    taxes: taxesOf(row.lines, row.currency),
    settled: of(row.settled),
    refunded: of(row.refunded),
    finePercent: row.finePercent,
    interestPercent: row.interestPercent,
    settlements: row.settlements.map(({ amount, lateCharges: late, ...settlement }) => ({
      ...settlement,
      amount: of(amount),
      lateCharges: of(late),
    })),
    creditNotes: row.creditNotes.map(({ amount, ...note }) => ({ ...note, amount: of(amount) })),
    fiscalNotes: row.fiscalNotes.map(fiscalNote),
    history: row.history.map(({ amount, createdAt, ...event }) => ({
      ...event,
      amount: amount === null ? null : of(amount),
      at: createdAt,
    })),
    issuer: row.issuer,
    billTo: row.billTo,
    checkCode: row.checkCode,
    settledAt: row.settledAt,
    voidedAt: row.voidedAt,
    voidReason: row.voidReason,
  };
}

const lineFacts = (line: InvoiceLineRow, currency: string): InvoiceLineFacts => ({
  id: line.id,
  ...offeredLine(line, currency),
});

/** A line of what is invoiced, or of what is proposed. */
export function offeredLine(line: Omit<InvoiceLineRow, 'id' | 'sharedDiscount'>, currency: string): OfferedLineFacts {
  return {
    description: line.description,
    detail: line.detail,
    startsOn: line.startsOn,
    endsOn: line.endsOn,
    quantity: line.quantity,
    unitPrice: money(line.unitPrice, currency),
    discount: discountFacts(line, currency),
    tax: lineTaxFacts(line),
    gross: money(line.gross, currency),
    net: money(line.gross - line.discount, currency),
  };
}

export const lineTaxFacts = ({
  taxName,
  taxPercent,
  taxIsIncluded,
}: Pick<InvoiceLineRow, 'taxName' | 'taxPercent' | 'taxIsIncluded'>): LineTaxFacts | null =>
  taxName === null ? null : { name: taxName, percent: taxPercent!, included: taxIsIncluded };

export function discountFacts(
  { discountPercent, discountAmount }: { discountPercent: string | null; discountAmount: bigint | null },
  currency: string,
): DiscountFacts | null {
  if (discountPercent === null && discountAmount === null) return null;
  return { percent: discountPercent, amount: discountAmount === null ? null : money(discountAmount, currency) };
}

/** Lines' taxes of one name, percentage and kind are one. */
export function taxesOf(
  lines: readonly Pick<InvoiceLineRow, 'taxName' | 'taxPercent' | 'taxIsIncluded' | 'tax'>[],
  currency: string,
): InvoiceTaxFacts[] {
  const sums = new Map<string, { tax: LineTaxFacts; amount: bigint }>();
  for (const { taxName, taxPercent, taxIsIncluded, tax } of lines) {
    if (taxName === null) continue;
    const key = JSON.stringify([taxName, taxPercent, taxIsIncluded]);
    const before = sums.get(key);
    sums.set(key, {
      tax: { name: taxName, percent: taxPercent!, included: taxIsIncluded },
      amount: (before?.amount ?? 0n) + tax,
    });
  }
  return [...sums.values()].map(({ tax, amount }) => ({ ...tax, amount: money(amount, currency) }));
}
