import { ApiProperty } from '@nestjs/swagger';
import type { Day } from '@balcao/money';
import { FAILURE_CODES, GATEWAY_METHODS, type FailureCode, type GatewayMethod } from '@balcao/platform-gateways';
import {
  AmountField,
  BooleanField,
  CLEARABLE,
  EnumField,
  EnumFilterField,
  Money,
  Nullable,
  PageQuery,
  TextField,
  UuidField,
  UuidListField,
  money,
} from '@balcao/platform-http';
import {
  PAYMENT_ORIGINS,
  PAYMENT_STATES,
  WITHDRAWALS,
  type PaymentOrigin,
  type PaymentState,
  type Withdrawal,
} from '../../domain/payment.js';
import {
  GATEWAY_EVENT_STATES,
  STRAY_STATES,
  type GatewayEventRow,
  type GatewayEventState,
  type StaffPaymentListRow,
  type StrayPaymentRow,
  type StrayState,
} from '../../persistence/payment-lists.js';
import {
  REFUND_OUTCOMES,
  REFUND_STATES,
  type RefundOutcome,
  type RefundState,
} from '../../persistence/refund.repository.js';
import type { StaffPayment } from '../../staff-payment.service.js';

const CursorField = () =>
  TextField({
    description: '`nextCursor` of the page before; counts instead of `page`',
    max: 300,
    optional: true,
    example: 'WyItY3JlYXRlZEF0Il0',
  });

export class StaffPaymentListQuery extends PageQuery {
  @UuidField({ description: 'Of one customer', optional: true }) billingAccountId?: string;
  @UuidField({ description: 'Of one invoice, which it pays alone or with others', optional: true }) invoiceId?: string;
  @EnumFilterField({ description: 'How it stands', values: PAYMENT_STATES }) state?: PaymentState[];
  @EnumFilterField({ description: 'By which way', values: GATEWAY_METHODS }) method?: GatewayMethod[];
  @BooleanField({
    description: 'Only those of which nothing is known and that nobody asks after any more',
    optional: true,
  })
  needsLook?: boolean;
  @CursorField() cursor?: string;
}

class PaymentFacts {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ format: 'uuid' }) billingAccountId: string;
  @ApiProperty({ description: 'Whose', example: 'Padaria Estrela' }) billingAccountName: string;
  @ApiProperty({ enum: GATEWAY_METHODS, description: 'By which way' }) method: GatewayMethod;
  @ApiProperty({ enum: PAYMENT_STATES, description: 'How it stands; `unknown` where an answer was lost' })
  state: PaymentState;
  @ApiProperty({ enum: PAYMENT_ORIGINS, description: 'Who asked for it' }) origin: PaymentOrigin;
  @ApiProperty({ description: 'Whether no real money is in it: the service is pretended, or tried out' })
  isSandbox: boolean;
  @ApiProperty({ type: Money, description: 'Asked for' }) amount: Money;
  @ApiProperty({ type: Money, description: 'What came' }) received: Money;
  @ApiProperty({ type: Money, description: 'Of it, what went back' }) refunded: Money;
  @Nullable(String, 'When it came, as the bank dates it; null until then', { format: 'date' }) receivedOn: Day | null;
  @ApiProperty({
    enum: WITHDRAWALS,
    nullable: true,
    description: 'Why nobody shall pay by it any more; null where they may',
  })
  withdrawnFor: Withdrawal | null;
  @ApiProperty({ enum: FAILURE_CODES, nullable: true, description: 'Why it failed; null where it did not' })
  failure: FailureCode | null;
  @ApiProperty({ type: String, format: 'date-time' }) createdAt: Date;
  @ApiProperty({ type: String, format: 'date-time', description: 'Until when it can be paid' }) expiresAt: Date;
}

export class StaffPaymentItem extends PaymentFacts {
  @ApiProperty({ description: 'Of the first invoice', example: 'F-2026-000123' }) invoiceNumber: string;
  @ApiProperty({ type: 'integer', description: 'Invoices that it pays' }) invoiceCount: number;
}

class StaffPaymentTarget {
  @ApiProperty({ format: 'uuid' }) invoiceId: string;
  @ApiProperty({ description: 'What people quote', example: 'F-2026-000123' }) invoiceNumber: string;
  @ApiProperty({ description: 'What it is for, in one line', example: 'Mensalidade' }) invoiceTitle: string;
  @ApiProperty({ type: Money, description: 'Of what is owed' }) principal: Money;
  @ApiProperty({ type: Money, description: 'For lateness, once' }) fine: Money;
  @ApiProperty({ type: Money, description: 'For lateness, by the day' }) interest: Money;
}

