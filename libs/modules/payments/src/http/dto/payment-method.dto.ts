import { ApiProperty } from '@nestjs/swagger';
import { FAILURE_CODES, type FailureCode } from '@balcao/platform-gateways';
import { BooleanField, Nullable, Single, UuidField } from '@balcao/platform-http';
import {
  SETUP_STANDINGS,
  VALIDITIES,
  setupStandingOf,
  validityOf,
  type PaymentMethod,
  type SetupStanding,
  type Validity,
} from '../../methods/payment-method.js';
import type { MethodSetup } from '../../methods/payment-method.repository.js';
import type { PaymentMethods } from '../../methods/payment-method.service.js';

/** A card as its owner knows it. */
export class CardFacts {
  @Nullable(String, 'Who issues its kind, in small letters; null where that is not said', { example: 'visa' })
  brand: string | null;
  @Nullable(String, 'Its last four digits; null where they are not said', { example: '4242' }) lastFour: string | null;
}

export class PaymentMethodFacts extends CardFacts {
  @ApiProperty({ format: 'uuid' }) id: string;
  @Nullable('integer', 'The last month in which it can be charged; null where that is not said', { example: 12 })
  expiresMonth: number | null;
  @Nullable('integer', 'Of which year', { example: 2029 }) expiresYear: number | null;
  @ApiProperty({ enum: VALIDITIES, description: '`expiring` from 30 days before the end of its last month' })
  validity: Validity;
  @ApiProperty({ description: 'Whether it is the one that is charged' }) isDefault: boolean;
  @Nullable(String, 'Why its bank will never let it be charged again; null where it may', { enum: FAILURE_CODES })
  refusedFor: FailureCode | null;
  @ApiProperty({ description: 'Whether it is saved at a pretended service: no money moves' }) isTest: boolean;
  @ApiProperty({ description: 'When it was saved' }) createdAt: Date;
}

export class PaymentMethodsResponse {
  @ApiProperty({ type: [PaymentMethodFacts], description: 'The default first, then the latest; 100 at most' })
  methods: PaymentMethodFacts[];
  @ApiProperty({ description: 'Whether invoices are paid by the default card by themselves, each on its due date' })
  isAutomatic: boolean;
  @ApiProperty({
    type: 'integer',
    description: 'Subscriptions that charge the default card by themselves, whether or not it pays the other invoices',
    example: 1,
  })
  renewals: number;
  @ApiProperty({ description: 'Whether a card can be added now' }) canAdd: boolean;
  @ApiProperty({
    type: [Number],
    description: 'Days between one try of a card and the next; behind the last of them nobody tries any more',
    example: [3, 5, 7],
  })
  retryDays: number[];
}

export class UpdatePaymentMethodsRequest {
  @BooleanField({ description: 'Whether invoices are paid by the default card by themselves, each on its due date' })
  isAutomatic: boolean;
}

export class RemovePaymentMethodQuery {
  @UuidField({ description: 'The card that is charged in its place; needed where something is', optional: true })
  replacementId?: string;
}

/** A page on which a card is added. */
export class MethodSetupFacts {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({
    enum: SETUP_STANDINGS,
    description: '`preparing` while its page is on its way; whether `saved` says the payment service alone',
  })
  status: SetupStanding;
  @Nullable(String, "The service's own page, where the card is typed; null where there is none to go to", {
    format: 'uri',
    example: 'https://checkout.stripe.com/c/pay/cs_live_a1',
  })
  pageUrl: string | null;
  @Nullable(String, 'The card that was saved; null until then', { format: 'uuid' }) paymentMethodId: string | null;
}

export class MethodSetupResponse extends Single('setup', MethodSetupFacts) {}

export function paymentMethods({ methods, today, ...account }: PaymentMethods): PaymentMethodsResponse {
  return {
    methods: methods.map((method) => paymentMethod(method, validityOf(method, today))),
    ...account,
  };
}

function paymentMethod(
  { id, brand, lastFour, expiresMonth, expiresYear, isDefault, refusedFor, gatewayKind, createdAt }: PaymentMethod,
  validity: Validity,
): PaymentMethodFacts {
  const isTest = gatewayKind === 'sandbox';
  return { id, brand, lastFour, expiresMonth, expiresYear, validity, isDefault, refusedFor, isTest, createdAt };
}

export function methodSetup({ id, state, pageUrl, paymentMethodId }: MethodSetup): MethodSetupFacts {
  const status = setupStandingOf(state);
  return { id, status, pageUrl: status === 'open' ? pageUrl : null, paymentMethodId };
}
