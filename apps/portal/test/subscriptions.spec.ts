import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Subscription } from '../src/data/subscriptions.js';
import { eventually, json, listOf, me, openPortal, problem, settle, type Api } from './harness.js';
import { reais } from './invoices.js';
import { offer } from './pay.js';
import {
  choice,
  event,
  giga,
  invoiced,
  item,
  lines,
  quote,
  startQuote,
  subscription,
  summary,
} from './subscriptions.js';

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-18T12:00:00Z'), toFake: ['Date'] });
  return () => vi.useRealTimers();
});

const ALL = ['subscriptions:read', 'subscriptions:manage', 'invoices:read', 'payments:create'] as const;
type May = (typeof ALL)[number] | 'payment_methods:manage';
const as = (...permissions: May[]): Api => ({ 'GET auth/me': () => json(me({ permissions })) });
const spaced = () => document.body.textContent.replace(/\s+/g, ' ');
const sheet = () => document.querySelector('[role=dialog]')?.textContent.replace(/\s+/g, ' ') ?? '';
const radio = (value: string) => document.querySelector<HTMLInputElement>(`[role=dialog] input[value="${value}"]`)!;
async function pick(value: string): Promise<void> {
  radio(value).click();
  await settle();
}
const send = async () => {
  document.querySelector<HTMLFormElement>('[role=dialog] form')!.requestSubmit();
  await settle();
};

const SENT = 'POST subscriptions/s-1';
function open(more: Partial<Subscription> = {}, api: Api = {}, permissions: readonly May[] = ALL) {
  return openPortal('/subscriptions/s-1', {
    api: {
      ...as(...permissions),
      'GET subscriptions/s-1': () => json({ subscription: subscription(more) }),
      'GET subscriptions/s-1/invoices': () => json({ data: [invoiced()] }),
      'GET subscriptions/s-1/choices': () => json({ current: item(), choices: [choice(), giga] }),
      'GET subscriptions/s-1/change': () => json({ quote: quote() }),
      ...api,
    },
  });
}

describe('S0.4 the list of subscriptions', () => {
  it('says how each stands, what comes next, and keeps those that have ended', async () => {
    const portal = await openPortal('/subscriptions', {
      api: {
        ...as(...ALL),
        'GET subscriptions': () =>
          json(
            listOf([
              summary(),
              summary({ id: 's-2', state: 'trialing', trialEndsOn: '2026-12-01' }),
              summary({ id: 's-3', state: 'past_due', owed: reais(66_950) }),
              summary({ id: 's-4', state: 'paused', pausedFor: 'wish', resumeOn: '2027-01-10', nextRenewalOn: null }),
              summary({ id: 's-5', cancelOn: '2026-12-10', nextRenewalOn: null }),
              summary({ id: 's-6', state: 'canceled', endedOn: '2026-11-01', nextRenewalOn: null }),
              summary({ id: 's-7', state: 'pending', startsOn: '2026-12-05' }),
            ]),
          ),
      },
    });
    for (const words of [
      'Ativa',
      'Renova em 10/12/2026',
      'Em teste até 30/11/2026',
      'Primeira cobrança em 10/12/2026',
      'Em atraso',
      'R$ 669,50 em aberto',
      'Pausada até 10/01/2027',
      'Termina em 09/12/2026',
      'Encerrada',
      'Até 31/10/2026',
      'Começa em 05/12/2026',
      'por mês',
    ])
      expect(spaced()).toContain(words);
    expect(portal.links()).toContain('Assinaturas');
  });

  it('is narrowed to those that have ended, says so where there is none, and is nowhere for who may not read it', async () => {
    const none = { ...as(...ALL), 'GET subscriptions': () => json(listOf([])) };
    await openPortal('/subscriptions', { api: none });
    expect(spaced()).toContain('Nenhuma assinatura');
    const ended = await openPortal('/subscriptions?show=ended', { api: none });
    expect(ended.called('GET subscriptions').at(-1)!.query.get('state')).toBe('canceled');
    expect(spaced()).toContain('Nenhuma assinatura com esses filtros');
    await ended.click('Limpar filtros');
    expect(ended.called('GET subscriptions').at(-1)!.query.get('state')).toBeNull();
    expect(ended.path()).toBe('/subscriptions');
    const other = await openPortal('/subscriptions', { api: as('invoices:read') });
    expect(other.heading()).toBe('Sem acesso');
    expect(other.links()).not.toContain('Assinaturas');
  });
});

