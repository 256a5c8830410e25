import type Stripe from 'stripe';
import { isBankingDay, readBoleto } from '@balcao/brazil';
import { addDays, dayAt, startOfDay } from '@balcao/money';
import { GATEWAY_METHODS } from '../gateway.js';
import type {
  DisputeSnapshot,
  FailureCode,
  GatewayMethod,
  Presentation,
  RefundSnapshot,
  SavedMethod,
  SetupSnapshot,
  Snapshot,
  SnapshotStatus,
} from '../gateway.js';
import { fromStripe } from './stripe-amounts.js';
import { failureOf } from './stripe-problems.js';

/** Where the validity of slips is counted, and the days on which they are paid. */
export const SLIP_ZONE = 'America/Sao_Paulo';
const NOON_MS = 12 * 3_600_000;

/** Names of what our objects carry there. */
export const META = { payment: 'balcao_payment', setup: 'balcao_setup', refund: 'balcao_refund', page: 'balcao_page' };

/**
 * Our id of what an object there is for. It stands in the metadata, which nobody writes but who has the account: the reference of a page
 * (`client_reference_id`) its payer may write into the address of a payment link.
 */
export const oursOf = (object: { metadata: Stripe.Metadata | null } | null, what: keyof typeof META): string | null =>
  object?.metadata?.[META[what]] ?? null;

/** What is read with an intent, so that one answer has all of it. */
export const INTENT_PARTS = ['latest_charge', 'payment_method'];

/** What is asked for beside an intent: lists that it does not carry. */
export interface Beside {
  refunds: Stripe.Refund[];
  disputes: Stripe.Dispute[];
}

export const momentOf = (seconds: number | null | undefined): Date | null =>
  seconds === null || seconds === undefined ? null : new Date(seconds * 1000);

export const idOf = (part: string | { id: string } | null | undefined): string | null =>
  typeof part === 'object' ? (part?.id ?? null) : (part ?? null);

const partOf = <Part extends object>(part: string | Part | null | undefined): Part | null =>
  typeof part === 'object' ? part : null;

/** What an intent says of its payment; of one that a page has made, `session` is that page. */
export function intentSnapshot(
  intent: Stripe.PaymentIntent,
  beside: Beside,
  session: Stripe.Checkout.Session | null = null,
): Snapshot {
  const currency = intent.currency.toUpperCase();
  const status = session ? pageStatus(session, intent) : intentStatus(intent);
  const charge = partOf(intent.latest_charge);
  const refunds = beside.refunds.map((each) => refundSnapshot(each, currency));
  const presentation = session ? pageOf(session) : presentationOf(intent);
  return {
    gatewayId: session?.id ?? intent.id,
    paymentId: oursOf(intent, 'payment') ?? oursOf(session, 'payment'),
    method: methodOf(intent),
    status,
    currency,
    amount: fromStripe(intent.amount, currency),
    received: fromStripe(intent.amount_received, currency),
    receivedAt: intent.amount_received > 0 ? paidAt(intent, charge) : null,
    refunded: refunds.reduce((sum, each) => (each.status === 'succeeded' ? sum + each.amount : sum), 0n),
    failure: status === 'succeeded' ? null : failureIn(intent),
    presentation: status === 'pending' ? presentation : null,
    expiresAt: session ? momentOf(session.expires_at) : expiryOf(intent),
    refunds,
    disputes: beside.disputes.filter(isDispute).map((each) => disputeSnapshot(each, currency)),
    saved: savedOf(intent),
  };
}

/**
 * Of a slip that was paid Stripe hears a banking day later, and does not say when it was paid: whoever paid on the last day was in time
 * (docs.stripe.com/payments/boleto).
 */
function paidAt(intent: Stripe.PaymentIntent, charge: Stripe.Charge | null): Date {
  const [made, told] = [momentOf(intent.created)!, momentOf(charge?.created ?? intent.created)!];
  if (methodOf(intent) !== 'boleto') return told;
  let day = addDays(dayAt(told, SLIP_ZONE), -1);
  while (!isBankingDay(day)) day = addDays(day, -1);
  const noon = new Date(startOfDay(day, SLIP_ZONE).getTime() + NOON_MS);
  return noon < made ? made : noon;
}

/** What a page says of its payment before anybody has begun to pay there. */
export function pageSnapshot(session: Stripe.Checkout.Session): Snapshot {
  const currency = (session.currency ?? 'brl').toUpperCase();
  const status = session.status === 'expired' ? 'expired' : 'pending';
  return {
    gatewayId: session.id,
    paymentId: oursOf(session, 'payment'),
    method: 'card',
    status,
    currency,
    amount: fromStripe(session.amount_total ?? 0, currency),
    received: 0n,
    receivedAt: null,
    refunded: 0n,
    failure: null,
    presentation: status === 'pending' ? pageOf(session) : null,
    expiresAt: momentOf(session.expires_at),
    refunds: [],
    disputes: [],
    saved: null,
  };
}

