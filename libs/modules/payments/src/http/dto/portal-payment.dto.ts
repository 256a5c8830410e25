import { ApiProperty } from '@nestjs/swagger';
import { GATEWAY_METHODS, type GatewayMethod } from '@balcao/platform-gateways';
import {
  AmountField,
  BooleanField,
  EnumField,
  ListOf,
  Money,
  UuidListField,
  UuidsParameter,
  money,
} from '@balcao/platform-http';
import { totalOf } from '../../domain/payment-terms.js';
import { MOST_TARGETS, type PaymentOffer } from '../../payment.service.js';
import { PaymentItem, PaymentTargetFacts, paymentItem } from './payment.dto.js';

export class PaymentOfferQuery {
  @UuidsParameter({ description: 'Invoices to pay, of one currency', maxItems: MOST_TARGETS }) invoiceIds: string[];
}

/** How the one invoice of a link is paid. */
export class CreateLinkedPaymentRequest {
  @EnumField({ description: 'How to pay', values: GATEWAY_METHODS }) method: GatewayMethod;
  @AmountField({
    description: 'A part of one invoice that allows it; all that is to pay today where absent',
    min: 1,
    optional: true,
  })
  amount?: number;
  @BooleanField({
    description: 'A new code, which takes the place of one that is there; else what is open for the same is answered',
    optional: true,
  })
  anew?: boolean;
}

export class CreatePaymentRequest extends CreateLinkedPaymentRequest {
  @UuidListField({
    description: 'Invoices to pay, of one currency',
    minItems: 1,
    maxItems: MOST_TARGETS,
    example: ['0193a1f0-5d1c-7c3e-9b1a-2f6d1c0e7a55'],
  })
  invoiceIds: string[];
  @BooleanField({ description: 'By card: have it saved for the account', optional: true, example: false })
  savesMethod?: boolean;
}

/** An invoice with what paying it takes. */
export class OfferedInvoiceFacts extends PaymentTargetFacts {
  @ApiProperty({ description: 'Whether anything of it is to pay' }) isOpen: boolean;
  @ApiProperty({ type: String, format: 'date', description: 'When it is due, or was' }) dueOn: string;
  @ApiProperty({ type: 'integer', description: 'Days of lateness that are charged for', example: 13 })
  lateDays: number;
  @ApiProperty({ description: 'For lateness, once, in percent', example: '2' }) finePercent: string;
  @ApiProperty({ description: 'For lateness, a month, in percent', example: '1' }) interestPercent: string;
  @ApiProperty({ type: Money, description: 'What pays it whole today' }) total: Money;
  @ApiProperty({ type: Money, description: 'What will pay it whole tomorrow' }) tomorrow: Money;
}

export class PaymentWayFacts {
  @ApiProperty({ enum: GATEWAY_METHODS, description: 'How' }) method: GatewayMethod;
  @ApiProperty({ type: Money, description: 'Least that one payment may be of' }) min: Money;
  @ApiProperty({ type: Money, description: 'Most that one payment may be of' }) max: Money;
  @ApiProperty({
    description: 'Whether it goes through a pretended service, or a mode for trying things out: no money moves',
  })
  isTest: boolean;
}

export class PaymentOfferResponse {
  @ApiProperty({ type: [OfferedInvoiceFacts], description: 'In the order in which they were named' })
  invoices: OfferedInvoiceFacts[];
  @ApiProperty({ type: Money, description: 'What pays all of them today' }) total: Money;
  @ApiProperty({ type: Money, description: 'What will pay all of them tomorrow' }) tomorrow: Money;
  @ApiProperty({ description: 'Whether a part may be paid, which is so of single invoices that allow it' })
  allowsPartial: boolean;
  @ApiProperty({ description: 'Whether the card that pays can be saved by whoever asks' }) savesCards: boolean;
  @ApiProperty({ type: [PaymentWayFacts], description: 'How it can be paid now; empty where it cannot be' })
  ways: PaymentWayFacts[];
  @ApiProperty({ type: [PaymentItem], description: 'What is open for any of them, the latest first; 50 at most' })
  open: PaymentItem[];
}

export class InvoicePaymentsResponse extends ListOf(PaymentItem) {}

export function paymentOffer({ currency, ...offer }: PaymentOffer, now: Date): PaymentOfferResponse {
  const of = (amount: bigint) => money(amount, currency);
  return {
    invoices: offer.invoices.map((invoice) => ({
      invoiceId: invoice.id,
      number: invoice.number,
      title: invoice.title,
      isOpen: invoice.isOpen,
      dueOn: invoice.dueOn,
      lateDays: invoice.lateDays,
      finePercent: invoice.finePercent,
      interestPercent: invoice.interestPercent,
      principal: of(invoice.principal),
      fine: of(invoice.fine),
      interest: of(invoice.interest),
      total: of(totalOf(invoice)),
      tomorrow: of(invoice.tomorrow),
    })),
    total: of(offer.total),
    tomorrow: of(offer.tomorrow),
    allowsPartial: offer.allowsPartial,
    savesCards: offer.savesCards,
    ways: offer.ways.map(({ method, isTest, min, max }) => ({
      method,
      min: of(min),
      max: of(max),
      isTest,
    })),
    open: offer.open.map((payment) => paymentItem(payment, now)),
  };
}
