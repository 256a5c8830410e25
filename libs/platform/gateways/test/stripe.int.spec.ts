import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Gateway, Snapshot } from '../src/index.js';
import { StripeGateway } from '../src/stripe/stripe-gateway.js';
import { FakeStripe } from './support/fake-stripe.js';
import { known, orderOf, present, type Delivered } from './support/service.js';
import { stripeAccount } from './support/stripe-service.js';

describe('the adapter of Stripe', () => {
  const fake = new FakeStripe();
  let origin: string;
  let gateway: Gateway;
  beforeAll(async () => {
    origin = await fake.start();
    gateway = new StripeGateway(stripeAccount(), origin);
  });
  afterAll(() => fake.stop());
  beforeEach(() => {
    fake.lagSeconds = 60;
    fake.refunds = 'usual';
    fake.log.length = 0;
  });

  const order = (method: 'pix' | 'boleto' | 'card' = 'pix', changes = {}) =>
    orderOf(new Date(), method, randomUUID(), changes);
  const create = async (method: 'pix' | 'boleto' | 'card') => {
    const asked = order(method);
    return known(await gateway.create(asked, `create:${asked.paymentId}`));
  };
  const find = async (gatewayId: string) =>
    present(await gateway.find({ paymentId: null, gatewayId, since: new Date() }));
  const refsOf = ({ raw, headers }: Delivered) => gateway.verify(raw, headers, new Date()).refs;

  it.each<[what: string, key: string | undefined, forbidden: string[], expected: unknown]>([
    ['a key that may read all of it', undefined, [], { known: 'taken' }],
    [
      'a key that is wrong',
      'sk_live_anotherkey1234',
      [],
      { known: { credential: 'secretKey', why: 'unknown', detail: null } },
    ],
    [
      'a key that may read too little',
      undefined,
      ['/v1/checkout/sessions'],
      { known: { credential: 'secretKey', why: 'rights', detail: 'Checkout Sessions' } },
    ],
  ])('asks whether %s is taken, and changes nothing', async (_what, secretKey, forbidden, expected) => {
    fake.forbidden = forbidden;
    const account = stripeAccount();
    const credentials = { ...account.credentials, ...(secretKey && { secretKey }) };
    expect(await new StripeGateway({ ...account, credentials }, origin).check()).toEqual(expected);
    expect(fake.log.every((call) => call.startsWith('GET '))).toBe(true);
    fake.forbidden = [];
  });

  it('finds by the search what it knows already, without reading lists', async () => {
    const { paymentId, gatewayId } = await create('pix');
    fake.lagSeconds = 0;
    fake.log.length = 0;
    const found = present(await gateway.find({ paymentId, gatewayId: null, since: new Date() }));
    expect(found.gatewayId).toBe(gatewayId);
    expect(fake.log).toEqual(['GET /v1/payment_intents/search', `GET /v1/payment_intents/${gatewayId}`]);
  });

  it('knows the payment of a page by the intent that the page has made', async () => {
    const page = await create('card');
    const events = fake.pay(page.gatewayId);
    const intents = events.flatMap(refsOf).filter(({ gatewayId }) => gatewayId.startsWith('pi_'));
    expect(intents.length).toBeGreaterThan(0);
    for (const { gatewayId, ourId } of intents) {
      expect(ourId).toBe(page.paymentId);
      expect(await find(gatewayId)).toEqual(await find(page.gatewayId));
    }
  });

  it('takes what was paid by a payment link for one payment, and a reference in its address for nothing', async () => {
    const { paymentId } = order('card');
    const since = new Date(Date.now() - 1_000);
    const page = fake.openLink(paymentId);
    const refs = fake.pay(page).flatMap(refsOf);
    expect(refs.map(({ gatewayId }) => gatewayId)).toContain(page);
    expect(new Set(refs.map(({ ourId }) => ourId))).toEqual(new Set([null]));
    const [first, ...others] = await Promise.all(refs.map(({ gatewayId }) => find(gatewayId)));
    expect(first).toMatchObject({ paymentId: null, received: 10_000n });
    for (const each of others) expect(each).toEqual(first);
    const listed: Snapshot[] = [];
    for await (const each of gateway.list(since)) if (each.received === 10_000n) listed.push(each);
    expect(listed).toEqual([first]);
    for (fake.lagSeconds of [60, 0])
      expect(await gateway.find({ paymentId, gatewayId: null, since })).toEqual({ known: 'absent' });
  });

  it('lists the payment of a page once', async () => {
    const since = new Date(Date.now() - 1_000);
    const page = await create('card');
    fake.pay(page.gatewayId);
    const listed: Snapshot[] = [];
    for await (const each of gateway.list(since)) if (each.paymentId === page.paymentId) listed.push(each);
    expect(listed).toEqual([await find(page.gatewayId)]);
  });

  it.each<[what: string, act: (id: string) => Promise<Delivered[]>]>([
    ['a dispute', async (id) => fake.dispute(id)],
    [
      'a refund',
      async (id) => {
        fake.refunds = 'slow';
        const payment = await find(id);
        const refund = { refundId: 'r', gatewayId: id, amount: 100n, currency: payment.currency, reason: null };
        const refunded = known(await gateway.refund(refund, `refund:${id}`));
        return fake.settleRefund(refunded.refunds[0]!.gatewayId, 'succeeded');
      },
    ],
  ])('hears of %s by the id of the intent alone', async (_what, act) => {
    const { gatewayId } = await create('card');
    fake.pay(gatewayId);
    const [ref] = refsOf((await act(gatewayId))[0]!);
    expect(ref).toEqual({ kind: 'payment', gatewayId: expect.stringMatching(/^pi_/), ourId: null });
    expect((await find(ref!.gatewayId)).gatewayId).toBe(gatewayId);
  });

  it('takes what a key has brought, although the days of a slip have been counted anew', async () => {
    const asked = order('boleto');
    const first = known(await gateway.create(asked, 'a slip'));
    const tomorrow = { now: () => new Date(Date.now() + 86_400_000) };
    const later = new StripeGateway({ ...stripeAccount(), clock: tomorrow }, origin);
    expect(known(await later.create(asked, 'a slip')).gatewayId).toBe(first.gatewayId);
    expect(fake.count(asked.paymentId)).toBe(1);
  });

  it('holds an inquiry for no dispute', async () => {
    const { gatewayId } = await create('card');
    fake.pay(gatewayId);
    fake.dispute(gatewayId);
    fake.all('dispute')[0]!['status'] = 'warning_needs_response';
    expect((await find(gatewayId)).disputes).toEqual([]);
  });

  it('shows the page of a slip whose number is none', async () => {
    const { gatewayId } = await create('boleto');
    fake.get(gatewayId)['next_action'].boleto_display_details.number =
      '01010101010101010101010101010101010101010101010';
    expect((await find(gatewayId)).presentation).toEqual({ kind: 'page', url: expect.stringContaining(gatewayId) });
  });

  it('takes a setup for no payment, nor a payment for a setup', async () => {
    const { gatewayId } = await create('card');
    expect(await gateway.findSetup(gatewayId)).toEqual({ known: 'absent' });
    const { payer, page } = order('card');
    const setup = known(await gateway.setup({ setupId: 's', customerId: null, payer, ...page! }, 'a setup'));
    const asked = { paymentId: null, gatewayId: setup.gatewayId, since: new Date() };
    expect(await gateway.find(asked)).toEqual({ known: 'absent' });
  });

  it('asks for what is older than events are kept', async () => {
    const { gatewayId } = await create('pix');
    const since = new Date(Date.now() - 90 * 86_400_000);
    const listed: string[] = [];
    for await (const each of gateway.list(since)) listed.push(each.gatewayId);
    expect(listed).toContain(gatewayId);
    expect(fake.log).toContain('GET /v1/checkout/sessions');
  });
});