describe('S0.4 a subscription', () => {
  it('says what comes next, of what it is made to the cent, its invoices, and what became of it', async () => {
    await open({
      history: [
        event({
          kind: 'renewed',
          on: '2026-11-10',
          amount: reais(66_950),
          invoice: { id: 'i-1', number: 'F-2026-004390', title: null },
        }),
        event({ kind: 'changed', on: '2026-06-02', before: 'Fibra 300', after: 'Fibra 600', actorName: 'Bruno Teles' }),
        event({ kind: 'discount_given', on: '2026-05-02', after: '20.0000', periods: 3 }),
      ],
      discount: { percent: '10', periods: 2 },
      reference: 'PC-1182',
    });
    for (const words of [
      'Próxima cobrança',
      'R$ 669,50',
      'Emitida em 10/12/2026, vence em 25/12/2026.',
      'dá para pagar até 28/12/2026 sem acréscimo',
      '4 × R$ 44,90',
      'Mensal, emitida todo dia 10',
      'Sua referênciaPC-1182',
      '10% nas próximas 2 cobranças',
      'Fibra Empresarial 600, 10/11/2026 a 09/12/2026',
      'Renovada, R$ 669,50',
      'De Fibra 300 para Fibra 600',
      'Por Bruno Teles',
      'Desconto de 20% por 3 cobranças',
    ])
      expect(spaced()).toContain(words);
  });

  it('tells what was planned on the day when it was said, and for which', async () => {
    const at = '2026-11-18T12:00:00Z';
    await open({
      history: [
        event({ id: 'e-0', kind: 'paused', on: '2026-11-18', until: '2027-01-10', reason: 'wish', actorName: 'Ana' }),
        event({ id: 'e-1', kind: 'cancel_planned', on: '2026-12-10', at }),
        event({ id: 'e-2', kind: 'pause_planned', on: '2026-12-12', until: '2027-02-12', at }),
        event({ id: 'e-3', kind: 'change_scheduled', on: '2026-12-14', before: 'Fibra 300', after: 'Fibra 600', at }),
      ],
    });
    for (const words of [
      'Pausada até 10/01/2027Por Ana18/11/2026',
      'Cancelamento marcado para 09/12/202618/11/2026',
      'Pausa marcada de 12/12/2026 até 12/02/202718/11/2026',
      'Mudança marcada para 14/12/2026: de Fibra 300 para Fibra 60018/11/2026',
    ])
      expect(spaced()).toContain(words);
  });

  it('says that the default card pays it where that pays every invoice', async () => {
    const methods = (isAutomatic: boolean) => ({
      'GET payment-methods': () => json({ isAutomatic, retryDays: [3], methods: [{ id: 'm-1', isDefault: true }] }),
    });
    const may: May[] = [...ALL, 'payment_methods:manage'];
    await open({}, methods(true), may);
    expect(spaced()).toContain('No cartão principal, no vencimento de cada fatura');
    await open({}, methods(false), may);
    expect(spaced()).toContain('Você escolhe em cada fatura');
    const other = await open({}, methods(true));
    expect(other.called('GET payment-methods')).toHaveLength(0);
  });

  it('of which usage is counted says its price, and that the sum is not the last word', async () => {
    const used = item({
      id: 't-3',
      name: 'Minutos',
      detail: null,
      model: 'usage',
      unitName: 'minutos',
      included: '500',
      unitAmount: reais(19),
      amount: reais(0),
    });
    const charge = subscription().nextCharge!;
    const usage = [
      { itemId: 't-3', usedOn: '2026-11-20', quantity: '130.5', isBilled: false },
      { itemId: 't-gone', usedOn: '2026-11-02', quantity: '70', isBilled: true },
    ];
    await open(
      { items: [item(), used], nextCharge: { ...charge, isEstimate: true } },
      { 'GET subscriptions/s-1/usage': () => json({ data: usage }) },
    );
    expect(spaced()).toContain('Uso recenteMinutos20/11/2026 · ainda não cobrado130,5 minutos');
    expect(spaced()).toContain('Item de antes02/11/2026 · já cobrado70');
    expect(spaced()).toContain('500 minutos incluídos, depois R$ 0,19 cada');
    expect(spaced()).toContain('Total até agora');
    expect(spaced()).toContain('O que ainda for usado até lá entra nesta cobrança.');
  });

  it('is only looked at by who may not manage it, and shows no invoices to who reads none', async () => {
    const portal = await open({}, {}, ['subscriptions:read']);
    expect(spaced()).not.toContain('Mudar de plano');
    expect(spaced()).not.toContain('Cancelar assinatura');
    expect(portal.called('GET subscriptions/s-1/invoices')).toHaveLength(0);
  });

  it('offers what the portal and its state let, and nothing else', async () => {
    await open({ actions: ['change'] });
    expect(spaced()).toContain('Mudar de plano');
    expect(spaced()).not.toContain('Pausar');
    expect(spaced()).not.toContain('Cancelar assinatura');
  });

  it('that is nobody’s says so, and one that failed can be asked for again', async () => {
    const missing = await open({}, { 'GET subscriptions/s-1': () => problem(404, 'not_found') });
    expect(missing.heading()).toBe('Assinatura não encontrada');
    const failed = await open({}, { 'GET subscriptions/s-1': () => problem(403, 'permission_denied') });
    expect(failed.heading()).toBe('A assinatura não carregou');
  });

  it('that has ended stays with its invoices, and what is still to pay is paid from here', async () => {
    const portal = await open(
      {
        state: 'canceled',
        endedOn: '2026-11-01',
        nextCharge: null,
        nextRenewalOn: null,
        owed: reais(66_950),
        actions: ['restart'],
      },
      { 'GET payments/offer': () => json(offer()) },
    );
    expect(spaced()).toContain('Nenhuma');
    expect(spaced()).toContain('Era R$ 669,50 por mês.');
    expect(spaced()).toContain('Ainda há R$ 669,50 em aberto');
    expect(spaced()).toContain('F-2026-004390');
    await portal.click('Pagar agora');
    await eventually(() => expect(portal.called('GET payments/offer').at(-1)!.query.get('invoiceIds')).toBe('i-1'));
  });
});

