import type { BillCheckFacts, LinkedInvoiceFacts } from '@balcao/api-client';
import { inTab } from '@balcao/ui';
import { describe, expect, it } from 'vitest';
import { branding, eventually, json, openPortal, problem, settle, type Api } from './harness.js';
import { invoice, LATE, reais } from './invoices.js';
import { PAID, payment } from './pay.js';

const TOKEN = 'AaIh0TfKdK6MvSE23BRsAg.HyiBdDF64I15-4YToXWXJ1igziUN17LyRwUI_8mj0_s';

function linked(more: Partial<LinkedInvoiceFacts> = {}): LinkedInvoiceFacts {
  const { purchaseOrder: _order, allowsPartial: _part, fiscalNotes: _notes, history: _history, ...facts } = invoice();
  const { billTo: _billTo, settledAt: _settled, ...told } = facts;
  return { ...told, billToName: 'Padaria Estrela', checkCode: '7K4F92QD', ...more };
}
const answering = (more: Partial<LinkedInvoiceFacts> = {}): Api => ({
  'GET payment-link': () => json({ invoice: linked(more), timeZone: 'America/Sao_Paulo' }),
});
const open = (api: Api = answering(), path = `/pay#token=${TOKEN}`) => openPortal(path, { api, session: false });

describe('the page of a payment link', () => {
  it('shows its invoice to who has not signed in, by its token alone', async () => {
    const portal = await open();
    expect(portal.text()).toContain('Mensalidade de outubro');
    expect(portal.text().replace(/\s/g, ' ')).toContain('R$ 819,40');
    expect(portal.text()).toContain('Fibra Empresarial 600');
    expect(portal.text()).toContain('7K4F-92QD');
    expect(portal.text()).toContain('Padaria Estrela');
    expect(portal.called('GET auth/me')).toHaveLength(0);
    expect(document.querySelector('a[href="/check"]')).not.toBeNull();
  });

  it('says what came of a press', async () => {
    const portal = await open();
    await portal.click('Copiar o código de conferência');
    await eventually(() => expect(document.querySelector('[data-toast]')).not.toBeNull());
  });

  it('says what it is today where it is late', async () => {
    const portal = await open(answering({ ...LATE }));
    expect(portal.text().replace(/\s/g, ' ')).toContain('R$ 842,35');
    expect(portal.text()).toContain('Venceu em');
  });

  it.each([
    ['paid', { status: 'paid', owed: reais(0), settled: reais(81_940) }, 'Esta fatura já está paga'],
    [
      'void',
      { status: 'void', owed: reais(0), voidedAt: '2026-11-20T12:00:00Z' },
      'Esta fatura foi anulada. Não pague',
    ],
    ['closed', { status: 'written_off', owed: reais(0) }, 'Não há nada a pagar desta fatura'],
    ['refunded', { status: 'refunded', owed: reais(0), refunded: reais(81_940) }, 'O valor desta fatura foi devolvido'],
  ] as const)('says plainly that it is %s, and what to do', async (_, more, words) => {
    const portal = await open(answering(more));
    expect(portal.text()).toContain(words);
  });

  it.each([
    ['payment_link_expired', 403, 'O prazo deste link passou'],
    ['payment_link_revoked', 403, 'Quem emitiu a fatura cancelou este link'],
    ['payment_link_unknown', 404, 'Não encontramos a fatura deste link'],
  ])('of a link that opens nothing (%s) says why, and leads to a second copy', async (code, status, words) => {
    const portal = await open({ 'GET payment-link': () => problem(status, code) });
    expect(portal.text()).toContain(words);
    expect(document.querySelector('main a[href="/second-copy"]')).not.toBeNull();
  });

  describe('to whoever comes back from the page for cards', () => {
    const back = (api: Api) => open(api, '/pay?payment=p-1');
    const card = payment({ id: 'p-1', method: 'card', pixCode: null, pageUrl: 'https://gateway.example/page' });

    it('says how it went, by the link that the tab knows, and by itself', async () => {
      let now = card;
      const asked = { 'GET payment-link/payments/p-1': () => json({ payment: now }) };
      inTab.write('balcao-pay p-1', TOKEN);
      const portal = await back({ ...answering(), ...asked });
      await eventually(() => expect(portal.text()).toContain('Aguardando o pagamento'));
      const [read] = portal.called('GET payment-link');
      expect(read!.headers.get('x-balcao-payment-link')).toBe(TOKEN);
      now = { ...card, ...PAID, pageUrl: null };
      await eventually(() => expect(portal.text()).toContain('Pagamento recebido'));
    });

    it('in another tab says where to look, and asks nothing', async () => {
      inTab.write('balcao-pay p-1', undefined);
      const portal = await back(answering());
      expect(portal.text()).toContain('abra de novo o link que recebeu');
      expect(portal.called('GET payment-link')).toHaveLength(0);
    });
  });

  it('is asked for again where the answer did not come', async () => {
    let times = 0;
    const portal = await open({
      'GET payment-link': () =>
        times++ ? json({ invoice: linked(), timeZone: 'UTC' }) : problem(503, 'service_unavailable'),
    });
    await portal.click('Tentar de novo');
    expect(portal.text()).toContain('Mensalidade de outubro');
  });
});

