import { describe, expect, it } from 'vitest';
import type { Plan, PlanPrice } from '../src/data/plans.js';
import type { Subscription, SubscriptionSummary } from '../src/data/subscriptions.js';
import { eventually, json, listOf, me, openConsole, pick, problem, settle, textsOf, type Api } from './harness.js';

const brl = (amount: number) => ({ amount, currency: 'BRL' });
const MONTHLY = { unit: 'month', every: 1 } as const;
const summary = (more: Partial<SubscriptionSummary> = {}): SubscriptionSummary => ({
  id: 's-1',
  number: 'AS-2026-000087',
  title: 'Móvel 50 GB',
  state: 'active',
  cycle: MONTHLY,
  recurring: brl(6_990),
  owed: brl(0),
  startsOn: '2026-03-10',
  trialEndsOn: null,
  nextRenewalOn: '2099-12-10',
  cancelOn: null,
  pauseOn: null,
  resumeOn: null,
  pausedFor: null,
  endedOn: null,
  billingAccount: { id: 'b-1', name: 'Padaria Estrela' },
  heldFor: null,
  createdAt: '2026-03-10T12:00:00Z',
  ...more,
});
const item = (more: Partial<Subscription['items'][number]> = {}): Subscription['items'][number] => ({
  id: 't-1',
  planId: 'pl-50',
  priceId: 'pr-50',
  name: 'Móvel 50 GB',
  detail: 'Entregas',
  model: 'flat',
  quantity: '1.000000',
  unitName: null,
  unitAmount: brl(6_990),
  included: '0',
  tax: null,
  amount: brl(6_990),
  cycle: MONTHLY,
  ...more,
});
const used = item({
  id: 't-3',
  planId: 'pl-min',
  priceId: 'pr-min',
  name: 'Minutos',
  detail: null,
  model: 'usage',
  unitName: 'minutos',
  unitAmount: brl(19),
  included: '500',
  amount: brl(0),
});
const subscription = (more: Partial<Subscription> = {}): Subscription => ({
  ...summary(),
  collection: 'send_invoice',
  dueDays: null,
  reference: 'PC-1182',
  anchorOn: '2026-03-10',
  currentPeriod: { startsOn: '2026-11-10', endsOn: '2099-12-10' },
  items: [item()],
  recurringTotal: brl(6_990),
  discount: null,
  nextCharge: {
    on: '2099-12-10',
    period: { startsOn: '2099-12-10', endsOn: '2100-01-10' },
    dueOn: '2099-12-20',
    payableUntil: '2099-12-21',
    lines: [{ name: 'Móvel 50 GB', detail: 'Entregas', quantity: '1', unitPrice: brl(6_990), amount: brl(6_990) }],
    total: brl(6_990),
    isEstimate: false,
  },
  scheduledChange: null,
  unpaidChange: null,
  cancelReason: null,
  cancelComment: null,
  follows: null,
  followedBy: null,
  history: [],
  heldAt: null,
  monthly: brl(6_990),
  version: 3,
  ...more,
});
const price = (more: Partial<PlanPrice> = {}): PlanPrice => ({
  id: 'pr-50',
  number: 1,
  model: 'flat',
  unitAmount: brl(6_990),
  unitName: null,
  included: '0',
  cycle: MONTHLY,
  trialDays: 0,
  setupAmount: brl(0),
  tax: null,
  subscriptions: 12,
  archivedAt: null,
  createdAt: '2026-01-10T12:00:00Z',
  ...more,
});
const plan = (more: Partial<Plan> = {}): Plan => ({
  id: 'pl-50',
  name: 'Móvel 50 GB',
  description: '50 GB por mês',
  kind: 'plan',
  family: 'Aurora Móvel',
  isOffered: true,
  subscriptions: 12,
  prices: [price()],
  archivedAt: null,
  version: 2,
  createdAt: '2026-01-10T12:00:00Z',
  ...more,
});
const hundred = plan({
  id: 'pl-100',
  name: 'Móvel 100 GB',
  prices: [price({ id: 'pr-100', unitAmount: brl(9_990) })],
});
const line = plan({
  id: 'pl-line',
  name: 'Linha adicional',
  kind: 'addition',
  prices: [price({ id: 'pr-line', model: 'per_unit', unitName: 'linha', unitAmount: brl(1_990) })],
});
const yearly = plan({
  id: 'pl-year',
  name: 'Domínio',
  prices: [price({ id: 'pr-year', cycle: { unit: 'year', every: 1 } })],
});
const PLANS = [plan(), hundred, line, yearly];

