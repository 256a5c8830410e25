import Stripe from 'stripe';
import { demandFresh, STAMP_TOLERANCE_MS } from '../event-signature.js';
import { UnprovedEvent, type GatewayEvent } from '../gateway.js';
import { idOf, oursOf } from './stripe-snapshots.js';

/** Events after which a payment is another one than before. */
export const EVENT_TYPES = [
  'payment_intent.created',
  'payment_intent.processing',
  'payment_intent.requires_action',
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.canceled',
  'checkout.session.completed',
  'checkout.session.expired',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'charge.refunded',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
  'charge.dispute.closed',
] as const;

/**
 * An event that Stripe has signed. The SDK lets stamps from the future pass, and every stamp where it is told to tolerate none, so
 * stamps are looked at here as well.
 * @throws UnprovedEvent
 */
export function provedEvent(
  stripe: Stripe,
  raw: Buffer,
  header: string | undefined,
  secret: string,
  receivedAt: Date,
): Stripe.Event {
  if (!header) throw new UnprovedEvent('signature');
  const seconds = STAMP_TOLERANCE_MS / 1000;
  let event: Stripe.Event;
  try {
    event = stripe.webhooks.constructEvent(raw, header, secret, seconds, undefined, receivedAt.getTime());
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) {
      throw new UnprovedEvent('malformed', { cause: error });
    }
    demandFresh(stampOf(header), receivedAt);
    throw new UnprovedEvent('signature', { cause: error });
  }
  demandFresh(stampOf(header), receivedAt);
  const { id, type, data } = (event ?? {}) as Partial<Stripe.Event>;
  if (typeof id !== 'string' || typeof type !== 'string' || typeof data?.object !== 'object') {
    throw new UnprovedEvent('malformed');
  }
  return event;
}

/** Without a stamp there is nothing to be fresh: then the signature is what is wrong. */
function stampOf(header: string): number {
  const stamp = /(?:^|,)t=(\d{1,12})(?:,|$)/.exec(header)?.[1];
  if (stamp === undefined) throw new UnprovedEvent('signature');
  return Number(stamp);
}

/** What an event is about; nothing where it is about nothing of ours. */
export function refsOf({ data }: Stripe.Event): GatewayEvent['refs'] {
  const about = data.object as
    | Stripe.PaymentIntent
    | Stripe.Checkout.Session
    | Stripe.Charge
    | Stripe.Refund
    | Stripe.Dispute
    | { object: 'setup_intent' };
  switch (about.object) {
    case 'payment_intent':
      return [{ kind: 'payment', gatewayId: about.id, ourId: oursOf(about, 'payment') }];
    case 'checkout.session': {
      const kind = about.mode === 'setup' ? 'setup' : 'payment';
      return [{ kind, gatewayId: about.id, ourId: oursOf(about, kind) }];
    }
    case 'charge':
    case 'refund':
    case 'dispute': {
      const gatewayId = idOf(about.payment_intent);
      // A charge has what its intent has; of a refund and a dispute only the intent is known.
      const ourId = about.object === 'charge' ? oursOf(about, 'payment') : null;
      return gatewayId ? [{ kind: 'payment', gatewayId, ourId }] : [];
    }
    default:
      return [];
  }
}
