import type { Day } from '@balcao/money';

/** The ways in which money comes in through a gateway. */
export const GATEWAY_METHODS = ['pix', 'boleto', 'card'] as const;
export type GatewayMethod = (typeof GATEWAY_METHODS)[number];

/** What a gateway can do by one way. */
export interface GatewayCapabilities {
  refund: 'partial' | 'full' | 'none';
  /** Of one payment, in minor units of the currency. */
  min: bigint;
  max: bigint;
  /** Whatever is paid is a multiple of it: 10 where of three decimals the last is always 0. */
  step: bigint;
  /** How long a code, a slip or a page may be payable, in milliseconds: at least, and at most. */
  minValidityMs: number;
  maxValidityMs: number;
  /** How long a key that was used is known, in milliseconds; 0 where the gateway knows no keys. */
  keyLifeMs: number;
  /** Whether a boleto's fine and interest are added by the bank that receives it. */
  addsLateCharges: boolean;
}

/** Who pays, as far as it is known. */
export interface Payer {
  name: string;
  /** CNPJ or CPF without its marks. */
  taxId: string | null;
  email: string | null;
  address: {
    street: string | null;
    number: string | null;
    complement: string | null;
    district: string | null;
    city: string | null;
    state: string | null;
    postalCode: string | null;
    country: string;
  } | null;
}

/** A payment that is to be asked for. */
export interface PaymentOrder {
  /** Ours; every snapshot names it again. */
  paymentId: string;
  method: GatewayMethod;
  currency: string;
  /** In minor units. */
  amount: bigint;
  /** What the payer reads in their bank: short, without names of people. */
  description: string;
  payer: Payer;
  /** Until when the code, the slip or the page can be paid. */
  expiresAt: Date;
  /** Of boletos: when it is due, and what is added behind that day where the gateway can. */
  boleto?: { dueOn: Day; finePercent: string; interestPercentPerMonth: string };
  /** Of cards without a saved method: where the gateway's page sends the payer back to. */
  page?: {
    successUrl: string;
    cancelUrl: string;
    savesMethod: boolean;
    /** The gateway's, where the customer is known there already. */
    customerId?: string | null;
  };
  /** Of saved cards: what was saved, charged while nobody is there. */
  saved?: { customerId: string; token: string };
}

/** What the payer is shown. */
export type Presentation =
  | { kind: 'pix'; code: string }
  | { kind: 'boleto'; line: string; barcode: string; pixCode: string | null }
  | { kind: 'page'; url: string };

