import { describe, expect, it } from 'vitest';
import type { Gateway } from '../src/data/gateways.js';
import type { GatewayEvent, Payment, PaymentSummary, StrayPayment } from '../src/data/payments.js';
import { eventually, json, listOf, me, openConsole, pick, problem, settle, textsOf, type Api } from './harness.js';
import { openInvoice, summaryOf } from './invoice-facts.js';
import { hearLive, tell } from './live.js';

const brl = (amount: number) => ({ amount, currency: 'BRL' });
const facts = {
  id: 'p-1',
  billingAccountId: 'b-1',
  billingAccountName: 'Padaria Estrela',
  method: 'pix',
  state: 'pending',
  origin: 'portal',
  isSandbox: false,
  amount: brl(12_350),
  received: brl(0),
  refunded: brl(0),
  receivedOn: null,
  withdrawnFor: null,
  failure: null,
  createdAt: '2026-11-18T12:00:00Z',
  expiresAt: '2026-11-18T13:00:00Z',
} as const;
const item = (more: Partial<PaymentSummary> = {}): PaymentSummary => ({
  ...facts,
  invoiceNumber: 'F-2026-000123',
  invoiceCount: 1,
  ...more,
});
const payment = (more: Partial<Payment> = {}): Payment => ({
  ...facts,
  gatewayName: 'Stripe da matriz',
  gatewayId: 'pi_123',
  pixCode: '00020126PIX',
  boletoLine: null,
  askAt: '2026-11-18T12:10:00Z',
  replacedById: null,
  targets: [
    {
      invoiceId: 'i-1',
      invoiceNumber: 'F-2026-000123',
      invoiceTitle: 'Visita da loja 2',
      principal: brl(12_000),
      fine: brl(240),
      interest: brl(110),
    },
  ],
  receipts: [],
  refunds: [],
  disputes: [],
  ...more,
});
const paid = (more: Partial<Payment> = {}) =>
  payment({
    state: 'succeeded',
    received: brl(15_000),
    receivedOn: '2026-11-18',
    askAt: null,
    receipts: [{ id: 'r-1', amount: brl(15_000), receivedOn: '2026-11-18', left: brl(2_650) }],
    ...more,
  });
const refund = (more: Partial<Payment['refunds'][number]> = {}): Payment['refunds'][number] => ({
  id: 'e-1',
  amount: brl(5_000),
  reason: 'Cobrado em dobro',
  becomes: 'credited',
  state: 'succeeded',
  failure: null,
  createdByName: 'Lívia Prado',
  createdAt: '2026-11-19T12:00:00Z',
  ...more,
});
const open = (one: Payment, more: Api = {}) =>
  openConsole('/console/billing/payments/p-1', { api: { 'GET payments/p-1': () => json(one), ...more } });
const submit = async () => {
  document.querySelector<HTMLFormElement>('[role="dialog"] form')!.requestSubmit();
  await settle();
};
/** Words without the spaces that keep amounts together. */
const plain = (text: string) => text.replace(/\s/g, ' ');
const without = (permission: string): Api => {
  const who = me();
  return {
    'GET auth/me': () => json({ ...who, permissions: who.permissions.filter((one) => one !== permission) }),
  };
};

