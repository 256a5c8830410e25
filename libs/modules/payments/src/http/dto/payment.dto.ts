import { ApiProperty } from '@nestjs/swagger';
import type { Day } from '@balcao/money';
import { FAILURE_CODES, GATEWAY_METHODS, type FailureCode, type GatewayMethod } from '@balcao/platform-gateways';
import { Money, Nullable, Single, money } from '@balcao/platform-http';
import { WITHDRAWALS, type Withdrawal } from '../../domain/payment.js';
import { STANDINGS, standingOf, type Standing } from '../../domain/standing.js';
import { sharesOf, type TracedPayment } from '../../payment-receipt.service.js';
import type { PaymentRow } from '../../persistence/payment.rows.js';

/** What of an invoice a payment is to pay. */
export class PaymentTargetFacts {
  @ApiProperty({ format: 'uuid' }) invoiceId: string;
  @ApiProperty({ description: 'What people quote', example: 'F-2026-000123' }) number: string;
  @ApiProperty({ description: 'What it is for, in one line', example: 'Mensalidade de outubro' }) title: string;
  @ApiProperty({ type: Money, description: 'Of what is owed' }) principal: Money;
  @ApiProperty({ type: Money, description: 'For lateness, once' }) fine: Money;
  @ApiProperty({ type: Money, description: 'For the days since it was due' }) interest: Money;
}

export class PayableBoletoFacts {
  @ApiProperty({
    description: 'Line of 47 digits, without its marks',
    example: '00190500954014481606906809350314337370000000100',
  })
  line: string;
  @ApiProperty({
    description: 'The 44 digits of the bar code (Interleaved 2 of 5)',
    example: '00193373700000001000500940144816060680935031',
  })
  barcode: string;
  @ApiProperty({ type: String, format: 'date', description: 'When it is due' }) dueOn: Day;
  @ApiProperty({ description: 'Added by the bank behind that day, once, in percent; 0 where nothing is', example: '2' })
  finePercent: string;
  @ApiProperty({ description: 'Added a month, in percent; 0 where nothing is', example: '1' }) interestPercent: string;
}

/** Money that goes back to whoever paid. */
export class PaymentRefundFacts {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ type: Money, description: 'What goes back' }) amount: Money;
  @ApiProperty({ description: 'Why, in the words of whoever gave it back', example: 'Cobrado em dobro' })
  reason: string;
  @ApiProperty({ description: 'Whether it has gone back; false while it is on its way' }) isBack: boolean;
  @ApiProperty({ description: 'When it has gone back, or was asked for' }) at: Date;
}

/** A payment as whoever pays it sees it. */
export class PaymentItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ enum: GATEWAY_METHODS, description: 'How it is paid' }) method: GatewayMethod;
  @ApiProperty({
    enum: STANDINGS,
    description:
      '`preparing` while its code is on its way, `unknown` while the service has not said whether there is one; only what is `payable` shall be paid',
  })
  status: Standing;
  @ApiProperty({ type: Money, description: 'What is to be paid by it' }) amount: Money;
  @ApiProperty({ type: [PaymentTargetFacts], description: 'What it pays; 50 at most' }) targets: PaymentTargetFacts[];
  @ApiProperty({ description: 'Until when it can be paid' }) expiresAt: Date;
  @Nullable(String, 'To copy and paste, or to draw as a QR code; null where it cannot be paid so') pixCode:
    string | null;
  @ApiProperty({ type: PayableBoletoFacts, nullable: true, description: 'Null where it cannot be paid so' })
  boleto: PayableBoletoFacts | null;
  @Nullable(String, "The service's own page, where the card is typed; null where it cannot be paid so", {
    format: 'uri',
    example: 'https://checkout.stripe.com/c/pay/cs_live_a1',
  })
  pageUrl: string | null;
  @Nullable(String, 'Why it did not work; null where it did, or may', { enum: FAILURE_CODES })
  failure: FailureCode | null;
  @Nullable(
    String,
    '`replaced` by a newer one, `settled` as nothing is owed any more, `changed` as something else is owed, by `staff`; null of what was not withdrawn, and where only the payment service knows why',
    { enum: WITHDRAWALS },
  )
  withdrawnFor: Withdrawal | null;
  @Nullable(String, 'The payment that stands in its place; null where none does', { format: 'uuid' })
  replacedById: string | null;
  @ApiProperty({ type: Money, description: 'What came, which may be more or less than the amount' }) received: Money;
  @Nullable(Date, 'When it came, as the bank dates it; null until then') receivedAt: Date | null;
  @Nullable(String, 'The day on which it came, where the organization is; null until then', { format: 'date' })
  receivedOn: Day | null;
  @ApiProperty({ type: Money, description: 'What of it was given back' }) refunded: Money;
  @ApiProperty({ type: [PaymentRefundFacts], description: 'Each time that money goes back or went, the first first' })
  refunds: PaymentRefundFacts[];
  @ApiProperty({
    description: 'Whether it goes through a pretended service, or a mode for trying things out: no money moves',
  })
  isTest: boolean;
  @Nullable(String, 'What the payment service calls it; null while it has no name there') reference: string | null;
  @ApiProperty({ description: 'When it was asked for' }) createdAt: Date;
}