/** What became of adding a card, `session` with its `setup_intent.payment_method`. */
export function setupSnapshot(session: Stripe.Checkout.Session): SetupSnapshot {
  const intent = partOf(session.setup_intent);
  const saved = session.status === 'complete' ? cardOf(intent?.customer, partOf(intent?.payment_method)) : null;
  const pending = session.status === 'open';
  return {
    gatewayId: session.id,
    setupId: oursOf(session, 'setup'),
    status: pending ? 'pending' : session.status === 'expired' ? 'expired' : saved ? 'succeeded' : 'failed',
    url: pending ? session.url : null,
    saved,
  };
}

function methodOf(intent: Stripe.PaymentIntent): GatewayMethod {
  const types = [partOf(intent.payment_method)?.type, ...intent.payment_method_types];
  return (
    GATEWAY_METHODS.find((method) => types[0] === method) ??
    GATEWAY_METHODS.find((each) => types.includes(each)) ??
    'card'
  );
}

/** A code or slip that ran out leaves its intent waiting for another means of payment. */
const hasRunOut = ({ last_payment_error: problem, cancellation_reason: reason }: Stripe.PaymentIntent) =>
  problem?.code === 'payment_intent_payment_attempt_expired' || reason === 'expired';

function intentStatus(intent: Stripe.PaymentIntent): SnapshotStatus {
  switch (intent.status) {
    case 'succeeded':
      return 'succeeded';
    case 'canceled':
      return hasRunOut(intent) ? 'expired' : 'canceled';
    case 'requires_payment_method':
      if (hasRunOut(intent)) return 'expired';
      return intent.last_payment_error ? 'failed' : 'pending';
    default:
      return 'pending';
  }
}

/** A page lets its payer try again after a card was declined, as long as it is open. */
function pageStatus(session: Stripe.Checkout.Session, intent: Stripe.PaymentIntent): SnapshotStatus {
  const status = intentStatus(intent);
  if (status === 'succeeded') return status;
  if (session.status === 'expired') return 'expired';
  return session.status === 'open' ? 'pending' : status;
}

function failureIn({ last_payment_error: problem, ...intent }: Stripe.PaymentIntent): FailureCode | null {
  return problem && !hasRunOut({ ...intent, last_payment_error: problem }) ? failureOf(problem) : null;
}

const pageOf = ({ url }: Stripe.Checkout.Session): Presentation | null => (url ? { kind: 'page', url } : null);

function presentationOf({ next_action: action, created }: Stripe.PaymentIntent): Presentation | null {
  const code = action?.pix_display_qr_code?.data;
  if (code) return { kind: 'pix', code };
  const slip = action?.boleto_display_details;
  if (!slip) return null;
  const codes = readBoleto(slip.number ?? '', { issuedOn: momentOf(created)!.toISOString().slice(0, 10) });
  // In test mode the number is none: then there is only Stripe's page of the slip.
  if ('problem' in codes) return slip.hosted_voucher_url ? { kind: 'page', url: slip.hosted_voucher_url } : null;
  return { kind: 'boleto', line: codes.line, barcode: codes.barcode, pixCode: null };
}

function expiryOf({ next_action: action, payment_method_options: options }: Stripe.PaymentIntent): Date | null {
  return momentOf(
    action?.pix_display_qr_code?.expires_at ?? action?.boleto_display_details?.expires_at ?? options?.pix?.expires_at,
  );
}

/** What the intent has saved; a card that was saved before is known to whoever charged it. */
function savedOf(intent: Stripe.PaymentIntent): SavedMethod | null {
  if (intent.status !== 'succeeded' || !intent.setup_future_usage) return null;
  return cardOf(intent.customer, partOf(intent.payment_method));
}

function cardOf(customer: string | { id: string } | null | undefined, method: Stripe.PaymentMethod | null) {
  const customerId = idOf(customer) ?? idOf(method?.customer);
  if (!customerId || !method) return null;
  return {
    customerId,
    token: method.id,
    brand: method.card?.brand ?? null,
    lastFour: method.card?.last4 ?? null,
    expiresMonth: method.card?.exp_month ?? null,
    expiresYear: method.card?.exp_year ?? null,
  };
}

function refundSnapshot(refund: Stripe.Refund, currency: string): RefundSnapshot {
  const ended = refund.status === 'succeeded' ? 'succeeded' : 'failed';
  return {
    gatewayId: refund.id,
    refundId: refund.metadata?.[META.refund] ?? null,
    amount: fromStripe(refund.amount, currency),
    status: refund.status === 'pending' || refund.status === 'requires_action' ? 'pending' : ended,
  };
}

/** An inquiry takes no money away, nor does what was prevented. */
const isDispute = ({ status }: Stripe.Dispute) => !status.startsWith('warning_') && status !== 'prevented';

const DISPUTES: Readonly<Record<string, DisputeSnapshot['status']>> = {
  needs_response: 'needs_response',
  appeal_needs_response: 'needs_response',
  won: 'won',
  lost: 'lost',
};

function disputeSnapshot(dispute: Stripe.Dispute, currency: string): DisputeSnapshot {
  return {
    gatewayId: dispute.id,
    amount: fromStripe(dispute.amount, currency),
    reason: dispute.reason,
    status: DISPUTES[dispute.status] ?? 'under_review',
    respondBy: momentOf(dispute.evidence_details.due_by),
  };
}