class PaymentReceipt {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ type: Money, description: 'What came' }) amount: Money;
  @ApiProperty({ type: String, format: 'date', description: 'As the bank dates it' }) receivedOn: Day;
  @ApiProperty({ type: Money, description: "Of it, what pays nothing: the customer's credit" }) left: Money;
}

class StaffRefund {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ type: Money, description: 'What goes back' }) amount: Money;
  @ApiProperty({ description: 'Why' }) reason: string;
  @ApiProperty({ enum: REFUND_OUTCOMES, description: 'What becomes of what it had paid' }) becomes: RefundOutcome;
  @ApiProperty({ enum: REFUND_STATES, description: 'How far it is; `unknown` where an answer was lost' })
  state: RefundState;
  @ApiProperty({ enum: FAILURE_CODES, nullable: true, description: 'Why it was refused; null where it was not' })
  failure: FailureCode | null;
  @Nullable(String, 'Who gave it back; null where it was done elsewhere') createdByName: string | null;
  @ApiProperty({ type: String, format: 'date-time' }) createdAt: Date;
}

class StaffDispute {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ type: Money, description: 'What is contested' }) amount: Money;
  @Nullable(String, "In the bank's words; null where it says nothing") reason: string | null;
  @ApiProperty({ enum: ['needs_response', 'under_review', 'won', 'lost'], description: '`lost` takes the money away' })
  state: 'needs_response' | 'under_review' | 'won' | 'lost';
  @Nullable(String, 'Until when the bank wants an answer; null for never', { format: 'date-time' })
  respondBy: Date | null;
  @ApiProperty({ type: String, format: 'date-time' }) createdAt: Date;
}

export class StaffPaymentResponse extends PaymentFacts {
  @ApiProperty({ description: 'Of the account with the payment service' }) gatewayName: string;
  @Nullable(String, 'What the service calls it; null until it has told') gatewayId: string | null;
  @Nullable(String, 'Of PIX; null of others') pixCode: string | null;
  @Nullable(String, 'Of boletos, 47 digits; null of others') boletoLine: string | null;
  @Nullable(String, 'When the service is asked next; null where it is asked no more', { format: 'date-time' })
  askAt: Date | null;
  @Nullable(String, 'The payment in its place; null where there is none', { format: 'uuid' }) replacedById:
    string | null;
  @ApiProperty({ type: [StaffPaymentTarget], description: 'What it is to pay' }) targets: StaffPaymentTarget[];
  @ApiProperty({ type: [PaymentReceipt], description: 'Money as it came' }) receipts: PaymentReceipt[];
  @ApiProperty({ type: [StaffRefund], description: 'Money on its way back, or there' }) refunds: StaffRefund[];
  @ApiProperty({ type: [StaffDispute], description: 'Who contests it at the bank' }) disputes: StaffDispute[];
}

export class RefundPaymentRequest {
  @AmountField({ description: 'In minor units; all that is left where absent', min: 1, optional: true })
  amount?: number;
  @TextField({ description: 'Why; the customer reads it', max: 500 }) reason: string;
  @EnumField({ description: 'Whether what it had paid is credited, or owed again', values: REFUND_OUTCOMES })
  becomes: RefundOutcome;
}

export class RefundPaymentResponse {
  @ApiProperty({ format: 'uuid' }) id: string;
}

export class GatewayEventListQuery extends PageQuery {
  @EnumFilterField({ description: 'What became of it', values: GATEWAY_EVENT_STATES }) state?: GatewayEventState[];
  @UuidField({ description: 'About one payment', optional: true }) paymentId?: string;
  @CursorField() cursor?: string;
}

export class GatewayEventItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ format: 'uuid', description: 'The account with the payment service' }) gatewayAccountId: string;
  @ApiProperty({ description: 'Of the account with the payment service' }) gatewayName: string;
  @ApiProperty({ description: 'What the service calls it' }) eventId: string;
  @ApiProperty({ description: "In the service's words", example: 'payment_intent.succeeded' }) type: string;
  @ApiProperty({ enum: GATEWAY_EVENT_STATES, description: '`ignored` is about nothing of ours' })
  state: GatewayEventState;
  @Nullable(String, 'Why it could not be worked through; null where it could') problem: string | null;
  @Nullable(String, 'The payment that it is about; null for none of ours', { format: 'uuid' }) paymentId: string | null;
  @ApiProperty({ type: String, format: 'date-time', description: 'When it came' }) receivedAt: Date;
  @Nullable(String, 'When it was worked through; null until then', { format: 'date-time' }) doneAt: Date | null;
}

