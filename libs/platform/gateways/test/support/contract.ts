import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readBoleto, readPixCode } from '@balcao/brazil';
import { UnprovedEvent, type GatewayMethod, type PaymentOrder, type Snapshot } from '../../src/index.js';
import { known, orderOf, present, type Delivered, type Later, type Service, type Traits } from './service.js';

const MINUTE_MS = 60_000;

/** A row for each method; none where a service has none. */
const rows = (methods: readonly GatewayMethod[]) => (name: string, row: (method: GatewayMethod) => Promise<void>) => {
  for (const method of methods) it(name.replace('%s', method), () => row(method));
};

/** What every adapter promises, tried with its service. `traits` are the service's own: what it cannot do has no row. */
export function describeContract(name: string, traits: Traits, start: () => Promise<Service>): void {
  let service: Service;
  beforeAll(async () => {
    service = await start();
  });
  afterAll(() => service?.stop());

  const has = (method: GatewayMethod) => traits.methods.includes(method);
  const orderBy = (method: GatewayMethod, changes?: Partial<PaymentOrder>) =>
    orderOf(service.now(), method, randomUUID(), changes);
  const create = async (method: GatewayMethod, changes?: Partial<PaymentOrder>): Promise<Snapshot> => {
    const order = orderBy(method, changes);
    return known(await service.gateway.create(order, `create:${order.paymentId}`));
  };
  const earlier = () => new Date(service.now().getTime() - MINUTE_MS);
  const find = async ({ gatewayId, paymentId }: Pick<Snapshot, 'gatewayId' | 'paymentId'>) =>
    present(await service.gateway.find({ gatewayId, paymentId, since: earlier() }));
  const findOurs = (paymentId: string) => service.gateway.find({ paymentId, gatewayId: null, since: earlier() });
  const paid = async (method: GatewayMethod, changes?: Partial<PaymentOrder>) => {
    const snapshot = await create(method, changes);
    await service.pay(snapshot.gatewayId);
    return find(snapshot);
  };
  const verify = ({ raw, headers }: Delivered, receivedAt = new Date()) =>
    service.gateway.verify(raw, headers, receivedAt);
  const problemOf = (work: () => unknown): unknown => {
    try {
      work();
    } catch (error) {
      return error instanceof UnprovedEvent ? error.problem : error;
    }
    return 'proved';
  };
  const refund = ({ gatewayId, currency }: Snapshot, amount: bigint, refundId: string = randomUUID()) =>
    service.gateway.refund({ refundId, gatewayId, amount, currency, reason: 'Cancelado' }, `refund:${refundId}`);

  describe(`${name}: its credentials`, () => {
    it('are taken', async () => {
      expect(await service.gateway.check()).toEqual({ known: 'taken' });
    });
  });

  describe(`${name}: asking for a payment`, () => {
    rows(traits.methods)('by %s says what the payer is shown', async (method) => {
      const order = orderBy(method);
      const snapshot = known(await service.gateway.create(order, `create:${order.paymentId}`));
      expect(snapshot).toMatchObject({
        paymentId: order.paymentId,
        method,
        status: 'pending',
        currency: 'BRL',
        amount: 12_345n,
        received: 0n,
        receivedAt: null,
        refunded: 0n,
        failure: null,
        refunds: [],
        disputes: [],
        saved: null,
      });
      const { presentation } = snapshot;
      if (presentation?.kind === 'pix') expect(readPixCode(presentation.code)).toMatchObject({ key: null });
      else if (presentation?.kind === 'boleto') {
        const slip = readBoleto(presentation.line, { issuedOn: order.boleto!.dueOn });
        expect(slip).toMatchObject({ amount: 12_345n, barcode: presentation.barcode, line: presentation.line });
        expect(presentation.barcode).toHaveLength(44);
      } else expect(presentation?.kind === 'page' && new URL(presentation.url).protocol).toMatch(/^https?:$/);
      expect(presentation?.kind).toBe(method === 'card' ? 'page' : method);
      expect(await find(snapshot)).toEqual(snapshot);
    });

    rows(traits.methods)('by %s with the same key again asks for no second one', async (method) => {
      const order = orderBy(method);
      const [one, other] = [
        known(await service.gateway.create(order, `create:${order.paymentId}`)),
        known(await service.gateway.create(order, `create:${order.paymentId}`)),
      ];
      expect(other.gatewayId).toBe(one.gatewayId);
      expect(await service.count(order.paymentId)).toBe(1);
    });

    if (traits.keys) {
      rows(traits.methods)('by %s with a used key and another amount is refused', async (method) => {
        const order = orderBy(method);
        await service.gateway.create(order, `create:${order.paymentId}`);
        const other = await service.gateway.create({ ...order, amount: 99_999n }, `create:${order.paymentId}`);
        expect(other).toMatchObject({ refused: 'other' });
        expect(await service.count(order.paymentId)).toBe(1);
      });
    }

    it.each(
      traits.methods.flatMap((method) => [
        [method, 'above what there is', (most: bigint) => most + 1n] as const,
        [method, 'below what there is', (_most: bigint, least: bigint) => least - 1n] as const,
      ]),
    )('by %s with an amount %s is refused', async (method, _what, amountOf) => {
      const { min, max } = service.gateway.capabilities(method, 'BRL')!;
      const order = orderBy(method, { amount: amountOf(max, min) });
      expect(await service.gateway.create(order, `create:${order.paymentId}`)).toMatchObject({
        refused: 'amount_out_of_range',
      });
      expect(await findOurs(order.paymentId)).toEqual({ known: 'absent' });
    });

    it.each(traits.methods.flatMap((method) => [[method, 'min'] as const, [method, 'max'] as const]))(
      'by %s with the %s amount is taken exactly',
      async (method, edge) => {
        const amount = service.gateway.capabilities(method, 'BRL')![edge];
        const snapshot = await create(method, { amount });
        expect(snapshot.amount).toBe(amount);
        await service.pay(snapshot.gatewayId);
        expect(await find(snapshot)).toMatchObject({ status: 'succeeded', received: amount });
      },
    );

    if (has('boleto')) {
      it.each([
        ['tax id', { taxId: null }],
        ['address', { address: null }],
      ])('by boleto without %s of the payer is refused', async (_what, missing) => {
        const order = orderBy('boleto');
        const payer = { ...order.payer, ...missing };
        expect(await service.gateway.create({ ...order, payer }, `create:${order.paymentId}`)).toMatchObject({
          refused: 'payer_incomplete',
        });
      });
    }

    rows(traits.methods)('by %s takes long names with pictures', async (method) => {
      const order = orderBy(method);
      const payer = { ...order.payer, name: `Café & Cia 🥐 "Irmãos" ${'Gonçalves '.repeat(30)}👨‍👩‍👧` };
      const description = `Fatura 🧾 ${'é'.repeat(400)}`;
      const asked = { ...order, payer, description };
      expect(known(await service.gateway.create(asked, `create:${order.paymentId}`)).status).toBe('pending');
    });

    it('in a currency that it does not have is refused', async () => {
      const method = traits.methods[0]!;
      expect(service.gateway.capabilities('pix', 'USD')).toBeNull();
      const order = orderBy(method === 'card' ? method : 'pix', { currency: 'XXX' });
      expect(await service.gateway.create(order, `create:${order.paymentId}`)).toMatchObject({
        refused: 'method_unavailable',
      });
    });

    if (traits.currencies.length > 0) {
      it.each(traits.currencies)('in %s neither loses nor wins digits', async (currency) => {
        const snapshot = await create('card', { currency, amount: 12_340n });
        expect(snapshot).toMatchObject({ currency, amount: 12_340n });
        await service.pay(snapshot.gatewayId);
        const found = await find(snapshot);
        expect(found).toMatchObject({ status: 'succeeded', received: 12_340n });
        if (!traits.refunds.includes('card')) return;
        expect(known(await refund(found, 2_340n))).toMatchObject({ refunded: 2_340n });
      });
    }
  });

  describe(`${name}: an answer that is lost`, () => {
    rows(traits.methods)(
      'B.2 of %s before anything was done leaves nothing, and is asked for again',
      async (method) => {
        const order = orderBy(method);
        await service.fault('lost_before');
        expect(await service.gateway.create(order, `create:${order.paymentId}`)).toBe('unknown');
        expect(await findOurs(order.paymentId)).toEqual({ known: 'absent' });
        const again = known(await service.gateway.create(order, `create:${order.paymentId}`));
        expect(await findOurs(order.paymentId)).toEqual({ known: again });
        expect(await service.count(order.paymentId)).toBe(1);
      },
    );

    rows(traits.methods)('B.2 of %s afterwards is found by our id, and by the same key', async (method) => {
      const order = orderBy(method);
      await service.fault('lost_after');
      expect(await service.gateway.create(order, `create:${order.paymentId}`)).toBe('unknown');
      const found = present(await findOurs(order.paymentId));
      expect(found).toMatchObject({ paymentId: order.paymentId, status: 'pending', amount: 12_345n });
      const again = known(await service.gateway.create(order, `create:${order.paymentId}`));
      expect(again.gatewayId).toBe(found.gatewayId);
      expect(await service.count(order.paymentId)).toBe(1);
    });

    rows(traits.methods)(
      'B.2 of %s by a failure after the effect is found, and not asked for twice',
      async (method) => {
        const order = orderBy(method);
        await service.fault('error_after');
        expect(await service.gateway.create(order, `create:${order.paymentId}`)).toBe('unknown');
        const again = await service.gateway.create(order, `create:${order.paymentId}`);
        // A service that knows keys says the same again: only looking tells.
        if (traits.keys) expect(again).toBe('unknown');
        expect(present(await findOurs(order.paymentId))).toMatchObject({
          paymentId: order.paymentId,
          status: 'pending',
        });
        expect(await service.count(order.paymentId)).toBe(1);
      },
    );

    it('B.2 by a conflict says nothing', async () => {
      const order = orderBy(traits.methods[0]!);
      await service.fault('conflict');
      expect(await service.gateway.create(order, `create:${order.paymentId}`)).toBe('unknown');
      expect(known(await service.gateway.create(order, `create:${order.paymentId}`)).status).toBe('pending');
    });

    it('B.2 does not keep the payer from paying', async () => {
      const order = orderBy(traits.methods[0]!);
      await service.fault('lost_after');
      await service.gateway.create(order, `create:${order.paymentId}`);
      await service.pay(present(await findOurs(order.paymentId)).gatewayId);
      expect(present(await findOurs(order.paymentId))).toMatchObject({ status: 'succeeded', received: 12_345n });
    });

    it('B.2 of a cancellation is found', async () => {
      const snapshot = await create(traits.methods[0]!);
      await service.fault('lost_after');
      expect(await service.gateway.cancel(snapshot.gatewayId, `cancel:${snapshot.paymentId}`)).toBe('unknown');
      expect((await find(snapshot)).status).toMatch(/^(?:canceled|expired)$/);
    });

    it('B.2 that was never asked for is absent', async () => {
      expect(await findOurs(randomUUID())).toEqual({ known: 'absent' });
      const gone = { paymentId: null, gatewayId: 'no such payment', since: earlier() };
      expect(await service.gateway.find(gone)).toEqual({ known: 'absent' });
    });
  });

  describe(`${name}: what the payer does`, () => {
    rows(traits.methods)('pays by %s', async (method) => {
      const snapshot = await create(method);
      await service.pay(snapshot.gatewayId);
      const found = await find(snapshot);
      expect(found).toMatchObject({ status: 'succeeded', received: 12_345n, presentation: null });
      expect(Math.abs(found.receivedAt!.getTime() - service.now().getTime())).toBeLessThan(86_400_000);
    });

    if (traits.otherAmounts) {
      it.each([
        ['less', 10_000n],
        ['more', 20_000n],
      ])('pays %s than was asked for', async (_what, amount) => {
        const snapshot = await create('boleto');
        await service.pay(snapshot.gatewayId, { amount });
        expect(await find(snapshot)).toMatchObject({ status: 'succeeded', amount: 12_345n, received: amount });
      });
    }

    rows(traits.methods)('lets %s expire', async (method) => {
      const snapshot = await create(method);
      await service.expire(snapshot.gatewayId);
      expect(await find(snapshot)).toMatchObject({ status: 'expired', received: 0n, presentation: null });
    });

    rows(traits.late.expired)('pays by %s what has expired', async (method) => {
      const snapshot = await create(method);
      await service.expire(snapshot.gatewayId);
      await service.pay(snapshot.gatewayId);
      expect(await find(snapshot)).toMatchObject({ status: 'succeeded', received: 12_345n });
    });

    rows(traits.methods)('cannot pay by %s what is canceled, however often', async (method) => {
      const snapshot = await create(method);
      for (const key of ['one', 'other']) {
        const canceled = known(await service.gateway.cancel(snapshot.gatewayId, `cancel:${key}:${snapshot.paymentId}`));
        expect(canceled).toMatchObject({ gatewayId: snapshot.gatewayId, presentation: null });
        expect(canceled.status).toMatch(/^(?:canceled|expired)$/);
      }
    });

    rows(traits.methods)('has paid by %s before it is canceled', async (method) => {
      const { gatewayId, paymentId } = await paid(method);
      const canceled = known(await service.gateway.cancel(gatewayId, `cancel:${paymentId}`));
      expect(canceled).toMatchObject({ status: 'succeeded', received: 12_345n });
    });

    rows(traits.late.canceled)('pays by %s what is canceled', async (method) => {
      const snapshot = await create(method);
      await service.gateway.cancel(snapshot.gatewayId, `cancel:${snapshot.paymentId}`);
      await service.pay(snapshot.gatewayId);
      expect(await find(snapshot)).toMatchObject({ status: 'succeeded', received: 12_345n });
    });

    if (has('card')) {
      it('is declined on the page, and pays nevertheless', async () => {
        const snapshot = await create('card');
        await service.decline(snapshot.gatewayId, 'insufficient_funds');
        expect(await find(snapshot)).toMatchObject({ failure: 'insufficient_funds', received: 0n });
        await service.pay(snapshot.gatewayId);
        expect(await find(snapshot)).toMatchObject({ status: 'succeeded', failure: null, received: 12_345n });
      });
    }
  });

  describe(`${name}: refunds`, () => {
    rows(traits.refunds)('of %s give back a part, then the rest, and no more', async (method) => {
      const payment = await paid(method);
      const refundId = randomUUID();
      expect(known(await refund(payment, 345n, refundId))).toMatchObject({
        status: 'succeeded',
        received: 12_345n,
        refunded: 345n,
        refunds: [{ refundId, amount: 345n, status: 'succeeded' }],
      });
      expect(await refund(payment, 12_001n)).toMatchObject({ refused: 'refund_refused' });
      expect(known(await refund(payment, 12_000n))).toMatchObject({ refunded: 12_345n });
      expect(await refund(payment, 1n)).toMatchObject({ refused: 'refund_refused' });
      expect((await find(payment)).refunds.map(({ amount }) => amount).sort()).toEqual([12_000n, 345n]);
    });

    rows(traits.refunds)('B.2 of %s are given once, whether or not the answer came', async (method) => {
      const payment = await paid(method);
      const refundId = randomUUID();
      await service.fault('lost_after');
      expect(await refund(payment, 345n, refundId)).toBe('unknown');
      expect(await find(payment)).toMatchObject({ refunded: 345n, refunds: [{ refundId, amount: 345n }] });
      expect(known(await refund(payment, 345n, refundId))).toMatchObject({ refunded: 345n });
      expect((await find(payment)).refunds).toHaveLength(1);
    });

    rows(traits.refunds)('of %s may be refused', async (method) => {
      const payment = await paid(method);
      await service.refunds('refused');
      try {
        expect(await refund(payment, 345n)).toMatchObject({ refused: 'refund_refused' });
      } finally {
        await service.refunds('usual');
      }
      expect(await find(payment)).toMatchObject({ refunded: 0n });
    });

    rows(traits.refunds)('of %s that is not paid are refused', async (method) => {
      expect(await refund(await create(method), 345n)).toMatchObject({ refused: 'refund_refused' });
    });

    rows(traits.methods.filter((method) => !traits.refunds.includes(method)))('of %s do not exist', async (method) => {
      expect(service.gateway.capabilities(method, 'BRL')?.refund).toBe('none');
      expect(await refund(await paid(method), 345n)).toMatchObject({ refused: 'refund_refused' });
    });

    if (traits.slowRefunds) {
      it.each([
        ['succeeded', 345n],
        ['failed', 0n],
      ] as const)('that are pending have %s later', async (status, refunded) => {
        const payment = await paid(traits.refunds[0]!);
        await service.refunds('slow');
        let pending: Snapshot;
        try {
          pending = known(await refund(payment, 345n));
        } finally {
          await service.refunds('usual');
        }
        expect(pending).toMatchObject({ refunded: 0n, refunds: [{ amount: 345n, status: 'pending' }] });
        await service.settleRefund(payment.gatewayId, pending.refunds[0]!.gatewayId, status);
        expect(await find(payment)).toMatchObject({ refunded, refunds: [{ amount: 345n, status }] });
      });
    }
  });

  if (traits.disputes) {
    describe(`${name}: disputes`, () => {
      it.each(['won', 'lost'] as const)('hold the money back until they are %s', async (status) => {
        const payment = await paid('card');
        await service.dispute(payment.gatewayId);
        const disputed = await find(payment);
        expect(disputed).toMatchObject({
          status: 'succeeded',
          received: 12_345n,
          disputes: [{ amount: 12_345n, reason: 'fraudulent', status: 'needs_response' }],
        });
        expect(disputed.disputes[0]!.respondBy!.getTime()).toBeGreaterThan(service.now().getTime());
        await service.endDispute(payment.gatewayId, status);
        expect((await find(payment)).disputes).toMatchObject([{ amount: 12_345n, status }]);
      });
    });
  }

  if (traits.savedCards) {
    describe(`${name}: a saved card`, () => {
      const savedBy = async (card: Later) => {
        const page = { ...orderBy('card').page!, savesMethod: true };
        const snapshot = await create('card', { page });
        expect(snapshot.saved).toBeNull();
        await service.pay(snapshot.gatewayId, { card });
        return (await find(snapshot)).saved!;
      };
      const charge = (saved: { customerId: string; token: string }) => {
        const order = { ...orderBy('card', { saved: { customerId: saved.customerId, token: saved.token } }) };
        delete order.page;
        return service.gateway.create(order, `create:${order.paymentId}`);
      };

      it('says what it is, and no number', async () => {
        expect(await savedBy('approved')).toEqual({
          customerId: expect.any(String),
          token: expect.any(String),
          brand: 'visa',
          lastFour: '4242',
          expiresMonth: 12,
          expiresYear: expect.any(Number),
        });
      });

      it('is not saved where nobody has asked for that', async () => {
        expect((await paid('card')).saved).toBeNull();
      });

      it('is charged while nobody is there', async () => {
        const charged = known(await charge(await savedBy('approved')));
        expect(charged).toMatchObject({ method: 'card', status: 'succeeded', received: 12_345n, presentation: null });
        expect(charged.receivedAt).toBeInstanceOf(Date);
        expect(await find(charged)).toEqual(charged);
        expect(known(await refund(charged, 45n))).toMatchObject({ refunded: 45n });
      });

      it.each(['declined', 'insufficient_funds', 'authentication_required'] as const)('may be %s', async (card) => {
        const charged = known(await charge(await savedBy(card)));
        expect(charged).toMatchObject({ status: 'failed', failure: card, received: 0n, presentation: null });
        expect(await find(charged)).toEqual(charged);
      });

      it('B.2 is charged once, whether or not the answer came', async () => {
        const saved = await savedBy('approved');
        await service.fault('lost_after');
        const order = { ...orderBy('card', { saved: { customerId: saved.customerId, token: saved.token } }) };
        expect(await service.gateway.create(order, `create:${order.paymentId}`)).toBe('unknown');
        const again = known(await service.gateway.create(order, `create:${order.paymentId}`));
        expect(present(await findOurs(order.paymentId))).toEqual(again);
        expect(await service.count(order.paymentId)).toBe(1);
      });

      it('is gone once it is forgotten, and forgotten twice', async () => {
        const saved = await savedBy('approved');
        expect(await service.gateway.forget(saved)).toEqual({ known: 'gone' });
        expect(await charge(saved)).toMatchObject({ refused: 'method_gone' });
        expect(await service.gateway.forget(saved)).toEqual({ known: 'gone' });
      });

      it('is added without a payment', async () => {
        const setupId = randomUUID();
        const { payer, page } = orderBy('card');
        const { successUrl, cancelUrl } = page!;
        const order = { setupId, customerId: null, payer, successUrl, cancelUrl };
        const setup = known(await service.gateway.setup(order, `setup:${setupId}`));
        expect(setup).toMatchObject({ setupId, status: 'pending', url: expect.stringMatching(/^http/), saved: null });
        expect(known(await service.gateway.setup(order, `setup:${setupId}`)).gatewayId).toBe(setup.gatewayId);
        expect(known(await service.gateway.findSetup(setup.gatewayId))).toEqual(setup);

        const [event] = await service.saveCard(setup.gatewayId);
        const { gatewayId } = setup;
        expect(verify(event!).refs).toEqual([{ kind: 'setup', gatewayId, ourId: setupId }]);
        const done = known(await service.gateway.findSetup(gatewayId));
        if (done === 'absent') throw new Error('The setup is absent');
        expect(done).toMatchObject({ status: 'succeeded', url: null, saved: { lastFour: '4242' } });
        expect(known(await charge(done.saved!))).toMatchObject({ status: 'succeeded' });
      });

      it('that nobody has added is absent', async () => {
        expect(await service.gateway.findSetup('no such setup')).toEqual({ known: 'absent' });
      });
    });
  }

  describe(`${name}: an event`, () => {
    let delivered: Delivered;
    let payment: Snapshot;
    beforeAll(async () => {
      payment = await create(traits.methods[0]!);
      delivered = (await service.pay(payment.gatewayId)).at(-1)!;
    });

    it('names the payment, which is then asked for', async () => {
      const event = verify(delivered);
      expect(event.type).toMatch(/\w/);
      expect(event.refs).toHaveLength(1);
      const { kind, gatewayId, ourId } = event.refs[0]!;
      expect([kind, ourId]).toEqual(['payment', payment.paymentId]);
      expect(await find({ paymentId: null, gatewayId })).toMatchObject({
        gatewayId: payment.gatewayId,
        paymentId: payment.paymentId,
        status: 'succeeded',
      });
    });

    it('has the same name however often it comes, and another one than others', async () => {
      expect(verify(delivered).eventId).toBe(verify(delivered).eventId);
      const [other] = await service.pay((await create(traits.methods[0]!)).gatewayId);
      expect(verify(other!).eventId).not.toBe(verify(delivered).eventId);
    });

    it.each<[what: string, forged: () => Delivered]>([
      ['without a proof', () => ({ ...delivered, headers: {} })],
      [
        'with an empty proof',
        () => ({
          ...delivered,
          headers: Object.fromEntries(Object.keys(delivered.headers).map((name) => [name, ''])),
        }),
      ],
      [
        'with the proof of somebody else',
        () => ({
          ...delivered,
          headers: Object.fromEntries(
            Object.entries(delivered.headers).map(([name, value]) => [name, `${value.slice(0, -4)}0000`]),
          ),
        }),
      ],
    ])('%s is refused', (_what, forged) => {
      expect(problemOf(() => verify(forged()))).toBe('signature');
    });

    if (traits.proof === 'signature') {
      it.each<[what: string, changed: () => Buffer]>([
        ['of which a byte is another', () => Buffer.from(delivered.raw.toString().replace(/[0-9]/, 'x'))],
        ['that was written anew', () => Buffer.from(JSON.stringify(JSON.parse(delivered.raw.toString()), null, 3))],
        ['that is longer', () => Buffer.concat([delivered.raw, Buffer.from(' ')])],
      ])('%s is refused', (_what, changed) => {
        expect(problemOf(() => verify({ ...delivered, raw: changed() }))).toBe('signature');
      });

      it.each([
        ['old', -6],
        ['from the future', 6],
      ])('with a stamp that is %s is refused', (_what, minutes) => {
        const { raw } = delivered;
        const headers = service.prove(raw, new Date(Date.now() + minutes * MINUTE_MS));
        expect(problemOf(() => verify({ raw, headers }))).toBe('age');
      });

      it.each([-4, 4])('with a stamp %s minutes away is taken', (minutes) => {
        const { raw } = delivered;
        const headers = service.prove(raw, new Date(Date.now() + minutes * MINUTE_MS));
        expect(problemOf(() => verify({ raw, headers }))).toBe('proved');
      });

      it('is as old as when it came, however late it is read', () => {
        const { raw } = delivered;
        const came = new Date('2026-01-31T12:00:00Z');
        expect(problemOf(() => verify({ raw, headers: service.prove(raw, came) }, came))).toBe('proved');
      });
    }

    it.each([
      ['no JSON', 'pix=paid'],
      ['nothing', ''],
      ['no event', '[]'],
      ['null', 'null'],
    ])('that is proved, but %s, is refused', (_what, text) => {
      const raw = Buffer.from(text);
      expect(problemOf(() => verify({ raw, headers: service.prove(raw, new Date()) }))).toBe('malformed');
    });
  });

  describe(`${name}: what has moved since then`, () => {
    const listed = async (since: Date) => {
      const found = new Map<string, Snapshot>();
      for await (const snapshot of service.gateway.list(since)) found.set(snapshot.gatewayId, snapshot);
      return found;
    };

    it('is listed as it is now, with payments that nobody here has asked for', async () => {
      const since = earlier();
      const [one, other] = [await create(traits.methods[0]!), await paid(traits.methods[0]!)];
      await service.stray(4_321n);
      await service.pay(one.gatewayId);
      const found = await listed(since);
      expect(found.get(one.gatewayId)).toEqual(await find(one));
      expect(found.get(other.gatewayId)).toEqual(other);
      const strays = [...found.values()].filter(({ paymentId }) => paymentId === null);
      expect(strays).toMatchObject([{ status: 'succeeded', received: 4_321n }]);
    });

    it('is nothing where nothing has', async () => {
      expect((await listed(new Date(Math.max(Date.now(), service.now().getTime()) + 48 * 60 * MINUTE_MS))).size).toBe(
        0,
      );
    });

    it('is more than a page holds', async () => {
      const since = earlier();
      const payments = await Promise.all(Array.from({ length: 120 }, () => create(traits.methods[0]!)));
      const found = await listed(since);
      expect(payments.filter(({ gatewayId }) => !found.has(gatewayId))).toEqual([]);
    });
  });
}
