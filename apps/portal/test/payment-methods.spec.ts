import type { CollectionFacts, PaymentMethodFacts, PaymentMethodsResponse } from '@balcao/api-client';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { eventually, json, me, openPortal, problem, type Api } from './harness.js';
import { invoice, reais } from './invoices.js';
import { offer } from './pay.js';

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-18T12:00:00Z'), toFake: ['Date'] });
  return () => vi.useRealTimers();
});

const card = (more: Partial<PaymentMethodFacts> = {}): PaymentMethodFacts => ({
  id: 'm-1',
  brand: 'visa',
  lastFour: '4242',
  expiresMonth: 12,
  expiresYear: 2029,
  validity: 'valid',
  isDefault: true,
  refusedFor: null,
  isTest: false,
  createdAt: '2026-11-01T12:00:00Z',
  ...more,
});
const SECOND = card({ id: 'm-2', brand: 'elo', lastFour: '9995', isDefault: false });
const account = (more: Partial<PaymentMethodsResponse> = {}): PaymentMethodsResponse => ({
  methods: [card()],
  isAutomatic: false,
  renewals: 0,
  canAdd: true,
  retryDays: [3, 5, 7],
  ...more,
});
const ELO = { brand: 'elo', lastFour: '9995' };
const collection = (more: Partial<CollectionFacts> = {}): CollectionFacts => ({
  id: 'c-1',
  invoiceId: 'i-1',
  invoiceNumber: 'F-2026-004390',
  invoiceTitle: 'Mensalidade de outubro',
  owed: reais(81_940),
  dueOn: '2026-11-25',
  origin: 'automatic',
  status: 'scheduled',
  card: { brand: 'visa', lastFour: '4242' },
  nextOn: '2026-11-25',
  lastOn: '2026-12-10',
  waitsUntil: null,
  then: 'nothing',
  attempts: [],
  ...more,
});
const FAILED = {
  number: 1,
  paymentId: 'p-1',
  madeAt: '2026-11-18T12:00:00Z',
  card: ELO,
  amount: reais(81_940),
  outcome: 'failed',
  failure: 'insufficient_funds',
} as const;
const RETRYING: Partial<CollectionFacts> = {
  status: 'retrying',
  card: ELO,
  nextOn: '2026-11-21',
  lastOn: '2026-12-03',
  attempts: [FAILED],
};

const said = () => document.body.textContent.replace(/\s+/g, ' ');
const MANAGER = ['invoices:read', 'payments:create', 'payment_methods:manage'] as const;
const open = (
  { methods = account(), collections = [] as CollectionFacts[], path = '/payment-methods' } = {},
  api: Api = {},
) =>
  openPortal(path, {
    api: {
      'GET auth/me': () => json(me({ permissions: [...MANAGER] })),
      'GET payment-methods': () => json(methods),
      'GET collections': () => json({ data: collections }),
      ...api,
    },
  });

