import type { FailureCode, GatewayMethod, Snapshot } from '@balcao/platform-gateways';

/** In the order in which a payment may go through them; the last four end it, and money wins over all. */
export const PAYMENT_STATES = [
  'created',
  'sending',
  'unknown',
  'pending',
  'failed',
  'expired',
  'canceled',
  'succeeded',
] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];
/** How a payment is that has not ended. */
export const OPEN_STATES = ['created', 'sending', 'unknown', 'pending'] as const satisfies PaymentState[];

export const PAYMENT_ORIGINS = ['portal', 'link', 'staff', 'opening', 'renewal', 'collection'] as const;
export type PaymentOrigin = (typeof PAYMENT_ORIGINS)[number];

/** Why nobody shall pay by it any more: another stands in its place, nothing is owed, what is owed changed, staff said so. */
export const WITHDRAWALS = ['replaced', 'settled', 'changed', 'staff'] as const;
export type Withdrawal = (typeof WITHDRAWALS)[number];

/** What is known of a payment, as far as a snapshot can change it. */
export interface KnownPayment {
  state: PaymentState;
  method: GatewayMethod;
  currency: string;
  received: bigint;
  gatewayId: string | null;
  pixCode: string | null;
  boletoLine: string | null;
  barcode: string | null;
  pageUrl: string | null;
  failure: FailureCode | null;
  expiresAt: Date;
}

/** What a snapshot changes: nothing where it says nothing new. */
export type PaymentChange = Partial<Omit<KnownPayment, 'method' | 'currency'>> & { receivedAt?: Date };

/** A snapshot is of another payment than it was asked for. */
export class OtherPayment extends Error {
  constructor(problem: string) {
    super(`The gateway speaks of another payment: ${problem}`);
    this.name = 'OtherPayment';
  }
}

/**
 * Merges what a gateway says with what is known. Snapshots may come in any order and any number of times: how a payment ended
 * stays, except that money wins, and what came only grows.
 * @throws OtherPayment where its currency, or what it is called there, is another
 */
export function mergeSnapshot(known: KnownPayment, snapshot: Snapshot): PaymentChange {
  if (snapshot.currency !== known.currency) throw new OtherPayment(`in ${snapshot.currency}`);
  if (known.gatewayId !== null && known.gatewayId !== snapshot.gatewayId) throw new OtherPayment(snapshot.gatewayId);
  const change: PaymentChange = {};
  if (known.gatewayId === null) change.gatewayId = snapshot.gatewayId;
  if (known.state !== 'succeeded') Object.assign(change, shown(known, snapshot));
  if (snapshot.received > known.received)
    return { ...change, state: 'succeeded', received: snapshot.received, receivedAt: snapshot.receivedAt ?? undefined };
  if (known.state === 'succeeded') return change;
  // "Succeeded" without money is a promise: it is paid once something has come.
  const said = snapshot.status === 'succeeded' ? 'pending' : snapshot.status;
  if (!isOpen(known) || said === known.state) return change;
  change.state = said;
  if (said === 'failed') change.failure = snapshot.failure ?? 'other';
  return change;
}

/** Whether somebody may still pay by it, as far as is known. */
export const isOpen = ({ state }: { state: PaymentState }): boolean =>
  (OPEN_STATES as readonly PaymentState[]).includes(state);

/** What the payer is shown, as far as it is new. */
function shown(known: KnownPayment, { presentation, expiresAt }: Snapshot): PaymentChange {
  const change: PaymentChange = {};
  if (presentation?.kind === 'pix') change.pixCode = presentation.code;
  if (presentation?.kind === 'page') change.pageUrl = presentation.url;
  if (presentation?.kind === 'boleto') {
    change.boletoLine = presentation.line;
    change.barcode = presentation.barcode;
    if (presentation.pixCode) change.pixCode = presentation.pixCode;
  }
  if (expiresAt && expiresAt.getTime() !== known.expiresAt.getTime()) change.expiresAt = expiresAt;
  return Object.fromEntries(
    Object.entries(change).filter(([name, value]) => value !== known[name as keyof KnownPayment]),
  );
}

/** What one invoice costs on a day: what is owed of it, and what its lateness adds. In minor units. */
export interface InvoiceCost {
  invoiceId: string;
  principal: bigint;
  fine: bigint;
  interest: bigint;
}

/** A target as it stands in its row. */
export interface PaymentTarget extends InvoiceCost {
  id: string;
}
