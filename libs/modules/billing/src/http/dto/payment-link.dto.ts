import { ApiProperty, PickType } from '@nestjs/swagger';
import { ListOf, Nullable, Single } from '@balcao/platform-http';
import {
  PAYMENT_LINK_STATES,
  type PaymentLinkRow,
  type PaymentLinkState,
} from '../../payment-links/payment-link.repository.js';
import type { LinkedInvoice } from '../../payment-links/payment-link.service.js';
import { InvoiceFacts, invoiceFacts } from './invoice.dto.js';

/** What whoever has an invoice's link sees of it: what is printed on it and what is to pay, and nothing of people or of other invoices. */
export class LinkedInvoiceFacts extends PickType(InvoiceFacts, [
  'id',
  'number',
  'title',
  'status',
  'total',
  'owed',
  'amountDue',
  'lateCharges',
  'credited',
  'openedOn',
  'dueOn',
  'payableUntil',
  'note',
  'lines',
  'discount',
  'gross',
  'discounted',
  'taxes',
  'settled',
  'refunded',
  'finePercent',
  'interestPercent',
  'settlements',
  'issuer',
  'checkCode',
  'voidedAt',
  'voidReason',
] as const) {
  @Nullable(String, 'Whom it is for, as it was printed', { example: 'Padaria Estrela' }) billToName: string | null;
}

export class LinkedInvoiceResponse extends Single('invoice', LinkedInvoiceFacts) {
  @ApiProperty({
    description: 'Where the organization is, by whose calendar its days go',
    example: 'America/Sao_Paulo',
  })
  timeZone: string;
}

/** How an invoice is told to whoever has its link. */
export function linkedInvoice({ invoice, today, timeZone }: LinkedInvoice): LinkedInvoiceResponse {
  const facts = invoiceFacts(invoice, today);
  const { id, number, title, status, total, owed, amountDue, lateCharges, credited, openedOn, dueOn, payableUntil } =
    facts;
  const { note, lines, discount, gross, discounted, taxes, settled, refunded, finePercent, interestPercent } = facts;
  const { settlements, issuer, checkCode, voidedAt, voidReason } = facts;
  const told: LinkedInvoiceFacts = {
    ...{ id, number, title, status, total, owed, amountDue, lateCharges, credited, openedOn, dueOn, payableUntil },
    ...{ note, lines, discount, gross, discounted, taxes, settled, refunded, finePercent, interestPercent },
    // Why something was given up is between the two.
    settlements: settlements.map((settlement) => ({ ...settlement, reason: null })),
    ...{ issuer, checkCode, voidedAt, voidReason },
    billToName: invoice.billTo?.name ?? null,
  };
  return { invoice: told, timeZone };
}

/** A link of an invoice, as staff see it. */
export class PaymentLinkItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ enum: PAYMENT_LINK_STATES, description: 'Whether it opens the invoice' }) state: PaymentLinkState;
  @ApiProperty({ description: 'Until when it opens the invoice, unless it is revoked' }) expiresAt: Date;
  @ApiProperty({ description: 'When it was made' }) createdAt: Date;
  @Nullable(String, 'Who of the staff asked for it; null where a mail needed one') createdByName: string | null;
  @Nullable(Date, 'When a mail with it was asked for; null where none was') lastSentAt: Date | null;
  @Nullable(Date, 'When it was revoked; null where it was not') revokedAt: Date | null;
  @Nullable(String, 'Who revoked it; null where nobody did') revokedByName: string | null;
}

export const paymentLinkItem = (row: PaymentLinkRow): PaymentLinkItem => {
  const { id, state, expiresAt, createdAt, createdByName, lastSentAt, revokedAt, revokedByName } = row;
  return { id, state, expiresAt, createdAt, createdByName, lastSentAt, revokedAt, revokedByName };
};

export class PaymentLinkListResponse extends ListOf(PaymentLinkItem) {}
export class PaymentLinkResponse extends Single('paymentLink', PaymentLinkItem) {}

export class PaymentLinkAddressResponse {
  @ApiProperty({
    description: 'Opens the invoice for whoever has it: a secret, which is nowhere kept',
    example: 'https://balcao.example/o/aurora/portal/pay#token=AZrDyQAAcACAAAAAAAAAAA.mJ0m9o',
  })
  url: string;
}

export class SentPaymentLinkResponse {
  @ApiProperty({ type: 'integer', description: 'To how many addresses it is on its way', example: 2 }) sent: number;
}