describe('S0.7 the page of saved cards', () => {
  it('shows each with its last digits, its end and what is wrong with it, and never a number', async () => {
    await open({
      methods: account({
        methods: [
          card({ validity: 'expiring', expiresMonth: 11, expiresYear: 2026 }),
          card({ id: 'm-2', brand: 'mastercard', lastFour: '0341', isDefault: false, refusedFor: 'lost_or_stolen' }),
          card({ id: 'm-3', brand: null, lastFour: null, isDefault: false, validity: 'expired', expiresYear: 2025 }),
        ],
      }),
    });
    await eventually(() => expect(said()).toContain('Visa •••• 4242'));
    for (const words of [
      'Principal',
      'Vence em breve',
      'Vale só até o fim de 11/2026',
      'Salve o cartão novo e faça dele o principal antes disso.',
      'Mastercard •••• 0341',
      'Recusado',
      'Não vamos mais cobrar neste cartão: o banco diz que o cartão foi perdido ou roubado.',
      'Venceu em 12/2025',
      'O número do cartão é digitado na página da operadora',
    ])
      expect(said()).toContain(words);
  });

  it('says what happens where a charge does not work', async () => {
    await open();
    await eventually(() => expect(said()).toContain('Tentamos de novo 3, 8 e 15 dias depois da primeira vez.'));
    expect(said()).toContain('Se o banco disser que o cartão nunca mais pode ser cobrado, esperamos outro');
  });

  it('leads to the page of the payment service as soon as its address is known', async () => {
    const leave = vi.spyOn(location, 'assign').mockImplementation(() => {});
    const now = { status: 'preparing', pageUrl: null as string | null };
    const setup = () => json({ setup: { id: 's-1', paymentMethodId: null, ...now } });
    const portal = await open(
      { methods: account({ methods: [] }) },
      { 'POST payment-method-setups': setup, 'GET payment-method-setups/s-1': setup },
    );
    await portal.click('Adicionar cartão');
    expect(portal.called('POST payment-method-setups')).toHaveLength(1);
    expect(leave).not.toHaveBeenCalled();
    Object.assign(now, { status: 'open', pageUrl: 'https://pay.example/s-1' });
    await eventually(() => expect(leave).toHaveBeenCalledWith('https://pay.example/s-1'));
    leave.mockRestore();
  });

  it.each([
    ['saved', 'Cartão salvo'],
    ['open', 'Esperando a operadora'],
    ['failed', 'O cartão não foi salvo'],
    ['expired', 'A página do cartão expirou'],
  ])('says to who comes back that it is %s', async (status, words) => {
    await open(
      { path: '/payment-methods?setup=s-1' },
      {
        'GET payment-method-setups/s-1': () =>
          json({ setup: { id: 's-1', status, pageUrl: null, paymentMethodId: null } }),
      },
    );
    await eventually(() => expect(said()).toContain(words));
  });

  it('S0.7 offers no card to be added where the portal saves none', async () => {
    await open({ methods: account({ methods: [], canAdd: false }) });
    await eventually(() => expect(said()).toContain('Cartões não podem ser salvos aqui agora.'));
    expect(said()).not.toContain('Adicionar cartão');
  });

  it('makes another one the default, after it was asked', async () => {
    const portal = await open(
      { methods: account({ methods: [card(), SECOND] }) },
      { 'POST payment-methods/m-2/make-default': () => json(account()) },
    );
    await eventually(() => expect(said()).toContain('Elo •••• 9995'));
    (await portal.menu('Ações do cartão Elo •••• 9995'))[0]!.click();
    await eventually(() => expect(said()).toContain('Tornar Elo •••• 9995 o cartão principal?'));
    await portal.click('Tornar principal');
    expect(portal.called('POST payment-methods/m-2/make-default')).toHaveLength(1);
  });

  it('asks which card takes the place of the default one that is taken away', async () => {
    const portal = await open(
      { methods: account({ methods: [card(), SECOND] }) },
      { 'DELETE payment-methods/m-1': () => json({ success: true }) },
    );
    await eventually(() => expect(said()).toContain('Elo •••• 9995'));
    (await portal.menu('Ações do cartão Visa •••• 4242'))[0]!.click();
    expect(await portal.dialog()).toContain('Escolha qual será cobrado no lugar dele.');
    await portal.click('Remover cartão');
    await eventually(() => expect(portal.called('DELETE payment-methods/m-1')).toHaveLength(1));
    expect(portal.called('DELETE payment-methods/m-1')[0]!.query.get('replacementId')).toBe('m-2');
  });

  it('says why a card that still pays is not taken away', async () => {
    const portal = await open(
      { methods: account({ isAutomatic: true }) },
      { 'DELETE payment-methods/m-1': () => problem(409, 'payment_method_in_use') },
    );
    await eventually(() => expect(said()).toContain('Visa •••• 4242'));
    (await portal.menu('Ações do cartão Visa •••• 4242'))[0]!.click();
    await portal.dialog();
    await portal.click('Remover cartão');
    await eventually(() => expect(said()).toContain('detail of payment_method_in_use'));
  });

  it('says what becomes of subscriptions that charge the last card before it is taken away', async () => {
    const { methods } = account();
    const portal = await open(
      { methods: account({ methods: [methods[0]!], renewals: 1 }) },
      { 'DELETE payment-methods/m-1': () => json({ success: true }) },
    );
    await eventually(() => expect(said()).toContain('Visa •••• 4242'));
    (await portal.menu('Ações do cartão Visa •••• 4242'))[0]!.click();
    expect(await portal.dialog()).toContain(
      'Sem nenhum cartão salvo, as próximas faturas delas esperam que você as pague.',
    );
    await portal.click('Remover cartão');
    await eventually(() => expect(portal.called('DELETE payment-methods/m-1')).toHaveLength(1));
  });

  it('switches automatic payment, and cannot without a card', async () => {
    const portal = await open({}, { 'PATCH payment-methods': () => json(account({ isAutomatic: true })) });
    await eventually(() =>
      expect(said()).toContain('Ligado, o Visa •••• 4242 paga cada fatura no dia em que ela vence.'),
    );
    document.querySelector<HTMLElement>('[role=switch]')!.click();
    await eventually(() => expect(portal.called('PATCH payment-methods')).toHaveLength(1));
    expect(portal.called('PATCH payment-methods')[0]!.body).toEqual({ isAutomatic: true });
    await open({ methods: account({ methods: [] }) });
    await eventually(() => expect(said()).toContain('Salve um cartão primeiro'));
  });

  it('shows what is charged next, and what did not work with what comes then', async () => {
    await open({
      collections: [
        collection({ id: 'c-2', invoiceId: 'i-2', invoiceNumber: 'F-2026-004391' }),
        collection({ ...RETRYING, then: 'pause' }),
      ],
    });
    await eventually(() => expect(said()).toContain('F-2026-004391, em 25/11/2026, no Visa •••• 4242'));
    for (const words of [
      'A cobrança no Elo •••• 9995 não passou: não havia limite ou saldo.',
      'Tentamos de novo em 21/11/2026, e pela última vez até 03/12/2026.',
      'Se nenhuma tentativa passar, a assinatura fica pausada até a fatura ser paga.',
      '1 tentativa',
    ])
      expect(said()).toContain(words);
  });

  it('is not there for who may not look after cards', async () => {
    const portal = await openPortal('/payment-methods', {
      api: { 'GET auth/me': () => json(me({ permissions: ['invoices:read'] })) },
    });
    await eventually(() => expect(portal.links()).not.toContain('Formas de pagamento'));
    expect(portal.called('GET payment-methods')).toHaveLength(0);
  });
});