/** Why a gateway would not, or a payer could not. */
export const FAILURE_CODES = [
  'declined',
  'insufficient_funds',
  'expired_card',
  'incorrect_number',
  'incorrect_code',
  'authentication_required',
  'lost_or_stolen',
  'suspected_fraud',
  'limit_exceeded',
  'amount_out_of_range',
  'payer_incomplete',
  'method_unavailable',
  'method_gone',
  'refund_refused',
  'misconfigured',
  'other',
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

export type SnapshotStatus = 'pending' | 'succeeded' | 'failed' | 'expired' | 'canceled';

/** A card, or a mandate, that can be charged while nobody is there. */
export interface SavedMethod {
  customerId: string;
  token: string;
  brand: string | null;
  lastFour: string | null;
  /** The last month in which it can be charged. */
  expiresMonth: number | null;
  expiresYear: number | null;
}

export interface RefundSnapshot {
  gatewayId: string;
  /** Ours, where it was asked for here. */
  refundId: string | null;
  amount: bigint;
  status: 'pending' | 'succeeded' | 'failed';
}

export interface DisputeSnapshot {
  gatewayId: string;
  amount: bigint;
  reason: string | null;
  /** `lost` takes the money away, `won` gives it back; until then it is held back. */
  status: 'needs_response' | 'under_review' | 'won' | 'lost';
  respondBy: Date | null;
}

/** All that a gateway says of one payment at one moment. */
export interface Snapshot {
  gatewayId: string;
  /** Ours; `null` of what was not asked for here. */
  paymentId: string | null;
  method: GatewayMethod;
  status: SnapshotStatus;
  currency: string;
  /** Asked for. */
  amount: bigint;
  /** What came: may be more or less than was asked for. 0 until something has. */
  received: bigint;
  /** When it came, as the payer's bank dates it. */
  receivedAt: Date | null;
  /** Of `received`, given back by refunds that have succeeded. */
  refunded: bigint;
  failure: FailureCode | null;
  /** `null` once it cannot be paid any more. */
  presentation: Presentation | null;
  expiresAt: Date | null;
  refunds: RefundSnapshot[];
  disputes: DisputeSnapshot[];
  /** What was saved on the gateway's page. */
  saved: SavedMethod | null;
}

/**
 * How a call ended. `refused` where nothing was done, nor will be; a charge that was declined is `known`, as the gateway keeps it.
 * `unknown` where the answer was lost, or says nothing: whatever was asked may
 * have happened.
 */
export type Outcome<Known = Snapshot> = { known: Known } | { refused: FailureCode; detail: string | null } | 'unknown';

export interface RefundOrder {
  refundId: string;
  /** Of the payment. */
  gatewayId: string;
  amount: bigint;
  currency: string;
  reason: string | null;
}

/** A payment that is looked for, by at least one of the two ids. */
export interface FindOrder {
  paymentId: string | null;
  gatewayId: string | null;
  since: Date;
}

/** Whose method is to be saved. */
export interface SetupOrder {
  /** Ours, by which the answer is found again. */
  setupId: string;
  /** The gateway's, where the customer is known there already. */
  customerId: string | null;
  payer: Payer;
  successUrl: string;
  cancelUrl: string;
}

/** What became of adding a method. */
export interface SetupSnapshot {
  gatewayId: string;
  setupId: string | null;
  status: 'pending' | 'succeeded' | 'failed' | 'expired';
  url: string | null;
  saved: SavedMethod | null;
}

/** A credential that the service does not take, by its name: `unknown` as it is wrong, expired or revoked, `rights` as it may too little. */
export interface CredentialProblem {
  credential: string;
  why: 'unknown' | 'rights';
  /** What it would have to be able to read, in the service's words; null of what is unknown. */
  detail: string | null;
}

/** What an event that was proved to come from the gateway is about. */
export interface GatewayEvent {
  /** Names the event, however often it is sent. */
  eventId: string;
  /** In the gateway's words, for people who read the log. */
  type: string;
  /** The payments and setups that it is about, by the gateway's ids. */
  refs: { kind: 'payment' | 'setup'; gatewayId: string; ourId: string | null }[];
}

/** Why an event is not believed: signed by nobody we know, too old or from the future, or no event at all. */
export class UnprovedEvent extends Error {
  constructor(
    readonly problem: 'signature' | 'age' | 'malformed',
    options?: ErrorOptions,
  ) {
    super(`The event is not proved to come from the gateway: ${problem}`, options);
    this.name = 'UnprovedEvent';
  }
}

/**
 * One account with one payment service. Calls never throw for what the service or the network does: that is what `Outcome` says.
 * `key` names what is asked for: the same key again asks for the same thing, never for a second one (`keyLifeMs`).
 */
export interface Gateway {
  capabilities(method: GatewayMethod, currency: string): GatewayCapabilities | null;
  /** Whether the service takes the account's credentials, as far as reading shows it: nothing is changed there. */
  check(): Promise<Outcome<'taken' | CredentialProblem>>;
  create(order: PaymentOrder, key: string): Promise<Outcome>;
  /**
   * What the gateway knows of a payment; by our id where its own is not known yet, by its own alone where an event names no other.
   * @param payment `since` is when it was asked for, or a little earlier
   */
  find(payment: FindOrder): Promise<Outcome<Snapshot | 'absent'>>;
  /** Nobody can pay it any more, unless somebody has: the snapshot says which. */
  cancel(gatewayId: string, key: string): Promise<Outcome>;
  refund(order: RefundOrder, key: string): Promise<Outcome>;
  setup(order: SetupOrder, key: string): Promise<Outcome<SetupSnapshot>>;
  findSetup(gatewayId: string): Promise<Outcome<SetupSnapshot | 'absent'>>;
  /** Takes away what was saved; one that is gone already is gone. */
  forget(saved: { customerId: string; token: string }): Promise<Outcome<'gone'>>;
  /**
   * Proves an event by its bytes as they came.
   * @param headers by lower-case names
   * @param receivedAt when it came: a replay from the store keeps the time of its first coming
   * @throws UnprovedEvent
   */
  verify(raw: Buffer, headers: Readonly<Record<string, string | undefined>>, receivedAt: Date): GatewayEvent;
  /** All that has moved since then, in any order, some of it perhaps twice. Throws where the gateway cannot be asked. */
  list(since: Date): AsyncIterable<Snapshot>;
}