export class StrayPaymentListQuery extends PageQuery {
  @EnumFilterField({ description: 'What was decided', values: STRAY_STATES }) state?: StrayState[];
  @CursorField() cursor?: string;
}

export class StrayPaymentItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ description: 'Of the account with the payment service' }) gatewayName: string;
  @ApiProperty({ description: 'What the service calls it' }) gatewayId: string;
  @ApiProperty({ enum: GATEWAY_METHODS, description: 'By which way' }) method: GatewayMethod;
  @ApiProperty({ type: Money, description: 'What came' }) amount: Money;
  @ApiProperty({ type: String, format: 'date', description: 'When, as the bank dates it' }) receivedOn: Day;
  @ApiProperty({ enum: STRAY_STATES, description: 'What was decided' }) state: StrayState;
  @Nullable(String, 'Whose it is; null as long as nobody knows', { format: 'uuid' }) billingAccountId: string | null;
  @Nullable(String, 'Whose it is; null as long as nobody knows') billingAccountName: string | null;
  @Nullable(String, 'What who decided wrote; null for nothing') note: string | null;
  @Nullable(String, 'When it was decided; null until then', { format: 'date-time' }) decidedAt: Date | null;
}

export class AssignStrayPaymentRequest {
  @UuidField({ description: 'Customer whose money it is' }) billingAccountId: string;
  @UuidListField({
    description: 'Invoices that it pays, in this order; what is due first where absent',
    maxItems: 50,
    optional: true,
  })
  invoiceIds?: string[];
  @TextField({ description: 'For those who read the books', max: 500, ...CLEARABLE }) note?: string | null;
}

export class DismissStrayPaymentRequest {
  @TextField({ description: "Why it is no customer's", max: 500 }) note: string;
}

export function staffPaymentItem(row: StaffPaymentListRow): StaffPaymentItem {
  const { invoiceNumber, invoiceCount, billingAccountName } = row;
  return { ...factsOf(row), billingAccountName, invoiceNumber, invoiceCount };
}

export function staffPayment(payment: StaffPayment): StaffPaymentResponse {
  const { currency, billingAccountName, gatewayName, gatewayId, pixCode, boletoLine, askAt, replacedById } = payment;
  return {
    ...factsOf(payment),
    billingAccountName,
    gatewayName,
    gatewayId,
    pixCode,
    boletoLine,
    askAt,
    replacedById,
    targets: payment.targets.map(({ invoiceId, invoiceNumber, invoiceTitle, ...parts }) => ({
      invoiceId,
      invoiceNumber,
      invoiceTitle,
      principal: money(parts.principal, currency),
      fine: money(parts.fine, currency),
      interest: money(parts.interest, currency),
    })),
    receipts: payment.receipts.map(({ id, amount, receivedOn, left }) => ({
      id,
      receivedOn,
      amount: money(amount, currency),
      left: money(left, currency),
    })),
    refunds: payment.refunds.map(({ id, amount, reason, becomes, state, failure, createdByName, createdAt }) => ({
      id,
      reason,
      becomes,
      state,
      failure,
      createdByName,
      createdAt,
      amount: money(amount, currency),
    })),
    disputes: payment.disputes.map(({ amount, ...dispute }) => ({ ...dispute, amount: money(amount, currency) })),
  };
}

export const gatewayEventItem = (row: GatewayEventRow): GatewayEventItem => row;

export function strayPaymentItem({
  amount,
  currency,
  gatewayAccountId: _account,
  receivedAt: _at,
  ...row
}: StrayPaymentRow): StrayPaymentItem {
  return { ...row, amount: money(amount, currency) };
}

function factsOf(
  row: Omit<StaffPaymentListRow, 'billingAccountName' | 'invoiceNumber' | 'invoiceCount'>,
): Omit<PaymentFacts, 'billingAccountName'> {
  const {
    id,
    billingAccountId,
    method,
    state,
    origin,
    currency,
    receivedOn,
    withdrawnFor,
    failure,
    createdAt,
    expiresAt,
  } = row;
  return {
    id,
    billingAccountId,
    method,
    state,
    origin,
    isSandbox: row.isTest,
    amount: money(row.amount, currency),
    received: money(row.received, currency),
    refunded: money(row.refunded, currency),
    receivedOn,
    withdrawnFor,
    failure,
    createdAt,
    expiresAt,
  };
}