describe('the list of payments', () => {
  it('says how each stands, what of several it pays, and which are tests', async () => {
    const page = await openConsole('/console/billing/payments', {
      api: {
        'GET payments': () =>
          json(
            listOf([
              item(),
              item({ id: 'p-2', state: 'unknown', invoiceCount: 3, isSandbox: true }),
              item({ id: 'p-3', withdrawnFor: 'staff', invoiceCount: 2 }),
              item({ id: 'p-4', state: 'succeeded', received: brl(10_000) }),
            ]),
          ),
      },
    });
    const text = plain(page.text());
    for (const word of ['Aguardando', 'Sem resposta', 'Retirado', 'Recebido', 'Teste']) expect(text).toContain(word);
    expect(text).toContain('F-2026-000123 e mais 2 faturas');
    expect(text).toContain('F-2026-000123 e mais 1 fatura');
    expect(text).toContain('chegaram R$ 100,00');
  });

  it('is narrowed by state, way, customer and what needs a look, and a new filter begins at its first page', async () => {
    const page = await openConsole('/console/billing/payments?cursor=c1&customer=b-1', {
      api: {
        'GET payments': () =>
          json({ ...listOf([item()]), pagination: { ...listOf([item()]).pagination, nextCursor: 'c2' } }),
        'GET billing-accounts/b-1': () => json({ billingAccount: { id: 'b-1', name: 'Padaria Estrela' } }),
      },
    });
    const asked = () => Object.fromEntries(page.called('GET payments').at(-1)!.query);
    expect(asked()).toMatchObject({ cursor: 'c1', billingAccountId: 'b-1' });
    await page.choose('Situação', 'unknown');
    expect(asked()).toMatchObject({ state: 'unknown', billingAccountId: 'b-1' });
    expect(asked()).not.toHaveProperty('cursor');
    await page.choose('Forma', 'boleto');
    document.querySelector<HTMLElement>('[role="checkbox"]')!.click();
    await settle();
    expect(asked()).toMatchObject({ state: 'unknown', method: 'boleto', needsLook: 'true' });
    await page.click('Próxima');
    expect(asked()).toMatchObject({ cursor: 'c2', method: 'boleto' });
  });

  it('says so where there is none, where a filter leaves none, and where it failed', async () => {
    const none: Api = { 'GET payments': () => json(listOf([])) };
    expect((await openConsole('/console/billing/payments', { api: none })).text()).toContain('Nenhum pagamento ainda');
    const narrowed = await openConsole('/console/billing/payments?state=failed', { api: none });
    expect(narrowed.text()).toContain('Nada com esses filtros');
    const failed = await openConsole('/console/billing/payments', {
      api: { 'GET payments': () => problem(403, 'permission_denied') },
    });
    expect(failed.text()).toContain('Os pagamentos não carregaram');
  });
});