describe('S0.4 changing the plan', () => {
  it('shows what is paid now and later, and does exactly that', async () => {
    const changed = subscription({
      unpaidChange: {
        on: '2026-11-18',
        titleBefore: 'Fibra Empresarial 600',
        titleAfter: 'Fibra 1 Giga',
        due: reais(11_733),
        invoiceId: 'i-9',
        invoiceNumber: 'F-2026-004400',
      },
    });
    const portal = await open(
      {},
      {
        [`${SENT}/change`]: () => json({ subscription: changed }),
        'GET payments/offer': () => json(offer()),
      },
    );
    await portal.click('Mudar de plano');
    await eventually(() => expect(sheet()).toContain('Fibra 1 Giga'));
    expect(radio('pr-600').checked).toBe(true);
    expect(portal.called('GET subscriptions/s-1/change')).toHaveLength(0);
    await pick('pr-giga');
    const asked = portal.called('GET subscriptions/s-1/change').at(-1)!.query;
    expect(Object.fromEntries(asked)).toEqual({ priceId: 'pr-giga', itemId: 't-1' });
    for (const words of [
      'Paga só a diferença dos 22 dias que faltam.',
      'Fibra 1 Giga, 22 de 30 dias476,59',
      'Fibra Empresarial 600, já pago e não usado− 359,26',
      'A pagar agoraR$ 117,33',
      'A partir de 10/12/2026, por mês829,50',
      'Diferença para hoje+ 160,00',
      'dá para voltar ao plano de hoje sem custo',
    ])
      expect(sheet()).toContain(words);
    await portal.click('Mudar e pagar R$ 117,33');
    expect(portal.called(`${SENT}/change`).at(-1)!.body).toEqual({
      priceId: 'pr-giga',
      itemId: 't-1',
      when: 'now',
      token: 'token-now',
    });
    // What was changed is paid at once.
    await eventually(() => expect(portal.called('GET payments/offer').at(-1)!.query.get('invoiceIds')).toBe('i-9'));
  });

  it('waits for the next charge where somebody wants that, and costs nothing now', async () => {
    const portal = await open({}, { [`${SENT}/change`]: () => json({ subscription: subscription() }) });
    await portal.click('Mudar de plano');
    await eventually(() => expect(sheet()).toContain('Fibra 1 Giga'));
    await pick('pr-giga');
    await pick('period_end');
    expect(sheet()).toContain('A pagar agoraR$ 0,00');
    await portal.click('Mudar em 10/12/2026');
    expect(portal.called(`${SENT}/change`).at(-1)!.body).toMatchObject({ when: 'period_end', token: 'token-later' });
    expect(spaced()).toContain('Muda para Fibra 1 Giga em 10/12/2026');
  });

  it('of how many there are asks for whole ones', async () => {
    const portal = await open(
      {},
      {
        'GET subscriptions/s-1/choices': (call) =>
          json(
            call.query.get('itemId') === 't-2'
              ? {
                  current: lines,
                  choices: [
                    choice({
                      priceId: 'pr-line',
                      name: 'Ramal',
                      model: 'per_unit',
                      unitName: 'ramal',
                      unitAmount: reais(4_490),
                    }),
                  ],
                }
              : { current: item(), choices: [choice(), giga] },
          ),
      },
    );
    await portal.click('Mudar de plano');
    await eventually(() => expect(sheet()).toContain('O que mudar'));
    await portal.choose('O que mudar', 't-2');
    await eventually(() => expect(portal.field('Quantos').value).toBe('4'));
    await portal.type('Quantos', '4,5');
    expect(sheet()).toContain('Escreva um número inteiro, como 5.');
    expect(portal.called('GET subscriptions/s-1/change')).toHaveLength(0);
    await portal.type('Quantos', '6');
    const asked = portal.called('GET subscriptions/s-1/change').at(-1)!.query;
    expect(Object.fromEntries(asked)).toEqual({ priceId: 'pr-line', itemId: 't-2', quantity: '6' });
  });

  it('that credits says so and asks for no payment, and taxes on top have their line', async () => {
    const now = quote().now!;
    const less = quote({
      now: {
        ...now,
        due: reais(-5_000),
        credit: reais(5_000),
        parts: [{ kind: 'credit', name: 'Fibra 600', amount: reais(4_500) }],
      },
    });
    const portal = await open({}, { 'GET subscriptions/s-1/change': () => json({ quote: less }) });
    await portal.click('Mudar de plano');
    await eventually(() => expect(sheet()).toContain('Fibra 1 Giga'));
    await pick('pr-giga');
    expect(sheet()).toContain('Impostos e descontos− 5,00');
    expect(sheet()).toContain('Fica de créditoR$ 50,00');
    expect(sheet()).toContain('Os 22 dias que já estão pagos e não serão usados viram crédito.');
    expect(portal.button('Mudar agora')).toBeTruthy();
  });

  it('whose price has moved is shown anew, and nothing is done', async () => {
    let times = 0;
    const portal = await open(
      {},
      {
        'GET subscriptions/s-1/change': () => {
          const now = { ...quote().now!, due: reais(times++ === 0 ? 11_733 : 12_000) };
          return json({ quote: quote({ now }) });
        },
        [`${SENT}/change`]: () => problem(409, 'subscription_price_changed'),
      },
    );
    await portal.click('Mudar de plano');
    await eventually(() => expect(sheet()).toContain('Fibra 1 Giga'));
    await pick('pr-giga');
    await portal.click('Mudar e pagar R$ 117,33');
    await eventually(() => expect(portal.button('Mudar e pagar R$ 120,00')).toBeTruthy());
    expect(document.querySelector('[role=dialog] [role=alert]')).not.toBeNull();
  });
});