const checked = (more: Partial<BillCheckFacts> = {}): BillCheckFacts => ({
  verdict: 'genuine',
  reason: 'as_issued',
  issuer: { name: 'Aurora', legalName: 'Aurora Telecom Ltda', taxId: '29881604000176', email: null, phone: null },
  amount: reais(81_940),
  dueOn: '2026-10-25',
  ...more,
});

describe('B.14 the page that says whether a bill is ours', () => {
  const ask = async (answer: BillCheckFacts) => {
    const portal = await open({ 'POST bill-check': () => json({ check: answer }) }, '/check');
    await portal.type('Código da cobrança', ' 7K4F-92QD ');
    await portal.click('Conferir');
    return portal;
  };

  it('tells of a genuine one what it says', async () => {
    const portal = await ask(checked());
    expect(portal.called('POST bill-check')[0]?.body).toEqual({ code: '7K4F-92QD' });
    const text = portal.text().replace(/\s/g, ' ');
    for (const words of ['É nossa', 'Aurora Telecom Ltda', '29.881.604/0001-76', 'R$ 819,40', '25/10/2026'])
      expect(text).toContain(words);
  });

  it.each([
    ['changed', 'other_receiver', 'Não pague: esta cobrança foi alterada'],
    ['no_longer', 'paid', 'Não pague: esta cobrança não vale mais'],
    ['unknown', 'not_ours', 'Não conhecemos esta cobrança'],
  ] as const)('says of one that is %s not to pay it', async (verdict, reason, words) => {
    const portal = await ask(checked({ verdict, reason, amount: null, dueOn: null }));
    expect(portal.text()).toContain(words);
    expect(portal.text()).not.toContain('29.881.604');
  });

  it('takes a file, and asks about another one', async () => {
    const portal = await open({ 'POST bill-check/file': () => json({ check: checked() }) }, '/check');
    const picker = document.querySelector<HTMLInputElement>('input[type="file"]')!;
    Object.defineProperty(picker, 'files', { value: [new File(['%PDF'], 'fatura.pdf')] });
    picker.dispatchEvent(new Event('change'));
    await settle();
    expect(portal.text()).toContain('É nossa');
    await portal.click('Conferir outra');
    expect(portal.text()).toContain('Código da cobrança');
  });

  it('asks for a code before it sends anything', async () => {
    const portal = await open({}, '/check');
    await portal.click('Conferir');
    expect(portal.errorOf('Código da cobrança')).toBeTruthy();
  });
});

describe('B.15 the page of a second copy', () => {
  it.each([
    ['39053344705', '390.533.447-05'],
    ['12abc34501de35', '12.ABC.345/01DE-35'],
  ])('sends %s as it is masked, and says the same of whatever there is', async (typed, sent) => {
    const portal = await open({ 'POST second-copy': () => json({ success: true }) }, '/second-copy');
    await portal.type('CPF ou CNPJ', typed);
    await portal.click('Enviar aos e-mails do cadastro');
    expect(portal.called('POST second-copy')[0]?.body).toEqual({ taxId: sent });
    expect(portal.text()).toContain('Pedido recebido');
  });

  it('says of a number that does not add up what is wrong', async () => {
    const portal = await open({}, '/second-copy');
    await portal.type('CPF ou CNPJ', '11111111111');
    await portal.click('Enviar aos e-mails do cadastro');
    expect(portal.errorOf('CPF ou CNPJ')).toBe('Este número não confere. Veja se falta ou sobra algum.');
  });
});

describe('a portal without invoices', () => {
  it.each(['/pay', '/check', '/second-copy'])('has none at %s, and leads to the sign-in', async (path) => {
    const features = { ...branding().features, billing: false };
    const portal = await open({ 'GET branding': () => json({ branding: branding({ features }) }) }, path);
    expect(portal.path()).toBe('/login');
    expect(portal.text()).not.toContain('Esta cobrança é nossa?');
    expect(portal.text()).not.toContain('segunda via');
  });
});