describe('a payment', () => {
  it('says what it pays, its code, what came and what of it is credit', async () => {
    const page = await open(paid());
    const text = plain(page.text());
    expect(text).toContain('Visita da loja 2');
    expect(text).toContain('Com R$ 2,40 de multa e R$ 1,10 de juros');
    expect(text).toContain('00020126PIX');
    expect(text).toContain('Chegou em 18/11/2026');
    expect(text).toContain('Ainda de crédito do clienteR$ 26,50');
  });

  const ELSE = '7f0c2b1e-0000-4000-8000-000000000001';
  it.each<[string, Partial<Payment>, string[]]>([
    [
      'declined',
      { state: 'failed', failure: 'insufficient_funds' },
      ['O pagamento foi recusado', 'Sem limite ou saldo'],
    ],
    [
      'withdrawn for another',
      { state: 'canceled', withdrawnFor: 'replaced', replacedById: ELSE },
      ['porque o cliente pediu outro código', 'Ver o pagamento no lugar deste', 'Se o dinheiro chegar mesmo assim'],
    ],
    ['withdrawn and not ended', { withdrawnFor: 'changed' }, ['ainda não o encerrou', 'o vencimento mudou']],
    ['unknown', { state: 'unknown' }, ['A resposta do gateway se perdeu', 'Próxima pergunta ao gateway: 18/11/2026']],
    ['unknown and given up', { state: 'unknown', askAt: null }, ['não é mais perguntado sozinho']],
    ['expired', { state: 'expired' }, ['Expirou em 18/11/2026']],
    ['open and asked after no more', { askAt: null }, ['Precisa de atenção', 'não é mais perguntado sozinho']],
  ])('that is %s says so in plain words', async (_how, more, words) => {
    const page = await open(payment(more));
    for (const word of words) expect(page.text()).toContain(word);
  });

  it('has what went back, and until when a dispute is to be answered', async () => {
    const page = await open(
      paid({
        refunds: [refund(), refund({ id: 'e-2', state: 'failed', failure: 'refund_refused', createdByName: null })],
        disputes: [
          {
            id: 'd-1',
            amount: brl(15_000),
            reason: 'fraudulent',
            state: 'needs_response',
            respondBy: '2026-11-30T12:00:00Z',
            createdAt: '2026-11-20T12:00:00Z',
          },
        ],
      }),
    );
    expect(page.text()).toContain('O que ele pagou vira nota de crédito.');
    expect(page.text()).toContain('O gateway recusou o estorno.');
    expect(page.text()).toContain('Feito direto no gateway');
    expect(page.text()).toContain('Responda até 30/11/2026');
  });

  it('is asked after at once, and says what the gateway did not answer', async () => {
    const page = await open(payment({ state: 'unknown' }), {
      'POST payments/p-1/ask': () => problem(502, 'gateway_unreachable'),
    });
    await page.click('Perguntar agora');
    expect(page.called('POST payments/p-1/ask')).toHaveLength(1);
    expect(page.called('GET payments/p-1').length).toBeGreaterThan(1);
    expect(page.text()).not.toContain('O gateway respondeu');
  });

  it('is withdrawn once that is confirmed, and not twice', async () => {
    const page = await open(payment(), { 'POST payments/p-1/withdraw': () => json({ success: true }) });
    await page.click('Retirar');
    expect(await page.dialog()).toContain('Padaria Estrela não consegue mais pagar por ele');
    await page.click('Retirar código');
    expect(page.called('POST payments/p-1/withdraw')).toHaveLength(1);
    const again = await open(payment({ withdrawnFor: 'staff' }));
    expect(() => again.button('Retirar')).toThrow();
  });

  it('is refunded in part, and says what becomes of the invoice before it is', async () => {
    const page = await open(paid({ refunds: [refund(), refund({ id: 'e-2', state: 'failed' })] }), {
      'POST payments/p-1/refunds': () => json({ id: 'e-3' }, 201),
    });
    await page.click('Estornar');
    expect(await page.dialog()).toContain('recebe uma nota de crédito');
    expect(page.field('Valor, em BRL').value).toBe('100,00');
    await page.choose('O que acontece com a fatura', 'owed');
    expect(await page.dialog()).toContain('o cliente deve de novo');
    await page.type('Motivo', 'Serviço não prestado');
    await page.type('Valor, em BRL', '100,01');
    await submit();
    expect(plain((await page.dialog()) ?? '')).toContain('No máximo R$ 100,00');
    expect(page.called('POST payments/p-1/refunds')).toHaveLength(0);
    await page.type('Valor, em BRL', '30,00');
    await submit();
    await expect.poll(() => page.called('POST payments/p-1/refunds')).toHaveLength(1);
    expect(page.called('POST payments/p-1/refunds')[0]!.body).toEqual({
      amount: 3_000,
      reason: 'Serviço não prestado',
      becomes: 'owed',
    });
  });

  it('by boleto says why it cannot be refunded here', async () => {
    const page = await open(paid({ method: 'boleto' }));
    await page.click('Estornar');
    expect(await page.dialog()).toContain('não sabe para que conta devolver');
    expect(document.querySelector('[role="dialog"] form')).toBeNull();
  });

  it('that was given back whole is not refunded again', async () => {
    const page = await open(paid({ refunds: [refund({ amount: brl(15_000), state: 'pending' })] }));
    expect(() => page.button('Estornar')).toThrow();
  });

  it('is only looked at by who may not write payments', async () => {
    const page = await open(payment(), without('payments:write'));
    expect(page.text()).toContain('00020126PIX');
    for (const name of ['Perguntar agora', 'Retirar', 'Avisos do gateway sobre ele'])
      expect(() => page.button(name)).toThrow();
  });

  it.each([
    { name: 'payment.succeeded', ids: { paymentId: 'p-1' } },
    { name: 'refund.changed', ids: { paymentId: 'p-1', refundId: 'e-1' } },
    { name: 'dispute.opened', ids: { paymentId: 'p-1', disputeId: 'd-1' } },
  ])('is read anew as $name is heard', async (message) => {
    hearLive();
    const page = await open(payment());
    const before = page.called('GET payments/p-1').length;
    tell(message);
    await expect.poll(() => page.called('GET payments/p-1').length).toBeGreaterThan(before);
  });
});

