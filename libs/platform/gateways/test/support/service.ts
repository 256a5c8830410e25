import type { FailureCode, Gateway, GatewayMethod, Outcome, PaymentOrder, Snapshot } from '../../src/index.js';

/** An event as a service sends it. */
export interface Delivered {
  raw: Buffer;
  headers: Readonly<Record<string, string>>;
}

export type Fault = 'lost_before' | 'lost_after' | 'error_after' | 'conflict';

/** What a service is like where services differ, so that no row is left out in silence. */
export interface Traits {
  methods: readonly GatewayMethod[];
  /** Whether a used key with another request is refused, and one whose call failed is told that again. */
  keys: boolean;
  /** Whether payers may pay another amount than was asked for. */
  otherAmounts: boolean;
  /** Methods by which money may come after the end of the validity, and after a cancellation. */
  late: { expired: readonly GatewayMethod[]; canceled: readonly GatewayMethod[] };
  refunds: readonly GatewayMethod[];
  disputes: boolean;
  /** Whether saved cards are charged while nobody is there. */
  savedCards: boolean;
  /** Whether refunds may be pending. */
  slowRefunds: boolean;
  /** What proves an event: bytes and a stamp that are signed, or a word that both know. */
  proof: 'signature' | 'token';
  /** Further currencies of cards. */
  currencies: readonly string[];
}

export type Later = 'approved' | 'declined' | 'insufficient_funds' | 'authentication_required';

/** A service together with whoever plays its payers and banks: what the contract is tried on. */
export interface Service {
  traits: Traits;
  gateway: Gateway;
  now(): Date;
  /** Makes the next call end so. */
  fault(fault: Fault): Promise<void>;
  /** Refunds are refused, or take their time, from now on. */
  refunds(way: 'refused' | 'slow' | 'usual'): Promise<void>;
  pay(gatewayId: string, paying?: { amount?: bigint; at?: Date; card?: Later }): Promise<Delivered[]>;
  decline(gatewayId: string, failure: FailureCode): Promise<Delivered[]>;
  expire(gatewayId: string): Promise<Delivered[]>;
  dispute(gatewayId: string): Promise<Delivered[]>;
  endDispute(gatewayId: string, status: 'won' | 'lost'): Promise<Delivered[]>;
  settleRefund(gatewayId: string, refundGatewayId: string, status: 'succeeded' | 'failed'): Promise<Delivered[]>;
  saveCard(setupGatewayId: string): Promise<Delivered[]>;
  stray(amount: bigint): Promise<Delivered[]>;
  /** How many payments the service has of one of ours: two would be charged twice. */
  count(paymentId: string): Promise<number>;
  /** The bytes, proved by the service at that moment. */
  prove(raw: Buffer, at: Date): Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Snapshot of a call that has ended well. */
export function known<Known>(outcome: Outcome<Known>): Known {
  if (outcome === 'unknown' || 'refused' in outcome) {
    throw new Error(`The call ended as ${typeof outcome === 'string' ? outcome : JSON.stringify(outcome)}`);
  }
  return outcome.known;
}

export function present(found: Outcome<Snapshot | 'absent'>): Snapshot {
  const snapshot = known(found);
  if (snapshot === 'absent') throw new Error('The payment is absent');
  return snapshot;
}

const HOUR_MS = 3_600_000;

/** An order that every service takes: R$ 123,45. */
export function orderOf(
  now: Date,
  method: GatewayMethod,
  paymentId: string,
  changes: Partial<PaymentOrder> = {},
): PaymentOrder {
  return {
    paymentId,
    method,
    currency: 'BRL',
    amount: 12_345n,
    description: 'Fatura F-2026-000123',
    payer: {
      name: 'Padaria Estrela Ltda.',
      taxId: '12ABC34501DE35',
      email: 'financeiro@padaria.example',
      address: {
        street: 'Rua das Flores',
        number: '100',
        complement: null,
        district: 'Centro',
        city: 'São Paulo',
        state: 'SP',
        postalCode: '01001000',
        country: 'BR',
      },
    },
    expiresAt: new Date(now.getTime() + (method === 'boleto' ? 72 : 2) * HOUR_MS),
    ...(method === 'boleto' && {
      boleto: {
        dueOn: new Date(now.getTime() + 48 * HOUR_MS).toISOString().slice(0, 10),
        finePercent: '2',
        interestPercentPerMonth: '1',
      },
    }),
    ...(method === 'card' && {
      page: {
        successUrl: 'https://portal.example/paid',
        cancelUrl: 'https://portal.example/back',
        savesMethod: false,
      },
    }),
    ...changes,
  };
}