describe('S0.7 an invoice that a card pays', () => {
  const openInvoice = (now: CollectionFacts) =>
    open(
      { path: '/invoices/i-1' },
      {
        'GET invoices/i-1': () => json({ invoice: invoice() }),
        'GET invoices/i-1/collections': () => json({ data: [now] }),
      },
    );

  it.each<[string, Partial<CollectionFacts>, string[]]>([
    ['is going to be', {}, ['O cartão paga esta fatura em 25/11/2026', 'Vamos cobrar R$ 819,40 no Visa •••• 4242.']],
    ['was not, and is tried again', RETRYING, ['Se nenhuma tentativa passar, a fatura continua em aberto']],
    [
      'waits for a card',
      { status: 'needs_card', nextOn: null, lastOn: null, waitsUntil: '2026-12-03', attempts: [FAILED] },
      ['Falta um cartão que possa ser cobrado', 'Salve outro como principal até 03/12/2026'],
    ],
    ['is being', { status: 'charging', nextOn: null }, ['Não pague de outra forma agora']],
    ['is held back', { status: 'on_hold' }, ['Esperamos a análise do comprovante ou da contestação']],
    [
      'was given up',
      { status: 'given_up', nextOn: null, then: 'cancel', attempts: [FAILED] },
      ['Não vamos mais tentar no cartão', 'A assinatura é cancelada, e a fatura continua em aberto.'],
    ],
  ])('says that it %s', async (_what, more, words) => {
    await openInvoice(collection(more));
    for (const each of words) await eventually(() => expect(said().replaceAll(' ', ' ')).toContain(each));
  });

  it.each(['paid', 'stopped'] as const)('says nothing of one that is %s', async (status) => {
    await openInvoice(collection({ status, nextOn: null }));
    await eventually(() => expect(said()).toContain('Mensalidade de outubro'));
    expect(document.querySelector('[data-testid=charge-note]')).toBeNull();
  });
});

it('S0.7 a card that pays an invoice is saved where its payer says so', async () => {
  const portal = await open(
    { path: '/invoices/i-1' },
    {
      'GET invoices/i-1': () => json({ invoice: invoice() }),
      'GET payments/offer': () =>
        json({ ...offer(), ways: offer().ways.filter(({ method }) => method === 'card'), savesCards: true }),
      'POST payments': () => problem(400, 'refused'),
    },
  );
  await portal.click('Pagar R$ 819,40');
  await eventually(() => expect(said()).toContain('Salvar este cartão'));
  document.querySelector<HTMLElement>('[role=dialog] [role=checkbox]')!.click();
  await portal.click('Pagar R$ 842,35 no cartão');
  expect(portal.called('POST payments')[0]!.body).toMatchObject({ method: 'card', savesMethod: true });
});