describe('unclaimed money', () => {
  const stray = (more: Partial<StrayPayment> = {}): StrayPayment => ({
    id: 's-1',
    gatewayName: 'Stripe da matriz',
    gatewayId: 'pi_stray',
    method: 'pix',
    amount: brl(4_200),
    receivedOn: '2026-11-17',
    state: 'open',
    billingAccountId: null,
    billingAccountName: null,
    note: null,
    decidedAt: null,
    ...more,
  });
  const queue = (more: Api = {}) =>
    openConsole('/console/billing/stray-payments', {
      api: { 'GET stray-payments': () => json(listOf([stray()])), ...more },
    });
  const MENU = /^Ações de/;
  const menuOf = () =>
    [...document.querySelectorAll('button')]
      .map((one) => plain(one.getAttribute('aria-label') ?? ''))
      .find((name) => MENU.test(name))!;

  it('has what waits, then what was decided and why', async () => {
    const page = await queue();
    expect(page.called('GET stray-payments')[0]!.query.get('state')).toBe('open');
    await page.click('De nenhum cliente');
    expect(page.called('GET stray-payments').at(-1)!.query.get('state')).toBe('dismissed');
    const none = await queue({ 'GET stray-payments': () => json(listOf([])) });
    expect(none.text()).toContain('Todo o dinheiro tem dono');
  });

  it.each(['Dizer de quem é', 'Não é de nenhum cliente'])(
    'leaves whoever thinks again where they were: %s',
    async (deed) => {
      const page = await queue();
      await pick(page, menuOf(), deed);
      await page.dialog();
      await page.click('Cancelar');
      await eventually(() => expect(document.querySelector('[role="dialog"]')).toBeNull());
      await eventually(() => expect(plain(document.activeElement?.getAttribute('aria-label') ?? '')).toMatch(MENU));
    },
  );

  it('is put aside with a reason', async () => {
    const page = await queue({ 'POST stray-payments/s-1/dismiss': () => json({ success: true }) });
    await pick(page, menuOf(), 'Não é de nenhum cliente');
    await page.dialog();
    await submit();
    expect(page.text()).toContain('Escreva o motivo.');
    await page.type('Motivo', 'Teste da conta');
    await submit();
    await expect.poll(() => page.called('POST stray-payments/s-1/dismiss')).toHaveLength(1);
    expect(page.called('POST stray-payments/s-1/dismiss')[0]!.body).toEqual({ note: 'Teste da conta' });
  });

  it('becomes a customer’s, for the invoices that are chosen', async () => {
    const page = await queue({
      'POST stray-payments/s-1/assign': () => json({ success: true }),
      'GET billing-accounts': () => json(listOf([{ id: 'b-1', name: 'Padaria Estrela' }])),
      'GET invoices': () => json(listOf([summaryOf(openInvoice())])),
    });
    await pick(page, menuOf(), 'Dizer de quem é');
    await page.dialog();
    await page.type('Cliente', 'Padaria');
    const option = await eventually(() => {
      const found = document.querySelector<HTMLElement>('[role="option"]');
      if (!found) throw new Error('no option');
      return found;
    });
    option.click();
    await settle();
    const box = await eventually(() => {
      const found = document.querySelector<HTMLElement>('[role="dialog"] [role="checkbox"]');
      if (!found) throw new Error('no invoice');
      return found;
    });
    box.click();
    await settle();
    await submit();
    await expect.poll(() => page.called('POST stray-payments/s-1/assign')).toHaveLength(1);
    expect(page.called('POST stray-payments/s-1/assign')[0]!.body).toEqual({
      billingAccountId: 'b-1',
      invoiceIds: ['i-1'],
      note: null,
    });
  });
});