const settings = {
  version: 1,
  pastDueAction: 'none',
  pastDueDays: 30,
  creditsUnused: true,
  offersPause: true,
  offersPlan: true,
  offerPercent: '0',
  offerPeriods: 3,
};
const quiet: Api = {
  'GET plans': () => json({ data: PLANS }),
  'GET subscriptions': () => json(listOf([summary()])),
  'GET subscriptions/s-1/invoices': () => json({ data: [] }),
  'GET subscriptions/s-1/periods': () => json({ data: [] }),
  'GET subscriptions/s-1/usage': () => json({ data: [] }),
  'GET subscription-settings': () => json({ subscriptionSettings: settings }),
};
const visit = (path: string, api: Api = {}) => openConsole(`/console/${path}`, { api: { ...quiet, ...api } });
const open = (more: Partial<Subscription> = {}, api: Api = {}) =>
  visit('billing/subscriptions/s-1', {
    'GET subscriptions/s-1': () => json({ subscription: subscription(more) }),
    ...api,
  });
const plain = (text: string) => text.replace(/\s/g, ' ');
const send = async (form = '[role="dialog"] form') => {
  document.querySelector<HTMLFormElement>(form)!.requestSubmit();
  await settle();
};
const without = (permission: string): Api => {
  const who = me();
  return {
    'GET auth/me': () => json({ ...who, permissions: who.permissions.filter((one) => one !== permission) }),
  };
};
const ACTIONS = 'Ações de AS-2026-000087';

describe('the list of subscriptions', () => {
  it('says whose each is, how it stands and what comes next', async () => {
    const page = await visit('billing/subscriptions', {
      'GET subscriptions': () =>
        json(
          listOf([
            summary(),
            summary({ id: 's-2', state: 'past_due', owed: brl(6_990) }),
            summary({ id: 's-3', cancelOn: '2099-12-10' }),
            summary({ id: 's-4', heldFor: 'missed_periods' }),
          ]),
        ),
    });
    const text = plain(page.text());
    for (const words of [
      'Padaria Estrela',
      'Ativa',
      'Em atraso',
      'Termina em 09/12/2099',
      'Espera decisão',
      'R$ 69,90',
      'por mês',
    ])
      expect(text).toContain(words);
  });

  it('is narrowed by state, plan, customer and what waits, and says so where nothing is left', async () => {
    const page = await visit('billing/subscriptions?customer=b-1&held=yes', {
      'GET subscriptions': () => json(listOf([])),
      'GET billing-accounts/b-1': () => json({ billingAccount: { id: 'b-1', name: 'Padaria Estrela' } }),
    });
    const asked = () => Object.fromEntries(page.called('GET subscriptions').at(-1)!.query);
    expect(asked()).toMatchObject({ billingAccountId: 'b-1', heldFor: 'missed_periods,refused' });
    await page.choose('Situação', 'paused');
    await page.choose('Plano', 'pl-100');
    expect(asked()).toMatchObject({ state: 'paused', planId: 'pl-100', billingAccountId: 'b-1' });
    expect(page.text()).toContain('Nada com esses filtros');
  });

  it('of one customer stands among its pages', async () => {
    const page = await visit('customers/b-1/subscriptions', {
      'GET billing-accounts/b-1': () => json({ billingAccount: { id: 'b-1', name: 'Padaria Estrela' } }),
    });
    expect(page.heading()).toBe('Padaria Estrela');
    expect(page.called('GET subscriptions').at(-1)!.query.get('billingAccountId')).toBe('b-1');
    expect(page.text()).toContain('AS-2026-000087');
  });
});

