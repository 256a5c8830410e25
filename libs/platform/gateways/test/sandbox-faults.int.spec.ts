import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { insertOrganization, testDatabase, type TestDatabase } from '@balcao/platform-testing';
import {
  Gateways,
  NO_FAULTS,
  SandboxBank,
  SandboxDelivery,
  type Gateway,
  type GatewayAccount,
  type SandboxEvent,
} from '../src/index.js';
import { known, orderOf } from './support/service.js';

const now = new Date('2031-03-31T15:00:00Z');
const delivery = new SandboxDelivery();
let test: TestDatabase;
let bank: SandboxBank;
let gateways: Gateways;
let account: GatewayAccount;
let gateway: Gateway;

beforeAll(async () => {
  test = await testDatabase();
  bank = new SandboxBank(test.database, delivery);
  gateways = new Gateways(test.database, test.config, delivery);
});
afterAll(() => test?.close());
beforeEach(async () => {
  delivery.courier = undefined;
  account = await accountOf(await insertOrganization(test.owner));
  gateway = gateways.open(account);
});

const accountOf = async (organizationId: string): Promise<GatewayAccount> => ({
  id: randomUUID(),
  organizationId,
  kind: 'sandbox',
  credentials: { webhookSecret: `secret-of-${randomUUID()}` },
  clock: { now: () => now },
  pageBase: 'https://portal.example/sandbox',
});
const order = (changes = {}) => orderOf(now, 'pix', randomUUID(), changes);
const create = async () => {
  const asked = order();
  return known(await gateway.create(asked, `create:${asked.paymentId}`));
};
const eventOf = ({ raw, headers }: SandboxEvent) => gateway.verify(raw, headers, new Date());

describe('events of the sandbox', () => {
  it('come once', async () => {
    const { gatewayId } = await create();
    expect((await bank.pay(account, gatewayId)).map((each) => eventOf(each).type)).toEqual(['payment.succeeded']);
    expect(await bank.takeEvents(account)).toEqual([]);
  });

  it('come twice under one name', async () => {
    await bank.setFaults(account, { events: 'twice' });
    const [one, other] = await bank.pay(account, (await create()).gatewayId);
    expect(eventOf(one!).eventId).toBe(eventOf(other!).eventId);
  });

  it('come never', async () => {
    await bank.setFaults(account, { events: 'never' });
    expect(await bank.pay(account, (await create()).gatewayId)).toEqual([]);
    await bank.setFaults(account, { events: 'once' });
    expect(await bank.takeEvents(account)).toEqual([]);
  });

  it('come the later one first', async () => {
    await bank.setFaults(account, { events: 'reversed' });
    const { gatewayId } = await create();
    expect(await bank.decline(account, gatewayId, 'declined')).toEqual([]);
    const types = (await bank.pay(account, gatewayId)).map((each) => eventOf(each).type);
    expect(types).toEqual(['payment.succeeded', 'payment.failed']);
  });

  it.each([true, false])('of calls are brought, before the answer or behind it (%s)', async (eventFirst) => {
    const { gatewayId, paymentId } = await create();
    let answered = false;
    const brought = new Promise<boolean>((resolve) => {
      delivery.courier = (_account, events) => {
        expect(events.map((each) => eventOf(each).refs[0]!.gatewayId)).toEqual([gatewayId]);
        resolve(!answered);
        return Promise.resolve();
      };
    });
    await bank.setFaults(account, { eventFirst });
    await gateway.cancel(gatewayId, `cancel:${paymentId!}`);
    answered = true;
    expect(await brought).toBe(eventFirst);
  });

  it('that a courier loses break no call', async () => {
    delivery.courier = () => Promise.reject(new Error('lost'));
    await bank.setFaults(account, { eventFirst: true });
    const { gatewayId, paymentId } = await create();
    expect(known(await gateway.cancel(gatewayId, `cancel:${paymentId!}`)).status).toBe('canceled');
  });

  it('are proved to another account by nothing', async () => {
    const [event] = await bank.pay(account, (await create()).gatewayId);
    const other = gateways.open({ ...account, credentials: { webhookSecret: 'another-one-0123456789abcdefghijkl' } });
    expect(() => other.verify(event!.raw, event!.headers, new Date())).toThrow('signature');
  });
});

describe('faults of the sandbox', () => {
  it('are none at first, and are set one by one', async () => {
    expect(await bank.faults(account)).toEqual(NO_FAULTS);
    await bank.setFaults(account, { events: 'twice' });
    await bank.setFaults(account, { delayMs: 9_999_999 });
    expect(await bank.faults(account)).toEqual({ ...NO_FAULTS, events: 'twice', delayMs: 60_000 });
  });

  it('last for a number of calls, or until they are taken back', async () => {
    const ends = async () => {
      const asked = order();
      return typeof (await gateway.create(asked, `create:${asked.paymentId}`));
    };
    await bank.setFaults(account, { answers: 'lost_before', times: 2 });
    expect([await ends(), await ends(), await ends()]).toEqual(['string', 'string', 'object']);
    await bank.setFaults(account, { answers: 'lost_before', times: null });
    expect([await ends(), await ends(), await ends()]).toEqual(['string', 'string', 'string']);
  });

  it('may be about one call alone', async () => {
    await bank.setFaults(account, { answers: 'lost_after', call: 'find' });
    const snapshot = await create();
    expect(await gateway.find({ ...snapshot, since: now })).toBe('unknown');
    await expect(gateway.list(now)[Symbol.asyncIterator]().next()).resolves.toMatchObject({ done: false });
  });

  it('make answers slow', async () => {
    await bank.setFaults(account, { delayMs: 150 });
    const began = performance.now();
    await create();
    expect(performance.now() - began).toBeGreaterThan(145);
  });
});

