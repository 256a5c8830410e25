import { beforeEach, describe, expect, it, vi } from 'vitest';
import { eventually, json, listOf, me, openPortal, problem, settle, type Api } from './harness.js';
import { due, invoice, LATE, reais, summary } from './invoices.js';
import { BOLETO, offer, PAID, payment, PIX_CODE } from './pay.js';
import type { Payment, PaymentOffer } from '../src/api/types.js';

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-18T12:00:00Z'), toFake: ['Date'] });
  return () => vi.useRealTimers();
});

const payer = { 'GET auth/me': () => json(me({ permissions: ['invoices:read', 'payments:create'] })) };
const spaced = () => document.body.textContent.replace(/\s+/g, ' ');
const sheet = () => document.querySelector('[role=dialog]')?.textContent.replace(/\s+/g, ' ') ?? '';

interface Now {
  payment: Payment;
  offer?: PaymentOffer;
  invoice?: Parameters<typeof invoice>[0];
}
/** Opens the sheet of an invoice; `now` is what the API says of its payment at that moment. */
async function openSheet(now: Now, api: Api = {}) {
  const portal = await openPortal('/invoices/i-1', {
    api: {
      ...payer,
      'GET invoices/i-1': () => json({ invoice: invoice(now.invoice ?? LATE) }),
      'GET payments/offer': () => json(now.offer ?? offer()),
      'POST payments': () => json({ payment: { ...payment(), status: 'preparing', pixCode: null } }, 201),
      'GET payments/p-1': () => json({ payment: now.payment }),
      ...api,
    },
  });
  await portal.click('Pagar R$ 842,35');
  await eventually(() => expect(sheet()).toContain('Pagar fatura'));
  return portal;
}