describe('a subscription', () => {
  it('says what it has, what comes next, what it brings, and what became of it', async () => {
    const page = await open({
      history: [
        {
          id: 'e-1',
          kind: 'changed',
          on: '2026-06-02',
          until: null,
          before: 'Móvel 20 GB',
          after: 'Móvel 50 GB',
          reason: null,
          periods: null,
          amount: null,
          invoice: null,
          actorName: 'Ana Ribeiro',
          at: '2026-06-02T12:00:00Z',
        },
        {
          ...{ id: 'e-2', kind: 'paused', on: '2026-06-03', until: null, before: null, after: null, reason: 'wish' },
          ...{ periods: null, amount: null, invoice: null, actorName: 'Ana Ribeiro', at: '2026-06-03T12:00:00Z' },
        },
        {
          ...{ id: 'e-3', kind: 'held', on: '2026-06-04', until: null, before: null, after: null, reason: 'refused' },
          ...{ periods: null, amount: null, invoice: null, actorName: null, at: '2026-06-04T12:00:00Z' },
        },
      ],
    });
    const text = plain(page.text());
    for (const words of [
      'Entregas',
      'Emitida em 10/12/2099, vence em 20/12/2099.',
      'Receita recorrente por mês',
      'De Móvel 20 GB para Móvel 50 GB · Ana Ribeiro',
      'Pausada · Ana Ribeiro',
      'Retida: espera decisão · A fatura não pôde ser feita',
      'Referência do clientePC-1182',
    ])
      expect(text).toContain(words);
  });

  it('is only looked at by who may not write any', async () => {
    const page = await open({ cancelOn: '2099-12-10', heldFor: 'refused' }, without('subscriptions:write'));
    expect(page.text()).toContain('Cancelamento marcado para 09/12/2099');
    for (const words of ['Desfazer cancelamento', 'Cobrar o que faltou']) expect(page.text()).not.toContain(words);
    expect(document.querySelector(`[aria-label="${ACTIONS}"]`)).toBeNull();
  });

  it('has only the deeds that fit how it stands', async () => {
    const running = await open();
    expect(textsOf(await running.menu(ACTIONS))).toEqual(['Pausar', 'Cancelar', 'Ajustar a cobrança', 'Dar crédito']);
    const ended = await open({ state: 'canceled', endedOn: '2026-11-01', nextCharge: null });
    expect(textsOf(await ended.menu(ACTIONS))).toEqual(['Assinar de novo']);
    expect(ended.text()).not.toContain('Mudar');
  });

  it('that was paused for a debt says so where that was written off, and that nobody but staff resumes it', async () => {
    const paused = { state: 'paused', pausedFor: 'unpaid', nextCharge: null } as const;
    const owing = await open({ ...paused, owed: brl(6_990) });
    expect(owing.text()).toContain('Pausada por faturas não pagas');
    expect(owing.text()).not.toContain('foi baixado');
    const written = await open({ ...paused, owed: brl(0) });
    expect(written.text()).toContain('Nada mais está em atraso: o que faltava foi baixado.');
  });

  it('is paused until somebody says so, with what that saves said before', async () => {
    const page = await open(
      {},
      {
        'GET subscriptions/s-1/pause': () =>
          json({
            quote: {
              token: 'tk',
              startsOn: '2099-12-10',
              resumesOn: null,
              skipped: [],
              credit: brl(1_000),
              saved: brl(1_000),
              resumeTotal: brl(6_990),
              replaces: { startsOn: '2099-12-20', resumesOn: null },
            },
          }),
        'POST subscriptions/s-1/pause': () => json({ subscription: subscription() }),
      },
    );
    await pick(page, ACTIONS, 'Pausar');
    await eventually(() => expect(plain(page.text())).toContain('R$ 10,00 de dias pagos viram crédito.'));
    expect(plain(page.text())).toContain('Toma o lugar da pausa marcada a partir de 20/12/2099.');
    await page.type('Volta em', '2099-12-01');
    await send();
    expect(page.errorOf('Volta em')).toContain('depois do dia em que para');
    await page.type('Volta em', '');
    await eventually(() => expect(plain(page.text())).toContain('viram crédito.'));
    await send();
    expect(page.called('POST subscriptions/s-1/pause').at(-1)!.body).toEqual({
      startsOn: '2099-12-10',
      resumesOn: null,
      token: 'tk',
    });
  });

  it('is cancelled at once with its credit given or not, whatever the rules say', async () => {
    const means = {
      token: 'tk',
      endsOn: '2099-12-10',
      credit: brl(4_000),
      usage: brl(0),
      recurring: brl(6_990),
      offer: null,
    };
    const page = await open(
      {},
      {
        'GET subscriptions/s-1/cancellation': () => json({ quote: means }),
        'POST subscriptions/s-1/cancellation': () => json({ subscription: subscription({ state: 'canceled' }) }),
      },
    );
    await pick(page, ACTIONS, 'Cancelar');
    await eventually(() => expect(plain(page.text())).toContain('Termina em 09/12/2099. Até lá dá para desfazer.'));
    // What ends the subscription and what closes the dialog are not called the same.
    const names = [...document.querySelectorAll('[role=dialog] button')].map(({ textContent }) => textContent?.trim());
    expect(names.filter((name) => name === 'Cancelar')).toHaveLength(1);
    expect(names).toContain('Cancelar assinatura');
    await page.choose('Quando', 'now');
    await eventually(() => expect(plain(page.text())).toContain('R$ 40,00 voltam como crédito.'));
    await page.choose('Dias pagos e não usados', 'no');
    await page.choose('Motivo', 'closing_for_a_while');
    await send();
    expect(page.called('POST subscriptions/s-1/cancellation').at(-1)!.body).toEqual({
      when: 'now',
      reason: 'closing_for_a_while',
      comment: null,
      credits: false,
    });
  });

  it.each<[string, Partial<Subscription>, string, string]>([
    ['an end', { cancelOn: '2099-12-10' }, 'Desfazer cancelamento', 'cancellation'],
    ['a pause', { pauseOn: '2099-12-10' }, 'Desfazer pausa', 'pause'],
    [
      'a change',
      {
        scheduledChange: { on: '2099-12-10', titleBefore: 'Móvel 50 GB', titleAfter: 'Móvel 100 GB', items: [item()] },
      },
      'Desfazer mudança',
      'change',
    ],
  ])('of which %s is planned has its way back', async (_what, more, button, route) => {
    const name = `DELETE subscriptions/s-1/${route}`;
    const page = await open(more, { [name]: () => json({ subscription: subscription() }) });
    await page.click(button);
    expect(page.called(name)).toHaveLength(1);
  });

  it('is resumed, and taken up again, after its price was said', async () => {
    const page = await open(
      { state: 'paused', pausedFor: 'wish', nextCharge: null },
      {
        'GET subscriptions/s-1/resumption': () =>
          json({
            quote: { token: 'tk-back', period: { startsOn: '2026-11-18', endsOn: '2026-12-18' }, total: brl(6_990) },
          }),
        'POST subscriptions/s-1/resumption': () => json({ subscription: subscription() }),
      },
    );
    await pick(page, ACTIONS, 'Retomar');
    await eventually(() => expect(plain(page.text())).toContain('São cobrados R$ 69,90 agora'));
    await page.click('Retomar');
    await eventually(() =>
      expect(page.called('POST subscriptions/s-1/resumption').at(-1)?.body).toEqual({ token: 'tk-back' }),
    );
  });

  it.each<['cancellation' | 'resumption' | 'pause', 'GET' | 'POST']>([
    ['pause', 'GET'],
    ['pause', 'POST'],
    ['cancellation', 'GET'],
    ['cancellation', 'POST'],
    ['resumption', 'GET'],
    ['resumption', 'POST'],
  ])('of which a %s is refused (%s) says so, and shows how it stands', async (deed, refusing) => {
    const paused = { state: 'paused', pausedFor: 'wish', nextCharge: null } as const;
    const before = subscription(deed === 'resumption' ? paused : {});
    let isOver = false;
    const refused = () => {
      isOver = true;
      return problem(409, 'subscription_state');
    };
    const period = { startsOn: '2026-11-18', endsOn: '2026-12-18' };
    const end = { endsOn: '2099-12-10', credit: brl(0), usage: brl(0), recurring: brl(6_990), offer: null };
    const pause = { skipped: [], saved: brl(0), replaces: null };
    const quote = { token: 'tk', period, total: brl(6_990), ...end, ...pause };
    const over = subscription({ state: 'canceled', endedOn: '2026-11-18', nextCharge: null });
    const page = await open(before, {
      'GET subscriptions/s-1': () => json({ subscription: isOver ? over : before }),
      [`GET subscriptions/s-1/${deed}`]: () => (refusing === 'GET' || isOver ? refused() : json({ quote })),
      [`POST subscriptions/s-1/${deed}`]: refused,
    });
    await pick(page, ACTIONS, { resumption: 'Retomar', cancellation: 'Cancelar', pause: 'Pausar' }[deed]);
    if (refusing === 'POST') {
      await eventually(() => expect(document.querySelector('[role=dialog]')).not.toBeNull());
      await settle();
      if (deed === 'resumption') await page.click('Retomar');
      else await send();
    }
    await eventually(() => expect(document.querySelector('main')!.textContent).toContain('Encerrada'));
    expect(document.body.textContent).toContain('subscription_state');
  });

  it('that waits is decided about', async () => {
    const page = await open(
      { heldFor: 'missed_periods', heldAt: '2026-11-01T12:00:00Z' },
      { 'POST subscriptions/s-1/release': () => json({ subscription: subscription() }) },
    );
    await page.click('Deixar passar');
    await eventually(() => expect(page.text()).toContain('O que faltou não é cobrado de Padaria Estrela.'));
    document.querySelector<HTMLElement>('[role="dialog"] button:last-of-type')!.click();
    await settle();
    expect(page.called('POST subscriptions/s-1/release').at(-1)!.body).toEqual({ how: 'skip' });
  });

  it('gets credit, and a typed amount that is none is said so', async () => {
    const page = await open({}, { 'POST subscriptions/s-1/credit': () => json({ subscription: subscription() }) });
    await pick(page, ACTIONS, 'Dar crédito');
    await eventually(() => expect(page.field('Valor, em BRL')).toBeTruthy());
    await page.type('Valor, em BRL', 'dez');
    await page.type('Motivo', 'Dois dias sem sinal');
    await send();
    expect(page.errorOf('Valor, em BRL')).toContain('Escreva um valor');
    await page.type('Valor, em BRL', '10,50');
    await send();
    expect(page.called('POST subscriptions/s-1/credit').at(-1)!.body).toEqual({
      amount: 1_050,
      reason: 'Dois dias sem sinal',
    });
  });

  it('that counts usage has its records, and more is written down', async () => {
    const page = await open(
      { items: [item(), used] },
      {
        'GET subscriptions/s-1/usage': () =>
          json({
            data: [
              {
                id: 'u-1',
                key: '2026-11-12/central',
                itemId: 't-3',
                usedOn: '2026-11-12',
                quantity: '12.500000',
                isBilled: false,
                invoiceId: null,
                recordedAt: '2026-11-12T12:00:00Z',
              },
            ],
          }),
        'POST subscriptions/s-1/usage': () => json({ recorded: 1 }),
      },
    );
    expect(plain(page.text())).toContain('500 minutos incluídos, depois R$ 0,19 cada');
    expect(page.text()).toContain('2026-11-12/central');
    await page.click('Registrar');
    await eventually(() => expect(page.field('Quanto')).toBeTruthy());
    await page.type('Quanto', '12,5');
    await page.type('Chave', '2026-11-18/central');
    const usedOn = page.field('Em que dia').value;
    await send();
    expect(page.called('POST subscriptions/s-1/usage').at(-1)!.body).toEqual({
      records: [{ key: '2026-11-18/central', itemId: 't-3', usedOn, quantity: '12.5' }],
    });
  });

  it('is collected otherwise', async () => {
    const page = await open({}, { 'PATCH subscriptions/s-1': () => json({ subscription: subscription() }) });
    await pick(page, ACTIONS, 'Ajustar a cobrança');
    await eventually(() => expect(page.field('Dias até vencer')).toBeTruthy());
    await page.type('Dias até vencer', '400');
    await send();
    expect(page.errorOf('Dias até vencer')).toContain('de 0 a 365');
    await page.type('Dias até vencer', '10');
    await page.type('Referência do cliente', ' PC-1197 ');
    await send();
    const arranged = { version: 3, collection: 'send_invoice', dueDays: 10 };
    expect(page.called('PATCH subscriptions/s-1').at(-1)!.body).toEqual({ ...arranged, reference: 'PC-1197' });
  });

  it('has no reference any more', async () => {
    const page = await open({}, { 'PATCH subscriptions/s-1': () => json({ subscription: subscription() }) });
    await pick(page, ACTIONS, 'Ajustar a cobrança');
    await eventually(() => expect(page.field('Referência do cliente').value).toBe('PC-1182'));
    await page.type('Referência do cliente', ' ');
    await send();
    expect(page.called('PATCH subscriptions/s-1').at(-1)!.body).toMatchObject({ reference: null });
  });
});