describe('events of gateways', () => {
  const event = (more: Partial<GatewayEvent> = {}): GatewayEvent => ({
    id: 'v-1',
    gatewayAccountId: 'g-1',
    gatewayName: 'Stripe da matriz',
    eventId: 'evt_1',
    type: 'payment_intent.succeeded',
    state: 'failed',
    problem: 'The gateway speaks of another payment',
    paymentId: 'p-1',
    receivedAt: '2026-11-18T12:00:00Z',
    doneAt: null,
    ...more,
  });
  const api: Api = {
    'GET gateway-events': () =>
      json(
        listOf([
          event(),
          event({ id: 'v-2', state: 'ignored', problem: null, paymentId: null }),
          event({ id: 'v-3', type: 'checkout.session.completed', state: 'done', problem: null, paymentId: null }),
        ]),
      ),
    'POST gateway-events/v-1/replay': () => json({ success: true }),
  };

  it('say what failed and why, and lead to their payment', async () => {
    const page = await openConsole('/console/billing/gateway-events', { api });
    expect(page.text()).toContain('The gateway speaks of another payment');
    for (const words of ['Não é nosso', 'Nenhum daqui', 'Um cartão guardado']) expect(page.text()).toContain(words);
    expect(page.button('Ver o pagamento').getAttribute('href')).toContain('/billing/payments/p-1');
    await page.choose('Situação', 'failed');
    expect(page.called('GET gateway-events').at(-1)!.query.get('state')).toBe('failed');
  });

  it('of one payment are shown alone, and all again', async () => {
    const page = await openConsole('/console/billing/gateway-events?payment=p-1', { api });
    expect(page.called('GET gateway-events').at(-1)!.query.get('paymentId')).toBe('p-1');
    await page.click('Ver os avisos de todos os pagamentos');
    expect(page.called('GET gateway-events').at(-1)!.query.has('paymentId')).toBe(false);
  });

  it('are worked through once more', async () => {
    const page = await openConsole('/console/billing/gateway-events', { api });
    await pick(page, 'Ações de payment_intent.succeeded', 'Processar de novo');
    expect(page.called('POST gateway-events/v-1/replay')).toHaveLength(1);
  });
});