describe('what Stripe answers', () => {
  let server: Server;
  let gateway: Gateway;
  let answer: { status: number; body: string };
  beforeAll(async () => {
    server = createServer((request, response) => {
      request.resume();
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    gateway = new StripeGateway(stripeAccount(), `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const error = (facts: object) => JSON.stringify({ error: facts });
  const create = () => gateway.create(orderOf(new Date(), 'pix', randomUUID()), 'key');

  it.each([
    [500, error({ type: 'api_error' })],
    [503, '<html>'],
    [502, ''],
    [409, error({ type: 'idempotency_error', code: 'idempotency_key_in_use' })],
    [409, error({ type: 'invalid_request_error', code: 'lock_timeout' })],
    [429, error({ type: 'invalid_request_error', code: 'rate_limit' })],
    [200, 'no JSON'],
  ])('by %s %s says nothing of what was done', async (status, body) => {
    answer = { status, body };
    expect(await create()).toBe('unknown');
  });

  it.each([
    [401, { type: 'invalid_request_error' }, 'misconfigured'],
    [403, { type: 'invalid_request_error' }, 'misconfigured'],
    [402, { type: 'card_error', code: 'card_declined', decline_code: 'lost_card' }, 'lost_or_stolen'],
    [402, { type: 'card_error', code: 'card_declined', decline_code: 'do_not_honor' }, 'declined'],
    [402, { type: 'card_error', code: 'expired_card' }, 'expired_card'],
    [400, { type: 'invalid_request_error', code: 'amount_too_small', param: 'amount' }, 'amount_out_of_range'],
    [400, { type: 'invalid_request_error', code: 'payment_method_unactivated' }, 'method_unavailable'],
    [400, { type: 'invalid_request_error', code: 'tax_id_invalid' }, 'payer_incomplete'],
    [404, { type: 'invalid_request_error', code: 'resource_missing', param: 'payment_method' }, 'method_gone'],
    [400, { type: 'invalid_request_error', code: 'parameter_unknown', param: 'x' }, 'other'],
  ])('by %s %j is refused', async (status, facts, refused) => {
    answer = { status, body: error(facts) };
    expect(await create()).toMatchObject({ refused });
  });

  it('where nobody listens says nothing', async () => {
    const nowhere = new StripeGateway(stripeAccount(), 'http://127.0.0.1:1');
    expect(await nowhere.create(orderOf(new Date(), 'pix', randomUUID()), 'key')).toBe('unknown');
    expect(await nowhere.find({ paymentId: 'x', gatewayId: null, since: new Date() })).toBe('unknown');
    await expect(nowhere.list(new Date())[Symbol.asyncIterator]().next()).rejects.toThrow();
  });

  it('names no secret', async () => {
    answer = { status: 400, body: error({ type: 'invalid_request_error', message: 'sk_test_onlyForTests0123456789' }) };
    expect(JSON.stringify(await create())).not.toContain('onlyForTests');
  });
});