describe('changing what a subscription has', () => {
  const quote = {
    titleBefore: 'Móvel 50 GB',
    titleAfter: 'Móvel 100 GB',
    recurringBefore: brl(6_990),
    recurringAfter: brl(9_990),
    now: {
      token: 'tk-now',
      on: '2026-11-18',
      daysLeft: 22,
      daysWhole: 30,
      parts: [
        { kind: 'charge', name: 'Móvel 100 GB', amount: brl(7_326) },
        { kind: 'credit', name: 'Móvel 50 GB', amount: brl(5_126) },
      ],
      due: brl(2_310),
      credit: brl(0),
    },
    periodEnd: { token: 'tk-later', on: '2099-12-10' },
    replaces: null,
  };

  it('shows to the cent what it costs, and does exactly that', async () => {
    const page = await visit('billing/subscriptions/s-1/change', {
      'GET subscriptions/s-1': () => json({ subscription: subscription() }),
      'POST subscriptions/s-1/change-quote': () => json({ quote }),
      'POST subscriptions/s-1/change': () => json({ subscription: subscription() }),
    });
    expect(page.text()).toContain('Mude um item para ver.');
    await page.choose('Plano e preço', 'pr-100');
    await eventually(() => expect(plain(page.text())).toContain('A cobrar agoraR$ 23,10'));
    expect(plain(page.text())).toContain('Móvel 50 GB, já pago e não usado− 51,26');
    expect(plain(page.text())).toContain('Impostos e descontos+ 1,10');
    await send('main form');
    await eventually(() =>
      expect(page.called('POST subscriptions/s-1/change').at(-1)?.body).toEqual({
        items: [{ id: 't-1', priceId: 'pr-100', detail: 'Entregas' }],
        when: 'now',
        token: 'tk-now',
      }),
    );
    await eventually(() => expect(page.path()).toBe('/console/billing/subscriptions/s-1'));
  });
});