describe('B.19 a change of mind', () => {
  const unpaidChange = {
    on: '2026-11-18',
    titleBefore: 'Fibra 600',
    titleAfter: 'Fibra 1 Giga',
    due: reais(11_733),
    invoiceId: 'i-9',
    invoiceNumber: 'F-2026-004400',
  };

  it('an unpaid upgrade is swapped for another plan, and the invoice that goes is named', async () => {
    const replaces = { invoiceId: 'i-9', invoiceNumber: 'F-2026-004400' };
    const portal = await open(
      { unpaidChange, actions: ['change', 'undo_change'] },
      { 'GET subscriptions/s-1/change': () => json({ quote: quote({ replaces }) }) },
    );
    await portal.click('Escolher outro plano');
    await eventually(() => expect(sheet()).toContain('Fibra 1 Giga'));
    await pick('pr-giga');
    expect(sheet()).toContain('A fatura F-2026-004400, da mudança que não foi paga, é cancelada.');
  });

  it('or dropped, after it is said that its invoice goes with it', async () => {
    const portal = await open(
      { unpaidChange, actions: ['change', 'undo_change'] },
      { 'DELETE subscriptions/s-1/change': () => json({ subscription: subscription() }) },
    );
    expect(spaced()).toContain('A mudança para Fibra 1 Giga ainda não foi paga');
    await portal.click('Desistir da mudança');
    await eventually(() => expect(sheet()).toContain('a fatura F-2026-004400, de R$ 117,33, é cancelada'));
    await portal.click('Voltar a Fibra 600');
    await eventually(() => expect(portal.called('DELETE subscriptions/s-1/change')).toHaveLength(1));
  });

  it('an ended plan that was taken up again says in which it goes on, and is not taken up once more', async () => {
    const followedBy = { id: 's-2', number: 'AS-2026-000099' };
    const portal = await open({ state: 'canceled', endedOn: '2026-11-01', nextCharge: null, actions: [], followedBy });
    expect(portal.text()).toContain('Continua na assinaturaAS-2026-000099');
    expect(portal.text()).not.toContain('Assinar de novo');
  });

  it('an ended plan is taken up again at the prices of today, and its page comes', async () => {
    const again = subscription({
      id: 's-2',
      number: 'AS-2026-000099',
      follows: { id: 's-1', number: 'AS-2026-000087' },
    });
    const portal = await open(
      { state: 'canceled', endedOn: '2026-11-01', nextCharge: null, actions: ['restart'] },
      {
        'GET subscriptions/s-1/restart': () => json({ quote: startQuote() }),
        [`${SENT}/restart`]: () => json({ subscription: again }, 201),
        'GET subscriptions/s-2': () => json({ subscription: again }),
        'GET subscriptions/s-2/invoices': () => json({ data: [] }),
      },
    );
    await portal.click('Assinar de novo');
    await eventually(() => expect(sheet()).toContain('R$ 618,90'));
    expect(sheet()).toContain('Antes era R$ 669,50 por mês.');
    expect(sheet()).toContain('A primeira fatura vence em 28/11/2026.');
    document.querySelector<HTMLElement>('[role=dialog] button:last-of-type')?.focus();
    [...document.querySelectorAll<HTMLElement>('[role=dialog] button')]
      .find(({ textContent }) => textContent.trim() === 'Assinar de novo')!
      .click();
    await eventually(() => expect(portal.path()).toBe('/subscriptions/s-2'));
    expect(portal.called(`${SENT}/restart`).at(-1)!.body).toEqual({ token: 'token-again' });
    await eventually(() => expect(spaced()).toContain('Continua a assinatura'));
  });
});