describe('S0.3 B.6 the pay sheet', () => {
  it('is closed by a step back, which leaves the invoice once it is closed', async () => {
    const portal = await openSheet({ payment: payment() }, { 'GET invoices': () => json(listOf([])) });
    await portal.router.push('/invoices');
    await portal.router.push('/invoices/i-1');
    await portal.click('Pagar R$ 842,35');
    await eventually(() => expect(sheet()).toContain('Pagar fatura'));
    portal.router.back();
    await eventually(() => expect(sheet()).toBe(''));
    expect(portal.router.currentRoute.value.path).toBe('/invoices/i-1');
    portal.router.back();
    await eventually(() => expect(portal.router.currentRoute.value.path).toBe('/invoices'));
  });

  it('takes no step back where it was closed otherwise, or another page was gone to from it', async () => {
    const portal = await openSheet({ payment: payment() }, { 'GET invoices': () => json(listOf([])) });
    await portal.router.push('/invoices');
    await portal.router.push('/invoices/i-1');
    for (const way of ['closed', 'left'] as const) {
      await portal.click('Pagar R$ 842,35');
      await eventually(() => expect(sheet()).toContain('Pagar fatura'));
      if (way === 'left') await portal.router.push('/invoices');
      else document.querySelector<HTMLElement>('[role=dialog] [aria-label="Fechar"]')!.click();
      await eventually(() => expect(sheet()).toBe(''));
      await new Promise((done) => setTimeout(done, 150));
      portal.router.back();
      if (way === 'left') {
        await eventually(() => expect(portal.router.currentRoute.value.path).toBe('/invoices/i-1'));
        portal.router.back();
      }
      await eventually(() => expect(portal.router.currentRoute.value.path).toBe('/invoices'));
      if (way === 'closed') await portal.router.push('/invoices/i-1');
    }
  });

  it('S0.50 shows the code of PIX, what it is made of, what it is tomorrow, and changes by itself when it is paid', async () => {
    const now: Now = { payment: payment() };
    const portal = await openSheet(now);
    await eventually(() => expect(sheet()).toContain(PIX_CODE));
    for (const words of [
      'R$ 842,35',
      'Mensalidade de outubro, vencida em 25/10/2026',
      'Multa de 2%',
      'Juros de 24 dias, 1% ao mês',
      'Com R$ 22,95 de multa e juros.',
      'Amanhã serão R$ 842,62',
      'Aguardando o pagamento',
      '30:00',
    ])
      expect(sheet()).toContain(words);
    expect(document.querySelector('[role=dialog] svg[aria-label="QR code do PIX"] path')).not.toBeNull();
    expect(portal.called('POST payments')).toHaveLength(1);
    now.payment = payment(PAID);
    now.invoice = { ...LATE, status: 'paid', owed: reais(0), amountDue: reais(0), lateCharges: null };
    await eventually(() => expect(sheet()).toContain('Pagamento recebido'));
    expect(sheet()).toContain('A fatura está quitada.');
    expect(sheet()).toContain('Multa e juros da fatura F-2026-004390');
    expect(sheet()).toContain('Ver recibo');
  });

  it.each([
    [{ status: 'expired', pixCode: null } as const, 'Este código expirou', 'Gerar novo código PIX'],
    [
      { status: 'withdrawn', withdrawnFor: 'changed', pixCode: null } as const,
      'o vencimento mudou',
      'Gerar novo código PIX',
    ],
    [
      { status: 'withdrawn', withdrawnFor: 'replaced', replacedById: 'p-2', pixCode: null } as const,
      'Um código mais novo tomou o lugar deste',
      'Ver o código que vale',
    ],
    [
      { status: 'failed', failure: 'other', pixCode: null } as const,
      'não aceitou e nada foi cobrado',
      'Gerar novo código PIX',
    ],
    [{ status: 'unknown', pixCode: null } as const, 'Estamos perguntando ao banco', undefined],
  ])('says of a code that is %o what became of it and what to do', async (more, words, button) => {
    const now = { payment: payment(more) };
    const portal = await openSheet(now, { 'GET payments/p-2': () => json({ payment: payment({ id: 'p-2' }) }) });
    await eventually(() => expect(sheet()).toContain(words));
    expect(sheet()).not.toContain(PIX_CODE);
    if (!button) return expect(sheet()).not.toContain('Gerar novo');
    now.payment = payment();
    await portal.click(button);
    await eventually(() => expect(sheet()).toContain(PIX_CODE));
    if (button.startsWith('Gerar'))
      expect(portal.called('POST payments').at(-1)!.body).toEqual({ invoiceIds: ['i-1'], method: 'pix', anew: true });
  });

  it('S0.3 has a tab for each way that is offered, and no other', async () => {
    const { ways } = offer();
    await openSheet({ payment: payment(), offer: offer({ ways: ways.slice(0, 2) }) });
    await eventually(() => expect(sheet()).toContain(PIX_CODE));
    expect([...document.querySelectorAll('[role=tab]')].map((tab) => tab.textContent.trim())).toEqual([
      'PIX',
      'Boleto',
    ]);
  });

  it('says that the other code counts as well, and that one is enough', async () => {
    const boleto = payment({ id: 'p-9', method: 'boleto', pixCode: null, boleto: BOLETO });
    await openSheet({ payment: payment(), offer: offer({ open: [payment(), boleto] }) });
    await eventually(() => expect(sheet()).toContain('Um boleto de R$ 842,35, com vencimento em 25/11/2026.'));
    expect(sheet()).toContain('Pague só um deles.');
  });

  it('S0.49 asks for a boleto only when somebody wants it, and shows its line in groups', async () => {
    const slip = payment({ id: 'p-3', method: 'boleto', pixCode: null, boleto: BOLETO });
    const asked = ({ body }: { body: unknown }) => (body as { method: string }).method;
    let made = false;
    const portal = await openSheet(
      { payment: payment() },
      {
        'POST payments': (call) => json({ payment: asked(call) === 'boleto' ? slip : payment() }, 201),
        'GET payments/p-3': () => json({ payment: slip }),
        'GET payments/p-3/boleto': () =>
          json({ document: made ? { url: '/files/boleto', name: 'boleto.pdf', bytes: 9 } : null }),
        'POST payments/p-3/boleto': () => {
          made = true;
          return json({ isReady: true });
        },
      },
    );
    await eventually(() => expect(sheet()).toContain(PIX_CODE));
    await portal.click('Boleto');
    expect(portal.called('POST payments')).toHaveLength(1);
    expect(sheet()).toContain('1 a 3 dias úteis');
    await portal.click('Gerar boleto');
    await eventually(() => expect(sheet()).toContain('00190.50095 40144.816069 06809.350314 3 37370000000100'));
    expect(portal.called('POST payments').at(-1)!.body).toEqual({ invoiceIds: ['i-1'], method: 'boleto' });
    // As a file, which is made where it is not there.
    await portal.click('Baixar boleto em PDF');
    await eventually(() => expect(portal.called('POST payments/p-3/boleto')).toHaveLength(1));
    await eventually(() => expect(portal.called('GET payments/p-3/boleto')).toHaveLength(2));
  });

  it('is told on the page of its invoice, with what went back of it and why', async () => {
    const [back, going] = [
      { id: 'r-1', amount: reais(30_000), reason: 'Cobrado em dobro', isBack: true, at: '2026-11-19T12:00:00Z' },
      { id: 'r-2', amount: reais(10_000), reason: 'Visita cancelada', isBack: false, at: '2026-11-20T12:00:00Z' },
    ];
    await openPortal('/invoices/i-1', {
      api: {
        ...payer,
        'GET invoices/i-1': () => json({ invoice: invoice(LATE) }),
        'GET invoices/i-1/payments': () => json({ data: [payment({ ...PAID, refunds: [back, going] })] }),
      },
    });
    await eventually(() => expect(spaced()).toContain('Pagamentos desta fatura'));
    expect(spaced()).toMatch(/R\$ 300,00 devolvidos em 19\/11\/2026.*Cobrado em dobro/);
    expect(spaced()).toMatch(/R\$ 100,00 estão voltando para você, desde 20\/11\/2026.*Visita cancelada/);
  });

  it.each([
    ['is owed', LATE, 'O cartão está vencido e nada foi cobrado. Use outro cartão ou pague por PIX.'],
    ['is closed', { status: 'written_off', owed: reais(0) } as const, 'Não deu certo, e nada foi cobrado.'],
  ])('that failed says how else to pay only where its invoice %s', async (_, more, words) => {
    const failed = payment({ status: 'failed', method: 'card', failure: 'expired_card', pixCode: null });
    await openPortal('/invoices/i-1', {
      api: {
        ...payer,
        'GET invoices/i-1': () => json({ invoice: invoice(more) }),
        'GET invoices/i-1/payments': () => json({ data: [failed] }),
      },
    });
    await eventually(() => expect(spaced()).toContain('Pagamentos desta fatura'));
    expect(spaced()).toContain(words);
    expect(spaced().includes('pague por PIX')).toBe(words.includes('pague por PIX'));
  });

  it('pays a part, which it reads as people write it', async () => {
    const portal = await openSheet({ payment: payment() });
    await eventually(() => expect(sheet()).toContain(PIX_CODE));
    await portal.click('Pagar só uma parte');
    await portal.type('Quanto pagar agora', '900');
    await portal.click('Usar este valor');
    await eventually(() => expect(sheet()).toContain('O total é R$ 842,35.'));
    await portal.type('Quanto pagar agora', '150,00');
    await portal.click('Usar este valor');
    await eventually(() => expect(portal.called('POST payments')).toHaveLength(2));
    expect(portal.called('POST payments').at(-1)!.body).toEqual({ invoiceIds: ['i-1'], method: 'pix', amount: 15_000 });
  });

  it('says what is wrong where no code can be made, and that nothing is left to pay', async () => {
    const now = { payment: payment(), offer: offer() };
    const portal = await openSheet(now, {
      'POST payments': () => problem(409, 'payment_method_unavailable'),
    });
    await eventually(() => expect(sheet()).toContain('Gerar código PIX'));
    expect(portal.called('POST payments')).toHaveLength(1);
    now.offer = offer({ total: reais(0), invoices: [], open: [] });
    await portal.click('Gerar código PIX');
    await eventually(() => expect(sheet()).toContain('Não há mais nada a pagar'));
  });
});