/** What an invoice got of a payment. */
export class PaidShareFacts {
  @ApiProperty({ format: 'uuid' }) invoiceId: string;
  @ApiProperty({ description: 'What people quote', example: 'F-2026-000123' }) number: string;
  @ApiProperty({ description: 'What it is for, in one line', example: 'Mensalidade de outubro' }) title: string;
  @ApiProperty({ type: Money, description: 'Of what was owed' }) principal: Money;
  @ApiProperty({ type: Money, description: 'For lateness' }) charges: Money;
  @ApiProperty({ type: Money, description: 'What of the invoice is still to pay' }) owed: Money;
}

export class PaymentFacts extends PaymentItem {
  @ApiProperty({ type: [PaidShareFacts], description: 'What its money has paid, as the books have it now' })
  paid: PaidShareFacts[];
  @ApiProperty({ type: Money, description: 'What of its money is left as credit' }) credit: Money;
}

export class PaymentResponse extends Single('payment', PaymentFacts) {}

/** How a payment is told at a moment of the organization's time. */
export function paymentItem(row: PaymentRow, now: Date): PaymentItem {
  const of = (amount: bigint) => money(amount, row.currency);
  const status = standingOf(row, now);
  const isPayable = status === 'payable';
  return {
    id: row.id,
    method: row.method,
    status,
    amount: of(row.amount),
    targets: row.targets.map(({ invoiceId, invoiceNumber, invoiceTitle, principal, fine, interest }) => ({
      invoiceId,
      number: invoiceNumber,
      title: invoiceTitle,
      principal: of(principal),
      fine: of(fine),
      interest: of(interest),
    })),
    expiresAt: row.expiresAt,
    pixCode: isPayable ? row.pixCode : null,
    boleto:
      isPayable && row.boletoLine && row.barcode && row.dueOn
        ? {
            line: row.boletoLine,
            barcode: row.barcode,
            dueOn: row.dueOn,
            finePercent: row.finePercent,
            interestPercent: row.interestPercent,
          }
        : null,
    pageUrl: isPayable ? row.pageUrl : null,
    failure: status === 'failed' ? (row.failure ?? 'other') : null,
    withdrawnFor: status === 'withdrawn' ? row.withdrawnFor : null,
    replacedById: row.replacedById,
    received: of(row.received),
    receivedAt: row.receivedAt,
    receivedOn: row.receivedOn,
    refunded: of(row.refunded),
    refunds: row.givenBack.map((each) => ({ ...each, amount: of(each.amount) })),
    isTest: row.isTest,
    reference: row.gatewayId,
    createdAt: row.createdAt,
  };
}

/** The same with what its money has paid. */
export function paymentFacts({ payment, uses }: TracedPayment, now: Date): PaymentFacts {
  const of = (amount: bigint) => money(amount, payment.currency);
  const used = (uses ?? []).reduce((sum, { amount }) => sum + amount, 0n);
  return {
    ...paymentItem(payment, now),
    paid: sharesOf(uses ?? []).map(({ principal, charges, owed, ...share }) => ({
      ...share,
      principal: of(principal),
      charges: of(charges),
      owed: of(owed),
    })),
    credit: of(uses === null ? 0n : payment.received - used),
  };
}
