import { signEvent } from '../../src/event-signature.js';
import type { GatewayAccount } from '../../src/index.js';
import { StripeGateway } from '../../src/stripe/stripe-gateway.js';
import { FakeStripe, STRIPE_KEY, STRIPE_SECRET } from './fake-stripe.js';
import type { Service, Traits } from './service.js';

export const STRIPE_TRAITS: Traits = {
  methods: ['pix', 'boleto', 'card'],
  keys: true,
  otherAmounts: false,
  late: { expired: ['boleto'], canceled: [] },
  refunds: ['pix', 'card'],
  disputes: true,
  savedCards: true,
  slowRefunds: true,
  proof: 'signature',
  currencies: ['JPY', 'KWD', 'USD', 'ISK', 'UGX'],
};

/** An account of the real time with Stripe. */
export const stripeAccount = (): GatewayAccount => ({
  id: '0193cf00-0000-7000-8000-000000000001',
  organizationId: '0193cf00-0000-7000-8000-000000000002',
  kind: 'stripe',
  credentials: { secretKey: STRIPE_KEY, webhookSecret: STRIPE_SECRET },
  clock: { now: () => new Date() },
});

const DECLINES: Readonly<Record<string, string>> = { declined: 'generic_decline' };

/** The adapter of Stripe with a server of this machine that speaks its protocol. */
export async function startStripe(fake = new FakeStripe()): Promise<Service> {
  const origin = await fake.start();
  return {
    traits: STRIPE_TRAITS,
    gateway: new StripeGateway(stripeAccount(), origin),
    now: () => new Date(),
    async fault(fault) {
      fake.meet(fault);
    },
    async refunds(way) {
      fake.refunds = way;
    },
    pay: async (id, { card } = {}) => fake.pay(id, card),
    decline: async (id, failure) => fake.decline(id, DECLINES[failure] ?? failure),
    expire: async (id) => fake.expire(id),
    dispute: async (id) => fake.dispute(id),
    endDispute: async (id, status) => fake.endDispute(id, status),
    settleRefund: async (_id, refundId, status) => fake.settleRefund(refundId, status),
    saveCard: async (id) => fake.saveCard(id),
    stray: async (amount) => fake.stray(Number(amount)),
    count: async (paymentId) => fake.count(paymentId),
    prove: (raw, at) => ({ 'stripe-signature': signEvent(raw, STRIPE_SECRET, at) }),
    stop: () => fake.stop(),
  };
}
