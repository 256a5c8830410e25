import Stripe from 'stripe';
import type { GatewayAccount } from '../gateway-account.js';
import { credentialOf } from '../gateway-account.js';
import {
  type CredentialProblem,
  type FindOrder,
  type Gateway,
  type GatewayCapabilities,
  type GatewayEvent,
  type GatewayMethod,
  type Outcome,
  type PaymentOrder,
  type RefundOrder,
  type SetupOrder,
  type SetupSnapshot,
  type Snapshot,
} from '../gateway.js';
import { stripeCapabilities, KEY_LIFE_MS } from './stripe-capabilities.js';
import { EVENT_TYPES, provedEvent, refsOf } from './stripe-events.js';
import { intentParams, isComplete, pageParams, savedParams, setupParams } from './stripe-orders.js';
import { isMissing, problemOf, refusalOf } from './stripe-problems.js';
import { toStripe } from './stripe-amounts.js';
import { StripeReader } from './stripe-reader.js';
import { idOf, META, setupSnapshot } from './stripe-snapshots.js';

/** A call that takes longer is one of which nothing is known. */
const PATIENCE_MS = 20_000;
const DAY_MS = 86_400_000;
/** Events are kept for 30 days. */
const EVENTS_MS = 29 * DAY_MS;
/** The longest validity of a slip, so what moves was made at most so long before. */
const LONGEST_MS = 61 * DAY_MS;

/**
 * The adapter of Stripe. Cards are asked for on Stripe's page (a Checkout Session, whose id names the payment), PIX and slips by an
 * intent that is confirmed at once, saved cards by one that is charged off session.
 */
export class StripeGateway implements Gateway {
  private readonly stripe: Stripe;
  private readonly reader: StripeReader;
  private readonly webhookSecret: string;

  /** @param origin of the API, such as `https://api.stripe.com` */
  constructor(
    private readonly account: GatewayAccount,
    origin: string,
  ) {
    const { protocol, hostname, port } = new URL(origin);
    this.webhookSecret = credentialOf(account, 'webhookSecret');
    this.stripe = new Stripe(credentialOf(account, 'secretKey'), {
      host: hostname,
      port: port || (protocol === 'http:' ? 80 : 443),
      protocol: protocol === 'http:' ? 'http' : 'https',
      // Whoever asks decides when to ask again, and by which key. What is left of it: where a connection was closed the SDK repeats a
      // call once, which its key makes harmless.
      maxNetworkRetries: 0,
      timeout: PATIENCE_MS,
      telemetry: false,
    });
    this.reader = new StripeReader(this.stripe);
  }

  capabilities(method: GatewayMethod, currency: string): GatewayCapabilities | null {
    return stripeCapabilities(method, currency);
  }

  async check(): Promise<Outcome<'taken' | CredentialProblem>> {
    const reads: readonly [what: string, read: () => Promise<unknown>][] = [
      ['PaymentIntents', () => this.stripe.paymentIntents.list({ limit: 1 })],
      ['Checkout Sessions', () => this.stripe.checkout.sessions.list({ limit: 1 })],
      ['Events', () => this.stripe.events.list({ limit: 1 })],
    ];
    for (const [what, read] of reads) {
      try {
        await read();
      } catch (thrown) {
        const problem = problemOf(thrown);
        const refused = (why: CredentialProblem['why'], detail: string | null) =>
          ({ known: { credential: 'secretKey', why, detail } }) as const;
        if (problem.statusCode === 401) return refused('unknown', null);
        if (problem.statusCode === 403) return refused('rights', what);
        return refusalOf(problem);
      }
    }
    return { known: 'taken' };
  }