it('S0.3 whose role does not pay is told whom to ask', async () => {
  await openPortal('/invoices/i-1', {
    api: {
      'GET auth/me': () => json(me({ permissions: ['invoices:read'] })),
      'GET invoices/i-1': () => json({ invoice: invoice(LATE) }),
    },
  });
  await eventually(() => expect(spaced()).toContain('Para pagar, ou combinar como, fale com Aurora.'));
  expect(spaced()).not.toContain('Pagar R$');
});

it('S0.3 several are chosen in the list and paid at once', async () => {
  const invoices = [
    summary(LATE),
    summary({ id: 'i-2', title: 'Mensalidade de novembro' }),
    summary({ id: 'i-3', owed: reais(0), status: 'paid' }),
  ];
  const portal = await openPortal('/invoices', {
    api: {
      ...payer,
      'GET invoices': () => json(listOf(invoices)),
      'GET payments/offer': () => json(offer()),
      'POST payments': () => json({ payment: payment() }, 201),
      'GET payments/p-1': () => json({ payment: payment() }),
    },
  });
  await eventually(() => expect(document.querySelectorAll('[role=checkbox]')).toHaveLength(2));
  for (const place of [1, 0]) {
    document.querySelectorAll<HTMLElement>('[role=checkbox]')[place]!.click();
    await settle();
  }
  await eventually(() => expect(spaced()).toContain('R$ 1.661,75'));
  await portal.click('Pagar selecionadas');
  await eventually(() => expect(sheet()).toContain('Pagar 2 faturas'));
  expect(Object.fromEntries(portal.called('GET payments/offer').at(-1)!.query)).toEqual({ invoiceIds: 'i-1,i-2' });
});

it('S0.3 home leads with the amount and pays all of it', async () => {
  const portal = await openPortal('/', {
    api: {
      ...payer,
      'GET invoices/overview': () => json({ due: [due()], invoices: [summary(LATE)] }),
      'GET payments/offer': () => json(offer()),
      'POST payments': () => json({ payment: payment() }, 201),
      'GET payments/p-1': () => json({ payment: payment() }),
    },
  });
  await portal.click('Pagar R$ 842,35');
  await eventually(() => expect(sheet()).toContain(PIX_CODE));
});
