import type Stripe from 'stripe';
import type { Snapshot } from '../gateway.js';
import { isMissing, problemOf } from './stripe-problems.js';
import { idOf, INTENT_PARTS, intentSnapshot, META, oursOf, pageSnapshot } from './stripe-snapshots.js';

const MINUTE_MS = 60_000;
/** Our clock and Stripe's differ a little. */
const SLACK_MS = 5 * MINUTE_MS;
/** A key is tried again for a day at most. */
const WINDOW_MS = 25 * 60 * MINUTE_MS;
/** So many objects of a list are looked through; then nobody can tell. */
const MOST = 2_000;

/** Looks payments up at Stripe. Whatever Stripe answers that it cannot is thrown. */
export class StripeReader {
  constructor(private readonly stripe: Stripe) {}

  /**
   * By the id of a page or of an intent; `null` where there is none. An intent that a page of ours has made is that page's payment; what was
   * paid on a page of somebody else's is its intent's, so that it is one by whichever id.
   */
  async byId(gatewayId: string): Promise<Snapshot | null> {
    if (gatewayId.startsWith('cs_')) {
      const session = await this.session(
        gatewayId,
        INTENT_PARTS.map((part) => `payment_intent.${part}`),
      );
      if (session?.mode !== 'payment') return null;
      const { payment_intent: intent } = session;
      if (!intent || typeof intent !== 'object') return pageSnapshot(session);
      return this.whole(intent, intent.metadata[META.page] ? session : null);
    }
    if (!gatewayId.startsWith('pi_')) return null;
    const intent = await orNull(this.stripe.paymentIntents.retrieve(gatewayId, { expand: INTENT_PARTS }));
    if (!intent) return null;
    return this.whole(intent, intent.metadata[META.page] ? await this.pageOf(intent.id) : null);
  }

  async session(id: string, expand: string[]): Promise<Stripe.Checkout.Session | null> {
    return id.startsWith('cs_') ? orNull(this.stripe.checkout.sessions.retrieve(id, { expand })) : null;
  }

  /** The intent of a payment, which is what money is given back of. */
  async intentOf(gatewayId: string): Promise<string | null> {
    if (gatewayId.startsWith('pi_')) return gatewayId;
    return idOf((await this.session(gatewayId, []))?.payment_intent);
  }

  /**
   * By our id, for which Stripe has no unique name: by its search, which lags behind by a minute or so, then by what was made
   * since then. `unknown` where there is more of that than is looked through.
   */
  async byOurs(paymentId: string, since: Date): Promise<Snapshot | 'absent' | 'unknown'> {
    const searched = await this.searched(paymentId);
    if (searched) return (await this.byId(searched)) ?? 'absent';
    const created = {
      gte: Math.floor((since.getTime() - SLACK_MS) / 1000),
      lte: Math.floor((since.getTime() + WINDOW_MS) / 1000),
    };
    const bound = { created, limit: 100 };
    // A list asks as soon as it is made, so each is made when it is read: nobody would hear of its failure.
    const isOurs = (each: Stripe.Checkout.Session | Stripe.PaymentIntent) => oursOf(each, 'payment') === paymentId;
    const page = await first(this.stripe.checkout.sessions.list(bound), isOurs);
    const found = page ?? (await first(this.stripe.paymentIntents.list(bound), isOurs));
    if (found === 'unknown') return 'unknown';
    return found ? ((await this.byId(found)) ?? 'absent') : 'absent';
  }

  private async searched(paymentId: string): Promise<string | null> {
    if (!/^[\w-]{1,100}$/.test(paymentId)) return null;
    try {
      const query = `metadata['${META.payment}']:'${paymentId}'`;
      const { data } = await this.stripe.paymentIntents.search({ query, limit: 10 });
      return (data.find(({ status }) => status === 'succeeded') ?? data[0])?.id ?? null;
    } catch (thrown) {
      // Not every account may search; then the lists tell.
      const { statusCode } = problemOf(thrown);
      if (statusCode === 400 || statusCode === 403) return null;
      throw thrown;
    }
  }

  private async pageOf(intent: string): Promise<Stripe.Checkout.Session | null> {
    const { data } = await this.stripe.checkout.sessions.list({ payment_intent: intent, limit: 1 });
    return data[0] ?? null;
  }

  /** What is given back and disputed can only be of what has come. */
  private async whole(intent: Stripe.PaymentIntent, session: Stripe.Checkout.Session | null): Promise<Snapshot> {
    if (intent.amount_received === 0) return intentSnapshot(intent, { refunds: [], disputes: [] }, session);
    const of = { payment_intent: intent.id, limit: 100 };
    const [refunds, disputes] = await Promise.all([this.stripe.refunds.list(of), this.stripe.disputes.list(of)]);
    return intentSnapshot(intent, { refunds: refunds.data, disputes: disputes.data }, session);
  }
}

async function orNull<Found>(asked: Promise<Found>): Promise<Found | null> {
  try {
    return await asked;
  } catch (thrown) {
    if (isMissing(problemOf(thrown))) return null;
    throw thrown;
  }
}

async function first<Each extends { id: string }>(
  list: AsyncIterable<Each>,
  isIt: (each: Each) => boolean,
): Promise<string | 'unknown' | null> {
  let seen = 0;
  for await (const each of list) {
    if (isIt(each)) return each.id;
    seen += 1;
    if (seen >= MOST) return 'unknown';
  }
  return null;
}