  async create(order: PaymentOrder, key: string): Promise<Outcome> {
    const capabilities = stripeCapabilities(order.method, order.currency);
    if (!capabilities) return { refused: 'method_unavailable', detail: 'currency' };
    const amount = toStripe(order.amount, order.currency);
    if (amount === null || order.amount < capabilities.min || order.amount > capabilities.max) {
      return { refused: 'amount_out_of_range', detail: null };
    }
    if (order.method === 'boleto' && !isComplete(order.payer)) return { refused: 'payer_incomplete', detail: null };
    if (order.method === 'card' && !order.saved && !order.page) return { refused: 'other', detail: 'no_page' };
    const options = { idempotencyKey: key };
    return this.ask(
      async () => {
        if (order.method === 'card' && !order.saved) {
          return (await this.stripe.checkout.sessions.create(pageParams(order, amount), options)).id;
        }
        const params = order.saved ? savedParams(order, amount) : intentParams(order, amount, this.account.clock.now());
        return (await this.stripe.paymentIntents.create(params, options)).id;
      },
      async (problem) => {
        // What was declined is there nevertheless.
        if (problem.payment_intent) return { known: problem.payment_intent.id };
        const isOther = problem.statusCode === 400 && problem.rawType === 'idempotency_error';
        return isOther ? this.askedBefore(order) : refusalOf(problem);
      },
    );
  }

  async find({ paymentId, gatewayId, since }: FindOrder): Promise<Outcome<Snapshot | 'absent'>> {
    return this.look(async () => {
      if (gatewayId !== null) return (await this.reader.byId(gatewayId)) ?? 'absent';
      return paymentId === null ? 'absent' : this.reader.byOurs(paymentId, since);
    });
  }

  async cancel(gatewayId: string, key: string): Promise<Outcome> {
    return this.ask(
      async () => {
        if (gatewayId.startsWith('cs_')) {
          await this.stripe.checkout.sessions.expire(gatewayId, {}, { idempotencyKey: key });
        } else {
          await this.stripe.paymentIntents.cancel(gatewayId, {}, { idempotencyKey: key });
        }
        return gatewayId;
      },
      // One that is paid or over cannot be canceled: what it is now says which.
      (problem) => (problem.statusCode === 400 ? { known: gatewayId } : refusalOf(problem)),
    );
  }

  async refund({ refundId, gatewayId, amount, currency }: RefundOrder, key: string): Promise<Outcome> {
    const minor = toStripe(amount, currency);
    if (minor === null || minor <= 0) return { refused: 'refund_refused', detail: 'amount' };
    return this.ask(
      async () => {
        const intent = await this.reader.intentOf(gatewayId);
        if (!intent) return { refused: 'refund_refused', detail: 'not_paid' };
        const params = { payment_intent: intent, amount: minor, metadata: { [META.refund]: refundId } };
        await this.stripe.refunds.create(params, { idempotencyKey: key });
        return gatewayId;
      },
      (problem) => {
        const refusal = refusalOf(problem);
        const isOurs = refusal !== 'unknown' && problem.statusCode === 400;
        return isOurs ? { ...refusal, refused: 'refund_refused' } : refusal;
      },
    );
  }

  async setup(order: SetupOrder, key: string): Promise<Outcome<SetupSnapshot>> {
    try {
      const session = await this.stripe.checkout.sessions.create(setupParams(order), { idempotencyKey: key });
      return { known: setupSnapshot(session) };
    } catch (thrown) {
      return refusalOf(problemOf(thrown));
    }
  }

  async findSetup(gatewayId: string): Promise<Outcome<SetupSnapshot | 'absent'>> {
    return this.look(async () => {
      const session = await this.reader.session(gatewayId, ['setup_intent.payment_method']);
      return session?.mode === 'setup' ? setupSnapshot(session) : 'absent';
    });
  }

  async forget({ token }: { customerId: string; token: string }): Promise<Outcome<'gone'>> {
    try {
      await this.stripe.paymentMethods.detach(token);
      return { known: 'gone' };
    } catch (thrown) {
      const problem = problemOf(thrown);
      // What belongs to nobody is refused, too.
      return problem.statusCode === 404 || problem.statusCode === 400 ? { known: 'gone' } : refusalOf(problem);
    }
  }

