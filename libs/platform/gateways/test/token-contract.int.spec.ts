import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { addDays } from '@balcao/money';
import { describeContract } from './support/contract.js';
import { known, orderOf, present, type Service, type Traits } from './support/service.js';
import { TokenGateway } from './support/token-gateway.js';
import { EVENT_TOKEN, TokenServer } from './support/token-server.js';

const TRAITS: Traits = {
  methods: ['pix', 'boleto'],
  keys: false,
  otherAmounts: true,
  late: { expired: ['pix', 'boleto'], canceled: ['boleto'] },
  refunds: ['pix'],
  disputes: false,
  savedCards: false,
  slowRefunds: true,
  proof: 'token',
  currencies: [],
};

const never = (): never => {
  throw new Error('This service has no cards');
};

async function start(): Promise<Service> {
  const server = new TokenServer();
  const origin = await server.start();
  return {
    traits: TRAITS,
    gateway: new TokenGateway(origin),
    now: () => new Date(),
    async fault(fault) {
      server.meet(fault);
    },
    async refunds(way) {
      server.refunds = way;
    },
    pay: async (id, paying) => server.pay(id, paying),
    decline: never,
    expire: async (id) => server.expire(id),
    dispute: never,
    endDispute: never,
    settleRefund: async (id, refundId, status) => server.settleRefund(id, refundId, status),
    saveCard: never,
    stray: async (amount) => server.stray(amount),
    count: async (paymentId) => server.count(paymentId),
    prove: () => ({ 'access-token': EVENT_TOKEN }),
    stop: () => server.stop(),
  };
}

describeContract('a service with a token and without keys', TRAITS, start);

let service: Service;
beforeAll(async () => {
  service = await start();
});
afterAll(() => service.stop());

it('fine and interest that the bank adds come as more than was asked for', async () => {
  const order = orderOf(service.now(), 'boleto', randomUUID());
  const { gatewayId, paymentId } = known(await service.gateway.create(order, 'key'));
  expect(service.gateway.capabilities('boleto', 'BRL')).toMatchObject({ addsLateCharges: true, keyLifeMs: 0 });
  await service.pay(gatewayId, { at: new Date(`${addDays(order.boleto!.dueOn, 13)}T15:00:00Z`) });
  const found = present(await service.gateway.find({ gatewayId, paymentId, since: service.now() }));
  // 123.45 × 2 % = 2.47, and × 1 % × 13/30 = 0.53.
  expect(found).toMatchObject({ status: 'succeeded', amount: 12_345n, received: 12_645n });
});
