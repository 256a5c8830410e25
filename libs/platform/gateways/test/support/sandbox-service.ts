import { randomUUID } from 'node:crypto';
import { insertOrganization, testDatabase } from '@balcao/platform-testing';
import { signEvent } from '../../src/event-signature.js';
import { Gateways, SandboxBank, SandboxDelivery, type GatewayAccount } from '../../src/index.js';
import type { Service, Traits } from './service.js';

export const SANDBOX_TRAITS: Traits = {
  methods: ['pix', 'boleto', 'card'],
  keys: true,
  otherAmounts: true,
  late: { expired: ['pix', 'boleto'], canceled: ['pix', 'boleto'] },
  refunds: ['pix', 'card'],
  disputes: true,
  savedCards: true,
  slowRefunds: true,
  proof: 'signature',
  currencies: ['JPY', 'KWD', 'USD'],
};

const CARDS = {
  approved: 'approved',
  declined: 'declined_later',
  insufficient_funds: 'no_funds_later',
  authentication_required: 'authentication_later',
} as const;

/** The sandbox in a sandbox organization, where it is some day that has yet to come. */
export async function startSandbox(): Promise<Service> {
  const test = await testDatabase();
  const now = new Date('2031-03-31T15:00:00Z');
  const account: GatewayAccount = {
    id: randomUUID(),
    organizationId: await insertOrganization(test.owner),
    kind: 'sandbox',
    credentials: { webhookSecret: 'only-for-tests-0123456789abcdefghij' },
    clock: { now: () => now },
    pageBase: 'https://portal.example/sandbox',
  };
  const delivery = new SandboxDelivery();
  const bank = new SandboxBank(test.database, delivery);
  return {
    traits: SANDBOX_TRAITS,
    gateway: new Gateways(test.database, test.config, delivery).open(account),
    now: () => now,
    async fault(fault) {
      await bank.setFaults(account, { answers: fault, times: 1, call: null });
    },
    async refunds(way) {
      await bank.setFaults(account, { refusesRefunds: way === 'refused', slowRefunds: way === 'slow' });
    },
    pay: (id, { card = 'approved', ...paying } = {}) => bank.pay(account, id, { ...paying, card: CARDS[card] }),
    decline: (id, failure) => bank.decline(account, id, failure),
    expire: (id) => bank.expire(account, id),
    dispute: (id) => bank.dispute(account, id),
    endDispute: (id, status) => bank.endDispute(account, id, status),
    settleRefund: (id, refundId, status) => bank.settleRefund(account, id, refundId, status),
    saveCard: (id) => bank.saveCard(account, id),
    stray: (amount) => bank.stray(account, { method: 'pix', currency: 'BRL', amount }),
    async count(paymentId) {
      const { rowCount } = await test.owner.query('select from sandbox_payments where payment_id = $1', [paymentId]);
      return rowCount!;
    },
    prove: (raw, at) => ({
      'balcao-sandbox-signature': signEvent(raw, account.credentials['webhookSecret']!, at),
    }),
    stop: () => test.close(),
  };
}