  verify(raw: Buffer, headers: Readonly<Record<string, string | undefined>>, receivedAt: Date): GatewayEvent {
    const event = provedEvent(this.stripe, raw, headers['stripe-signature'], this.webhookSecret, receivedAt);
    return { eventId: event.id, type: event.type, refs: refsOf(event) };
  }

  async *list(since: Date): AsyncGenerator<Snapshot> {
    const seen = new Set<string>();
    for await (const gatewayId of this.moved(since)) {
      if (seen.has(gatewayId)) continue;
      seen.add(gatewayId);
      const snapshot = await this.reader.byId(gatewayId);
      if (!snapshot || (snapshot.gatewayId !== gatewayId && seen.has(snapshot.gatewayId))) continue;
      seen.add(snapshot.gatewayId);
      yield snapshot;
    }
  }

  /** Ids of what has moved, some of them twice: by events, and where those are no longer kept by what was made. */
  private async *moved(since: Date): AsyncGenerator<string> {
    const kept = new Date(Math.max(since.getTime(), Date.now() - EVENTS_MS));
    const created = { gte: Math.floor(kept.getTime() / 1000) };
    for await (const event of this.stripe.events.list({ created, types: [...EVENT_TYPES], limit: 100 })) {
      for (const { kind, gatewayId } of refsOf(event)) if (kind === 'payment') yield gatewayId;
    }
    if (kept <= since) return;
    const made = { gte: Math.floor((since.getTime() - LONGEST_MS) / 1000) };
    for await (const { id } of this.stripe.paymentIntents.list({ created: made, limit: 100 })) yield id;
    for await (const { id, mode } of this.stripe.checkout.sessions.list({ created: made, limit: 100 })) {
      if (mode === 'payment') yield id;
    }
  }

  /** A key that was used with other details: what the key has brought is what was asked for, or it is not. */
  private async askedBefore(order: PaymentOrder): Promise<Outcome<string>> {
    const since = new Date(Date.now() - KEY_LIFE_MS);
    const found = await this.find({ paymentId: order.paymentId, gatewayId: null, since });
    if (found === 'unknown' || 'refused' in found) return found;
    if (found.known === 'absent') return 'unknown';
    const { gatewayId, amount, currency, method } = found.known;
    const isIt = amount === order.amount && currency === order.currency && method === order.method;
    return isIt ? { known: gatewayId } : { refused: 'other', detail: 'key_used_for_another_request' };
  }

  /**
   * Does what changes something, and then says what has become of the payment. Once it is done, whatever goes wrong says nothing of it.
   * @param work answers whose snapshot is asked for
   */
  private async ask(
    work: () => Promise<string | Outcome<string>>,
    problemAnswer: (problem: Stripe.errors.StripeError) => Outcome<string> | Promise<Outcome<string>>,
  ): Promise<Outcome> {
    let done: Outcome<string>;
    try {
      const answer = await work();
      done = typeof answer === 'string' && answer !== 'unknown' ? { known: answer } : (answer as Outcome<string>);
    } catch (thrown) {
      done = await problemAnswer(problemOf(thrown));
    }
    if (done === 'unknown' || 'refused' in done) return done;
    try {
      const snapshot = await this.reader.byId(idOf(done.known)!);
      return snapshot ? { known: snapshot } : { refused: 'other', detail: 'unknown_payment' };
    } catch (thrown) {
      problemOf(thrown);
      return 'unknown';
    }
  }

  private async look<Known>(work: () => Promise<Known | 'unknown'>): Promise<Outcome<Known>> {
    try {
      const found = await work();
      return found === 'unknown' ? 'unknown' : { known: found };
    } catch (thrown) {
      const problem = problemOf(thrown);
      return isMissing(problem) ? { known: 'absent' as Known } : refusalOf(problem);
    }
  }
}