describe('a new subscription', () => {
  const start = {
    token: 'tk',
    title: 'Móvel 100 GB',
    startsOn: '2026-11-18',
    trialEndsOn: null,
    period: { startsOn: '2026-11-18', endsOn: '2026-12-18' },
    items: [item({ name: 'Móvel 100 GB', unitAmount: brl(9_990), amount: brl(9_990) })],
    recurring: brl(13_970),
    once: brl(0),
    firstTotal: brl(13_970),
    firstDueOn: '2026-11-28',
  };

  it('is made of prices that fit to the first, with what it asks for beside it', async () => {
    const page = await visit('billing/subscriptions/new?account=b-1', {
      'GET billing-accounts/b-1': () => json({ billingAccount: { id: 'b-1', name: 'Padaria Estrela' } }),
      'POST subscriptions/quote': () => json({ quote: start }),
      'POST subscriptions': () => json({ subscription: subscription() }, 201),
      'GET subscriptions/s-1': () => json({ subscription: subscription() }),
    });
    await send('main form');
    expect(page.text()).toContain('Escolha um plano em cada item.');
    expect(page.called('POST subscriptions')).toHaveLength(0);
    await page.choose('Plano e preço', 'pr-100');
    await page.click('Mais um item');
    const selects = [...document.querySelectorAll<HTMLSelectElement>('main ol select')];
    const offered = [...selects[1]!.options].map(({ value }) => value);
    expect(offered).toContain('pr-line');
    expect(offered).not.toContain('pr-year');
    selects[1]!.value = 'pr-line';
    selects[1]!.dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
    await page.type('Quantos', '2');
    await page.type('Referência do cliente', ' PC-1197 ');
    await eventually(() => expect(plain(page.text())).toContain('Primeira faturade 18/11/2026 a 17/12/2026R$ 139,70'));
    await send('main form');
    const body = page.called('POST subscriptions').at(-1)!.body as { startsOn: string };
    expect(body).toEqual({
      billingAccountId: 'b-1',
      items: [{ priceId: 'pr-100' }, { priceId: 'pr-line', quantity: '2' }],
      startsOn: body.startsOn,
      collection: 'send_invoice',
      reference: 'PC-1197',
    });
    await eventually(() => expect(page.path()).toBe('/console/billing/subscriptions/s-1'));
  });

  it('says so where there is nothing to subscribe to', async () => {
    const page = await visit('billing/subscriptions/new', { 'GET plans': () => json({ data: [] }) });
    expect(page.text()).toContain('Ainda não há o que assinar');
  });
});