describe('gateways', () => {
  const gateway = (more: Partial<Gateway> = {}): Gateway => ({
    id: 'g-1',
    kind: 'stripe',
    name: 'Stripe da matriz',
    methods: ['pix', 'card'],
    currency: 'BRL',
    isActive: true,
    eventsUrl: 'https://portal.example/api/v1/hooks/gateways/g-1',
    lastEventAt: null,
    version: 3,
    createdAt: '2026-11-01T12:00:00Z',
    ...more,
  });
  const of = (gateways: Gateway[], more: Api = {}) =>
    openConsole('/console/billing/gateways', {
      api: { 'GET gateway-accounts': () => json({ data: gateways }), ...more },
    });

  it('say what they take and where their events are to go; a pretended one says what it is', async () => {
    const page = await of([gateway(), gateway({ id: 'g-2', kind: 'sandbox', name: 'Teste', isActive: false })]);
    expect(page.text()).toContain('PIX, Cartão');
    expect(page.text()).toContain('https://portal.example/api/v1/hooks/gateways/g-1');
    expect(page.text()).toContain('Em pausa');
    expect(page.text()).toContain('nenhum dinheiro é movimentado');
    expect((await of([])).text()).toContain('Nenhum gateway conectado');
  });

  const address = {
    id: 'g-9',
    eventsUrl: 'https://portal.example/api/v1/hooks/gateways/g-9',
    eventTypes: ['payment_intent.succeeded', 'charge.refunded'],
  };
  const told: Api = { 'GET gateway-accounts/address': () => json(address) };

  it('are connected by credentials that look like some, once their service knows where events go', async () => {
    const page = await of([], { ...told, 'POST gateway-accounts': () => json(gateway(), 201) });
    await page.click('Conectar gateway');
    expect(await page.dialog()).toContain(address.eventsUrl);
    expect(document.querySelector('[role="dialog"]')!.textContent).toContain('charge.refunded');
    expect(page.called('GET gateway-accounts/address')[0]!.query.get('kind')).toBe('stripe');
    await page.type('Nome', 'Stripe da matriz');
    await page.type('Chave secreta', 'pk_live_1234567890');
    await page.type('Segredo de assinatura', 'whsec_1234567890');
    await submit();
    expect(page.text()).toContain('Isto não parece uma credencial deste serviço.');
    await page.type('Chave secreta', 'rk_live_1234567890');
    await submit();
    await expect.poll(() => page.called('POST gateway-accounts')).toHaveLength(1);
    expect(page.called('POST gateway-accounts')[0]!.body).toEqual({
      kind: 'stripe',
      id: 'g-9',
      name: 'Stripe da matriz',
      methods: ['pix', 'boleto', 'card'],
      credentials: { secretKey: 'rk_live_1234567890', webhookSecret: 'whsec_1234567890' },
    });
  });

  it('say at its field which credential the service does not take', async () => {
    const message = 'O serviço não aceita esta credencial: ela está errada, venceu ou foi revogada.';
    const errors = [{ path: 'credentials.secretKey', code: 'credentialUnknown', message }];
    const page = await of([], {
      ...told,
      'POST gateway-accounts': () => problem(400, 'validation_failed', { errors }),
    });
    await page.click('Conectar gateway');
    await page.dialog();
    await page.type('Nome', 'Stripe da matriz');
    await page.type('Chave secreta', 'rk_live_1234567890');
    await page.type('Segredo de assinatura', 'whsec_1234567890');
    await submit();
    await eventually(() => expect(document.querySelector('[role="dialog"]')!.textContent).toContain(message));
    const [secretKey] = [...document.querySelectorAll<HTMLInputElement>('[role="dialog"] input')].filter(
      ({ value }) => value === 'rk_live_1234567890',
    );
    expect(secretKey!.getAttribute('aria-invalid')).toBe('true');
  });

  it('of sandboxes are pretended, and need none', async () => {
    const page = await of([], {
      'GET auth/me': () => json(me('admin', '2027-01-30T15:00:00Z')),
      'POST gateway-accounts': () => json(gateway({ kind: 'sandbox' }), 201),
    });
    await page.click('Conectar gateway');
    await page.dialog();
    await page.type('Nome', 'Banco de teste');
    await submit();
    await expect.poll(() => page.called('POST gateway-accounts')).toHaveLength(1);
    expect(page.called('POST gateway-accounts')[0]!.body).toMatchObject({ kind: 'sandbox', credentials: {} });
  });

  it('are changed without writing their credentials anew, or with both of them', async () => {
    const page = await of([gateway()], { 'PATCH gateway-accounts/g-1': () => json(gateway({ version: 4 })) });
    await page.click('Mudar Stripe da matriz');
    await page.dialog();
    await page.type('Nome', 'Stripe');
    await page.type('Chave secreta', 'rk_live_1234567890');
    await submit();
    expect(page.called('PATCH gateway-accounts/g-1')).toHaveLength(0);
    await page.type('Chave secreta', '');
    await submit();
    await expect.poll(() => page.called('PATCH gateway-accounts/g-1')).toHaveLength(1);
    expect(page.called('PATCH gateway-accounts/g-1')[0]!.body).toEqual({
      version: 3,
      name: 'Stripe',
      methods: ['pix', 'card'],
    });
  });

  it('rest once that is confirmed, and are used again', async () => {
    const page = await of([gateway(), gateway({ id: 'g-2', isActive: false, version: 5 })], {
      'PATCH gateway-accounts/g-1': () => json(gateway({ isActive: false })),
      'PATCH gateway-accounts/g-2': () => json(gateway({ id: 'g-2' })),
    });
    await page.click('Pausar');
    expect(await page.dialog()).toContain('O que já foi pedido por ele continua valendo');
    await page.click('Pausar gateway');
    expect(page.called('PATCH gateway-accounts/g-1')[0]!.body).toEqual({ version: 3, isActive: false });
    await page.click('Voltar a usar');
    expect(page.called('PATCH gateway-accounts/g-2')[0]!.body).toEqual({ version: 5, isActive: true });
  });
});

it('the pages stand beside the invoices, for who may open them', async () => {
  const page = await openConsole('/console/billing/payments', { api: { 'GET payments': () => json(listOf([])) } });
  const tabs = () => textsOf([...document.querySelectorAll<HTMLElement>('nav[aria-label="Cobrança"] a')]);
  expect(tabs()).toEqual([
    'Painel',
    'Faturas',
    'Propostas',
    'Pagamentos',
    'Assinaturas',
    'Planos',
    'Comprovantes',
    'Dinheiro sem dono',
    'Avisos do gateway',
    'Gateways',
    'Ajustes',
  ]);
  await openConsole('/console/billing/payments', {
    api: { 'GET payments': () => json(listOf([])), 'GET auth/me': () => json(me('agent')) },
  });
  expect(tabs()).toEqual(['Painel', 'Faturas', 'Propostas', 'Pagamentos', 'Assinaturas', 'Planos', 'Comprovantes']);
  expect(page.heading()).toBe('Pagamentos');
});