describe('S0.5 a pause', () => {
  const saved = {
    token: 'token-pause',
    startsOn: '2026-12-10',
    resumesOn: '2027-02-10',
    skipped: [
      { on: '2026-12-10', amount: reais(66_950) },
      { on: '2027-01-10', amount: reais(66_950) },
    ],
    credit: reais(0),
    saved: reais(133_900),
    resumeTotal: reais(66_950),
    replaces: null,
  };

  it('has its days, says what does not come, and is planned', async () => {
    const portal = await open(
      {},
      {
        'GET subscriptions/s-1/pause': () => json({ quote: saved }),
        [`${SENT}/pause`]: () => json({ subscription: subscription() }),
      },
    );
    await portal.click('Pausar');
    await eventually(() => expect(sheet()).toContain('EconomiaR$ 1.339,00'));
    expect(sheet()).toContain('Cobrança de 10/01/2027 que não vem− 669,50');
    expect(sheet()).toContain('Tudo volta em 10/02/2027, com uma cobrança de R$ 669,50.');
    await send();
    expect(portal.called(`${SENT}/pause`).at(-1)!.body).toEqual({
      startsOn: '2026-12-10',
      resumesOn: '2027-02-10',
      token: 'token-pause',
    });
  });

  it('overwrites none that was planned while its days were chosen: the page shows that one, and so does the sheet', async () => {
    const theirs = { pauseOn: '2026-12-15', resumeOn: '2027-01-15' };
    let isPlanned = false;
    const portal = await open(
      {},
      {
        'GET subscriptions/s-1': () => json({ subscription: subscription(isPlanned ? theirs : {}) }),
        'GET subscriptions/s-1/pause': () => {
          const replaces = { startsOn: theirs.pauseOn, resumesOn: theirs.resumeOn };
          return json({ quote: isPlanned ? { ...saved, token: 'token-anew', replaces } : saved });
        },
        [`${SENT}/pause`]: ({ body }) => {
          if ((body as { token: string }).token === 'token-anew') return json({ subscription: subscription() });
          isPlanned = true;
          return problem(409, 'subscription_price_changed');
        },
      },
    );
    await portal.click('Pausar');
    await eventually(() => expect(sheet()).toContain('EconomiaR$ 1.339,00'));
    expect(sheet()).not.toContain('Toma o lugar');
    await send();
    await eventually(() => expect(sheet()).toContain('Toma o lugar da pausa marcada de 15/12/2026 a 15/01/2027.'));
    expect(document.querySelector('[role=dialog] [role=alert]')!.textContent).toContain('subscription_price_changed');
    expect(document.querySelector('main')!.textContent).toContain('Pausa marcada de 15/12/2026 a 15/01/2027');
    expect(portal.field('Para em').value).toBe('2026-12-10');
    await send();
    expect(portal.called(`${SENT}/pause`).map(({ body }) => (body as { token: string }).token)).toEqual([
      'token-pause',
      'token-anew',
    ]);
    expect(sheet()).toBe('');
  });

  it('is refused beside the day that does not fit, before anything is asked', async () => {
    const portal = await open({}, { 'GET subscriptions/s-1/pause': () => json({ quote: saved }) });
    await portal.click('Pausar');
    await eventually(() => expect(portal.field('Volta em').value).toBe('2027-02-10'));
    await portal.type('Volta em', '2027-06-10');
    await send();
    expect(portal.errorOf('Volta em')).toContain('no máximo 92 dias');
    await portal.type('Para em', '2026-11-01');
    expect(portal.errorOf('Para em')).toContain('já passou');
    expect(portal.called(`${SENT}/pause`)).toHaveLength(0);
  });

  it('that is planned is undone, or has other days', async () => {
    const portal = await open(
      { pauseOn: '2026-12-10', resumeOn: '2027-02-10', actions: ['pause', 'undo_pause'] },
      {
        'GET subscriptions/s-1/pause': () => json({ quote: saved }),
        'DELETE subscriptions/s-1/pause': () => json({ subscription: subscription() }),
      },
    );
    expect(spaced()).toContain('Pausa marcada de 10/12/2026 a 10/02/2027');
    await portal.click('Desfazer pausa');
    expect(portal.called('DELETE subscriptions/s-1/pause')).toHaveLength(1);
  });

  it('is ended at once with its price said before', async () => {
    const portal = await open(
      { state: 'paused', pausedFor: 'wish', resumeOn: '2027-02-10', nextCharge: null, actions: ['resume'] },
      {
        'GET subscriptions/s-1/resumption': () =>
          json({
            quote: {
              token: 'token-back',
              period: { startsOn: '2026-11-18', endsOn: '2026-12-18' },
              total: reais(66_950),
            },
          }),
        [`${SENT}/resumption`]: () => json({ subscription: subscription() }),
      },
    );
    expect(spaced()).toContain('A cobrança volta em 10/02/2027.');
    await portal.click('Retomar agora');
    await eventually(() => expect(sheet()).toContain('de 18/11/2026 a 17/12/2026'));
    [...document.querySelectorAll<HTMLElement>('[role=dialog] button')]
      .find(({ textContent }) => textContent.trim() === 'Retomar agora')!
      .click();
    await settle();
    expect(portal.called(`${SENT}/resumption`).at(-1)!.body).toEqual({ token: 'token-back' });
  });
});