describe('plans', () => {
  it('are listed with what they cost; archived ones when they are wanted', async () => {
    const page = await visit('billing/plans', {
      'GET plans': () =>
        json({ data: [...PLANS, plan({ id: 'pl-old', name: 'Antigo', archivedAt: '2026-01-01T12:00:00Z' })] }),
    });
    expect(plain(page.text())).toContain('R$ 19,90 por linha, por mês');
    expect(page.text()).not.toContain('Antigo');
    document.querySelector<HTMLElement>('[role="checkbox"]')!.click();
    await settle();
    expect(page.text()).toContain('Antigo');
  });

  it('one is made, and its page comes where it gets its price', async () => {
    const made = plan({ id: 'pl-new', name: 'Móvel 200 GB', prices: [], subscriptions: 0 });
    const page = await visit('billing/plans', {
      'POST plans': () => json({ plan: made }, 201),
      'GET plans/pl-new': () => json({ plan: made }),
      'POST plans/pl-new/prices': () => json({ plan: made }, 201),
    });
    await page.click('Novo plano');
    await eventually(() => expect(page.field('Nome')).toBeTruthy());
    await page.type('Nome', 'Móvel 200 GB');
    await send();
    expect(page.called('POST plans').at(-1)!.body).toEqual({
      name: 'Móvel 200 GB',
      kind: 'plan',
      description: null,
      family: null,
      isOffered: false,
    });
    await eventually(() => expect(page.heading()).toBe('Móvel 200 GB'));
    expect(page.text()).toContain('Sem preço, ninguém assina.');
    await page.click('Novo preço');
    await eventually(() => expect(page.field('Valor, em BRL')).toBeTruthy());
    await page.type('Valor, em BRL', '149,90');
    await page.type('Dias de teste', '7');
    await page.type('Imposto, em %', '5');
    await send();
    expect(page.errorOf('Nome do imposto')).toContain('como ISS');
    await page.type('Nome do imposto', 'ISS');
    await send();
    expect(page.called('POST plans/pl-new/prices').at(-1)!.body).toEqual({
      model: 'flat',
      currency: 'BRL',
      unitAmount: 14_990,
      unitName: null,
      cycle: { every: 1, unit: 'month' },
      trialDays: 7,
      setupAmount: 0,
      tax: { name: 'ISS', percent: '5', included: false },
    });
  });

  it('one is changed as it was read, and said so where somebody was quicker', async () => {
    const page = await visit('billing/plans/pl-50', {
      'GET plans/pl-50': () => json({ plan: plan() }),
      'PATCH plans/pl-50': () => problem(409, 'conflict'),
    });
    await page.type('Família', 'Móvel');
    await send('main form');
    expect(page.called('PATCH plans/pl-50').at(-1)!.body).toEqual({ family: 'Móvel', version: 2 });
    expect(document.querySelector('main form')!.textContent).toContain('Outra pessoa');
  });

  it('prices are archived, never changed', async () => {
    const page = await visit('billing/plans/pl-50', {
      'GET plans/pl-50': () => json({ plan: plan() }),
      'POST plans/pl-50/prices/pr-50/archive': () => json({ plan: plan() }),
    });
    await page.click('Arquivar o preço 1');
    await eventually(() => expect(page.text()).toContain('Arquivar este preço?'));
    await page.click('Arquivar preço');
    await eventually(() => expect(page.called('POST plans/pl-50/prices/pr-50/archive')).toHaveLength(1));
  });

  it('have rules for all subscriptions', async () => {
    const page = await visit('billing/subscription-settings', {
      'PATCH subscription-settings': () =>
        json({ subscriptionSettings: { ...settings, version: 2, offerPercent: '20' } }),
    });
    await page.type('Desconto, em %', '120');
    await send('main form');
    expect(page.errorOf('Desconto, em %')).toContain('de 0 a 100');
    await page.type('Desconto, em %', '20');
    await page.choose('O que acontece com a assinatura', 'pause');
    await send('main form');
    expect(page.called('PATCH subscription-settings').at(-1)!.body).toEqual({
      pastDueAction: 'pause',
      offerPercent: '20',
      version: 1,
    });
  });
});
