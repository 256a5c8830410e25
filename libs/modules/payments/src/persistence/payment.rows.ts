import type { Day } from '@balcao/money';
import type { GatewayMethod, GatewayName } from '@balcao/platform-gateways';
import { columnsOf, sql } from '@balcao/platform-tenancy';
import type { KnownPayment, PaymentOrigin, PaymentTarget, Withdrawal } from '../domain/payment.js';

/** What whoever changes a payment starts from. Money is in minor units of `currency`. */
export interface PaymentHeld extends KnownPayment {
  id: string;
  billingAccountId: string;
  gatewayAccountId: string;
  gatewayKind: GatewayName;
  /** Whether no money moves by it. */
  isTest: boolean;
  amount: bigint;
  refunded: bigint;
  origin: PaymentOrigin;
  portalId: string | null;
  createdById: string | null;
  /** Of cards: whether the payer wants the card kept. */
  savesMethod: boolean;
  /** Of cards: the saved one that is charged. */
  paymentMethodId: string | null;
  description: string;
  /** Of boletos. */
  dueOn: Day | null;
  finePercent: string;
  interestPercent: string;
  withdrawnFor: Withdrawal | null;
  replacedById: string | null;
  receivedAt: Date | null;
  receivedOn: Day | null;
  calledAt: Date | null;
  asks: number;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

export const PAYMENT_COLUMNS = sql`${columnsOf('p', [
  'id',
  'billingAccountId',
  'gatewayAccountId',
  'gatewayKind',
  'isTest',
  'method',
  'currency',
  'amount',
  'state',
  'origin',
  'portalId',
  'createdById',
  'savesMethod',
  'paymentMethodId',
  'description',
  'dueOn',
  'expiresAt',
  'gatewayId',
  'pixCode',
  'boletoLine',
  'barcode',
  'pageUrl',
  'failure',
  'received',
  'receivedAt',
  'receivedOn',
  'refunded',
  'withdrawnFor',
  'replacedById',
  'calledAt',
  'asks',
  'version',
  'createdAt',
  'updatedAt',
])}, trim_scale(p.fine_percent)::text as "finePercent", trim_scale(p.interest_percent)::text as "interestPercent"`;

/** A target with the invoice that it pays, for whoever reads it. */
export interface TargetRow extends PaymentTarget {
  invoiceNumber: string;
  invoiceTitle: string;
}

/** Money of a payment that goes back to whoever paid, or has. In minor units of its currency. */
export interface GivenBack {
  id: string;
  amount: bigint;
  reason: string;
  /** Whether it has come back; on its way until then. */
  isBack: boolean;
  /** When that was, or when it was asked for. */
  at: Date;
}

/** A payment with what it pays, and what of it goes back. */
export interface PaymentRow extends PaymentHeld {
  targets: TargetRow[];
  /** The first one first. */
  givenBack: GivenBack[];
}

/** What an organization keeps of a payment service. */
export interface GatewayAccountRow {
  id: string;
  kind: GatewayName;
  name: string;
  methods: GatewayMethod[];
  currency: string;
  isActive: boolean;
  lastEventAt: Date | null;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

export const GATEWAY_ACCOUNT_COLUMNS = columnsOf('a', [
  'id',
  'kind',
  'name',
  'methods',
  'currency',
  'isActive',
  'lastEventAt',
  'version',
  'createdAt',
  'updatedAt',
]);