describe('the pretended service', () => {
  it('B.2 does once what comes by one key twenty times at once', async () => {
    const asked = order();
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => gateway.create(asked, `create:${asked.paymentId}`)),
    );
    expect(new Set(outcomes.map((each) => known(each).gatewayId)).size).toBe(1);
    const { rowCount } = await test.owner.query('select from sandbox_payments where payment_id = $1', [
      asked.paymentId,
    ]);
    expect(rowCount).toBe(1);
  });

  it('B.2 gives back no more than came, however many ask at once', async () => {
    const { gatewayId, currency } = await create();
    await bank.pay(account, gatewayId);
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        gateway.refund({ refundId: `r${index}`, gatewayId, amount: 5_000n, currency, reason: null }, `refund:${index}`),
      ),
    );
    expect(outcomes.filter((each) => each !== 'unknown' && 'known' in each)).toHaveLength(2);
  });

  it('forgets keys after a day', async () => {
    const asked = order();
    const { gatewayId } = known(await gateway.create(asked, 'a key'));
    await test.owner.query("update sandbox_keys set created_at = now() - interval '25 hours'");
    expect(known(await gateway.create(asked, 'a key')).gatewayId).not.toBe(gatewayId);
  });

  it('B.1 knows nothing of another account or organization', async () => {
    const { gatewayId } = await create();
    const others = [
      await accountOf(account.organizationId),
      { ...(await accountOf(await insertOrganization(test.owner))), id: account.id },
    ];
    for (const other of others) {
      const found = await gateways.open(other).find({ gatewayId, paymentId: null, since: now });
      expect(found).toEqual({ known: 'absent' });
      await expect(bank.look(other, gatewayId)).rejects.toMatchObject({ code: 'not_found' });
      await expect(bank.pay(other, gatewayId)).rejects.toMatchObject({ code: 'not_found' });
    }
  });

  it('shows whoever plays the payer what a page shows', async () => {
    const page = { successUrl: 'https://portal.example/a', cancelUrl: 'https://portal.example/b', savesMethod: true };
    const asked = orderOf(now, 'card', randomUUID(), { page });
    const { gatewayId } = known(await gateway.create(asked, 'key'));
    expect(await bank.look(account, gatewayId)).toMatchObject({
      snapshot: { gatewayId, presentation: { kind: 'page', url: `https://portal.example/sandbox/${gatewayId}` } },
      description: asked.description,
      payerName: asked.payer.name,
      page,
    });
  });

  it.each<[what: string, act: (gatewayId: string) => Promise<unknown>]>([
    ['paid twice by PIX', async (id) => (await bank.pay(account, id), bank.pay(account, id))],
    ['paid with nothing', (id) => bank.pay(account, id, { amount: 0n })],
    ['declined once it is paid', async (id) => (await bank.pay(account, id), bank.decline(account, id, 'declined'))],
    ['expired once it is paid', async (id) => (await bank.pay(account, id), bank.expire(account, id))],
    ['disputed before it is paid', (id) => bank.dispute(account, id)],
    ['won without a dispute', async (id) => (await bank.pay(account, id), bank.endDispute(account, id, 'won'))],
    ['settled without a refund', (id) => bank.settleRefund(account, id, randomUUID(), 'succeeded')],
  ])('refuses what cannot be: %s', async (_what, act) => {
    await expect(act((await create()).gatewayId)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('takes a slip in parts, and at the time that the bank says', async () => {
    const asked = orderOf(now, 'boleto', randomUUID());
    const { gatewayId } = known(await gateway.create(asked, 'key'));
    const at = new Date('2031-04-02T10:00:00Z');
    await bank.pay(account, gatewayId, { amount: 345n });
    await bank.pay(account, gatewayId, { amount: 12_000n, at });
    expect((await bank.look(account, gatewayId)).snapshot).toMatchObject({ received: 12_345n, receivedAt: at });
  });

  it('plays the bank of no real service', async () => {
    await expect(bank.faults({ ...account, kind: 'stripe' })).rejects.toThrow('real payment service');
  });

  it('says no secret where one is missing', () => {
    expect(() => gateways.open({ ...account, kind: 'stripe', credentials: { secretKey: 'sk_test_x' } })).toThrow(
      /^An account of the kind stripe has no webhookSecret$/,
    );
  });
});