describe('S0.6 cancelling', () => {
  const means = {
    token: 'token-end',
    endsOn: '2026-12-10',
    credit: reais(0),
    usage: reais(0),
    recurring: reais(66_950),
    offer: null,
  };
  const plan = {
    kind: 'plan',
    percent: null,
    periods: null,
    plan: { priceId: 'pr-giga', name: 'Fibra 300', unitAmount: reais(34_990) },
  };

  it('says what ends and when, asks why, and is done with what was shown', async () => {
    const portal = await open(
      {},
      {
        'GET subscriptions/s-1/cancellation': () => json({ quote: means }),
        [`${SENT}/cancellation`]: () => json({ subscription: subscription({ cancelOn: '2026-12-10' }) }),
      },
    );
    await portal.click('Cancelar assinatura');
    await eventually(() => expect(sheet()).toContain('O que termina, e quando'));
    expect(sheet()).toContain('09/12/2026');
    expect(sheet()).toContain('Até 09/12/2026 dá para desfazer.');
    await pick('moving');
    await portal.type('Quer dizer mais?', 'Vamos para outra cidade');
    await send();
    expect(portal.called(`${SENT}/cancellation`).at(-1)!.body).toEqual({
      when: 'period_end',
      reason: 'moving',
      comment: 'Vamos para outra cidade',
      token: 'token-end',
    });
  });

  it.each(['refused when it is confirmed', 'no longer possible when it is looked at'])(
    'is %s: what was wrong is said, and the page shows how it stands',
    async (when) => {
      const over = subscription({ state: 'canceled', endedOn: '2026-11-18', nextCharge: null, actions: [] });
      let isOver = false;
      const refused = () => {
        isOver = true;
        return problem(409, 'subscription_state');
      };
      const portal = await open(
        {},
        {
          'GET subscriptions/s-1': () => json({ subscription: isOver ? over : subscription() }),
          'GET subscriptions/s-1/cancellation': () =>
            when.startsWith('refused') && !isOver ? json({ quote: means }) : refused(),
          [`${SENT}/cancellation`]: refused,
        },
      );
      await portal.click('Cancelar assinatura');
      if (when.startsWith('refused')) {
        await eventually(() => expect(sheet()).toContain('O que termina, e quando'));
        await send();
      }
      await eventually(() => expect(document.querySelector('main')!.textContent).toContain('Encerrada'));
      expect(sheet()).toContain('subscription_state');
    },
  );

  it('makes the one offer that fits: a cheaper plan is shown with its price before it is taken', async () => {
    const portal = await open(
      {},
      {
        'GET subscriptions/s-1/cancellation': ({ query }) =>
          json({ quote: { ...means, offer: query.get('reason') === 'too_expensive' ? plan : null } }),
      },
    );
    await portal.click('Cancelar assinatura');
    await eventually(() => expect(sheet()).toContain('O que termina, e quando'));
    expect(sheet()).not.toContain('Ver este plano');
    await pick('too_expensive');
    await eventually(() => expect(sheet()).toContain('Fibra 300, por R$ 349,90'));
    await portal.click('Ver este plano');
    await eventually(() => expect(sheet()).toContain('Em 10/12/2026'));
    expect(radio('period_end').checked).toBe(true);
    expect(portal.called('GET subscriptions/s-1/change').at(-1)!.query.get('priceId')).toBe('pr-giga');
  });

  it('or a discount, which is taken at once', async () => {
    const discount = { kind: 'discount', percent: '20', periods: 3, plan: null };
    const portal = await open(
      {},
      {
        'GET subscriptions/s-1/cancellation': () => json({ quote: { ...means, offer: discount } }),
        [`${SENT}/discount`]: () => json({ subscription: subscription() }),
      },
    );
    await portal.click('Cancelar assinatura');
    await eventually(() => expect(sheet()).toContain('20% de desconto nas próximas 3 cobranças'));
    await portal.click('Ficar com o desconto');
    expect(portal.called(`${SENT}/discount`)).toHaveLength(1);
    expect(sheet()).toBe('');
  });

  it('at once says that there is no way back, and what comes back as credit', async () => {
    const portal = await open(
      { actions: ['cancel_at_period_end', 'cancel_now'], owed: reais(20_000), collection: 'automatic' },
      {
        'GET subscriptions/s-1/cancellation': ({ query }) =>
          json({
            quote:
              query.get('when') === 'now'
                ? { ...means, token: 'token-today', endsOn: '2026-11-18', credit: reais(49_000) }
                : means,
          }),
        [`${SENT}/cancellation`]: () => json({ subscription: subscription({ state: 'canceled' }) }),
      },
    );
    await portal.click('Cancelar assinatura');
    await eventually(() => expect(sheet()).toContain('O que termina, e quando'));
    expect(sheet()).toContain('Continuam a vencer. O cartão salvo continua a ser cobrado por elas.');
    await pick('now');
    await eventually(() => expect(sheet()).toContain('Volta como créditoR$ 490,00'));
    expect(sheet()).toContain('O crédito é abatido primeiro das faturas deste período');
    expect(sheet()).toContain('O cartão salvo continua a ser cobrado por elas.');
    expect(sheet()).not.toContain('Continuam a vencer.');
    expect(sheet()).toContain('Não dá para desfazer.');
    await send();
    expect(portal.called(`${SENT}/cancellation`).at(-1)!.body).toMatchObject({
      when: 'now',
      reason: null,
      token: 'token-today',
    });
  });

  it('is undone until it takes effect', async () => {
    const portal = await open(
      { cancelOn: '2026-12-10', nextCharge: null, actions: ['undo_cancellation'] },
      { 'DELETE subscriptions/s-1/cancellation': () => json({ subscription: subscription() }) },
    );
    expect(spaced()).toContain('Cancelamento marcado para 09/12/2026');
    expect(spaced()).toContain('Era R$ 669,50 por mês. Termina em 09/12/2026');
    await portal.click('Desfazer cancelamento');
    expect(portal.called('DELETE subscriptions/s-1/cancellation')).toHaveLength(1);
  });
});
