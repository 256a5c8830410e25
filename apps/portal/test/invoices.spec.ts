import { setBusinessTime, setLocale } from '@balcao/ui';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { csv, keptFiles } from '@balcao/ui/testing';
import { eventually, json, listOf, me, openPortal, problem, settle, type Api } from './harness.js';
import { due, invoice, LATE, reais, summary, transaction } from './invoices.js';

/** A day on which what is due on October 25 has been late for 24 days. */
const NOW = new Date('2026-11-18T12:00:00Z');
beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
  return () => vi.useRealTimers();
});

const spaced = (text: string) => text.replace(/\s+/g, ' ').trim();
/** What an element says, piece by piece as its boxes part it. */
function wordsOf(element: Element | null | undefined): string {
  const pieces: string[] = [];
  const walker = document.createTreeWalker(element ?? document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) pieces.push(walker.currentNode.textContent ?? '');
  return spaced(pieces.join(' '));
}
const rows = () => [...document.querySelectorAll('tbody tr')].map(wordsOf);
const overview = (more: object = {}): Api => ({
  'GET invoices/overview': () => json({ due: [due()], invoices: [], ...more }),
});
const listed = (...invoices: ReturnType<typeof summary>[]): Api => ({ 'GET invoices': () => json(listOf(invoices)) });
const asked = (portal: Awaited<ReturnType<typeof openPortal>>, name = 'GET invoices') =>
  Object.fromEntries(portal.called(name).at(-1)!.query);

describe('the list of invoices', () => {
  it('begins with what is to be paid, what is due first, and counts it in its tab', async () => {
    const portal = await openPortal('/invoices', {
      api: { ...overview({ due: [due({ invoices: 3 })] }), ...listed(summary()) },
    });
    expect(asked(portal)).toEqual({ status: 'open,partially_paid,overdue', sort: 'dueOn', limit: '20' });
    expect(wordsOf(portal.button('Em aberto 3'))).toBe('Em aberto 3');
  });

  it.each([
    [LATE, /Vencida há 24 dias R\$ 842,35 819,40 \+ multa e juros/],
    [{ ...LATE, lateCharges: { ...LATE.lateCharges!, days: 1 } }, /Vencida há 1 dia R\$/],
    [{}, /Em aberto R\$ 819,40 Em aberto$/],
    [{ dueOn: '2026-11-18' }, /Vence hoje/],
    [{ dueOn: '2026-11-25' }, /Vence em 7 dias/],
    [
      { status: 'partially_paid', total: reais(35_000), owed: reais(20_000), amountDue: reais(20_000) } as const,
      /Parte paga R\$ 200,00 de 350,00/,
    ],
    [{ status: 'paid', owed: reais(0), amountDue: reais(0) } as const, /Paga R\$ 819,40 Paga$/],
    [{ status: 'void', owed: reais(0), amountDue: reais(0) } as const, /Anulada R\$ 819,40/],
  ])('says of one that is %o what it is and comes to', async (more, words) => {
    await openPortal('/invoices', { api: listed(summary({ dueOn: '2026-12-25', ...more })) });
    expect(rows()[0]).toMatch(words);
  });

  it('shows title, number and days, and leads to the invoice', async () => {
    const portal = await openPortal('/invoices', {
      api: { ...listed(summary(LATE)), 'GET invoices/i-1': () => json({ invoice: invoice(LATE) }) },
    });
    expect(rows()[0]).toMatch(/^Mensalidade de outubro F-2026-004390 Venceu em 25\/10\/2026 10\/10\/2026 25\/10\/2026/);
    await portal.click('Mensalidade de outubro');
    expect(portal.path()).toBe('/invoices/i-1');
    expect(portal.heading()).toBe('Mensalidade de outubro');
  });

  it('asks for what the address says, and for nothing that makes no sense', async () => {
    const portal = await openPortal('/invoices?status=void&due=2026-02&q=loja&sort=dueOn&cursor=abc', {
      api: listed(),
    });
    expect(asked(portal)).toEqual({
      ...{ status: 'void', dueFrom: '2026-02-01', dueTo: '2026-02-28', q: 'loja', sort: 'dueOn', cursor: 'abc' },
      limit: '20',
    });
    const odd = await openPortal('/invoices?status=draft&due=2026-13&sort=x&show=y', { api: listed() });
    expect(Object.fromEntries(odd.called('GET invoices')[0]!.query)).toEqual({
      status: 'open,partially_paid,overdue',
      sort: 'dueOn',
      limit: '20',
    });
  });

  it('writes filters into the address, from its beginning', async () => {
    const portal = await openPortal('/invoices?show=all&cursor=abc', { api: listed(summary()) });
    await portal.click('Filtros');
    await portal.choose('Vencimento', '2026');
    expect(portal.path()).toBe('/invoices?due=2026&show=all');
    await portal.choose('Situação', 'paid');
    expect(portal.path()).toBe('/invoices?due=2026&status=paid');
    await portal.click('Pagas');
    expect(portal.path()).toBe('/invoices?due=2026&show=paid');
  });

  it('leads on by a cursor and back, and says how many there are', async () => {
    const page = (id: string, nextCursor: string | null) => ({
      data: [summary({ title: `Fatura ${id}` })],
      pagination: { page: 1, limit: 20, total: 21, totalExact: true, nextCursor },
    });
    const portal = await openPortal('/invoices', {
      api: { 'GET invoices': ({ query }) => json(query.get('cursor') ? page('21', null) : page('1', 'next')) },
    });
    expect(portal.text()).toContain('21 ao todo');
    await portal.click('Próxima');
    expect(portal.path()).toBe('/invoices?cursor=next');
    expect(rows()[0]).toContain('Fatura 21');
    await portal.click('Anterior');
    expect(portal.path()).toBe('/invoices');
    expect(rows()[0]).toMatch(/^Fatura 1 /);
  });

  it('tells none yet, nothing to pay, and no match apart', async () => {
    const none = await openPortal('/invoices', { api: listed() });
    expect(none.text()).toContain('Nenhuma fatura ainda');
    expect(document.querySelector('[role="search"]')).toBeNull();
    const paid: Api = {
      'GET invoices': ({ query }) => json(listOf(query.get('status')?.startsWith('open') ? [] : [summary()])),
    };
    expect((await openPortal('/invoices', { api: paid })).text()).toContain('Nada a pagar agora');
    const noMatch = await openPortal('/invoices?status=void', { api: listed() });
    await noMatch.click('Limpar filtros');
    expect(noMatch.path()).toBe('/invoices?show=all');
  });

  it('says that it did not load, and what credit is left', async () => {
    const portal = await openPortal('/invoices', {
      api: {
        ...overview({ due: [due({ invoices: 0, credit: reais(5_000) })] }),
        'GET invoices': () => problem(400, 'refused'),
      },
    });
    expect(portal.alert()).toContain('As faturas não carregaram');
    expect(spaced(portal.text())).toContain('Vocês têm R$ 50,00 de crédito');
  });
});

describe('lists as files', () => {
  it('are what the page is narrowed to, all pages of it', async () => {
    const files = keptFiles();
    const portal = await openPortal('/invoices?show=paid&q=loja&cursor=abc', {
      api: { ...listed(summary()), 'GET invoices/export': () => csv('numero') },
    });
    await portal.click('Exportar CSV');
    expect(asked(portal, 'GET invoices/export')).toEqual({ status: 'paid', q: 'loja', sort: '-dueOn' });
    expect(files).toEqual([{ name: 'Faturas.csv', address: 'blob:file' }]);
  });

  it('of the books are those of the period and the kind', async () => {
    const files = keptFiles();
    const portal = await openPortal('/transactions?kind=payment&period=2026-02', {
      api: { 'GET transactions': () => json(listOf([transaction()])), 'GET transactions/export': () => csv('dia') },
    });
    await portal.click('Exportar CSV');
    expect(asked(portal, 'GET transactions/export')).toEqual({
      ...{ kind: 'payment', from: '2026-02-01', to: '2026-02-28' },
    });
    expect(files.map(({ name }) => name)).toEqual(['Transações.csv']);
  });

  it('that are refused say why, and are none', async () => {
    const files = keptFiles();
    const portal = await openPortal('/invoices', {
      api: { ...listed(summary()), 'GET invoices/export': () => problem(422, 'export_too_long') },
    });
    await portal.click('Exportar CSV');
    expect(portal.text()).toContain('detail of export_too_long');
    expect(files).toEqual([]);
  });
});

describe('the PDF of an invoice', () => {
  const address = { url: '/files/invoice-documents/x', name: 'F-2026-004390.pdf', bytes: 48_213 };
  const page = (api: Api) =>
    openPortal('/invoices/i-1', { api: { 'GET invoices/i-1': () => json({ invoice: invoice() }), ...api } });

  it('is kept at once where it is there', async () => {
    const files = keptFiles();
    const portal = await page({ 'GET invoices/i-1/document': () => json({ document: address }) });
    await portal.click('Baixar PDF');
    expect(files).toEqual([{ name: 'F-2026-004390.pdf', address: '/files/invoice-documents/x' }]);
    expect(portal.called('POST invoices/i-1/document')).toEqual([]);
  });

  it('is asked for where it is not, and kept once it is made', async () => {
    const files = keptFiles();
    let isMade = false;
    const portal = await page({
      'GET invoices/i-1/document': () => json({ document: isMade ? address : null }),
      'POST invoices/i-1/document': () => json({ isReady: false }),
    });
    const button = portal.button('Baixar PDF');
    button.click();
    await eventually(() => expect(portal.called('POST invoices/i-1/document')).toHaveLength(1));
    expect(wordsOf(button)).toBe('Preparando…');
    expect(files).toEqual([]);
    isMade = true;
    await eventually(() => expect(files).toHaveLength(1));
    expect(wordsOf(button)).toBe('Baixar PDF');
  });

  it('that takes too long says so, and can be asked for again', async () => {
    const files = keptFiles();
    const portal = await page({
      'GET invoices/i-1/document': () => json({ document: null }),
      'POST invoices/i-1/document': () => json({ isReady: false }),
    });
    vi.useFakeTimers({ now: NOW });
    portal.button('Baixar PDF').click();
    await vi.advanceTimersByTimeAsync(70_000);
    vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
    await settle();
    expect(portal.text()).toContain('O PDF está demorando mais que o normal.');
    expect(files).toEqual([]);
    const before = portal.called('POST invoices/i-1/document').length;
    portal.button('Tentar de novo').click();
    await eventually(() => expect(portal.called('POST invoices/i-1/document')).toHaveLength(before + 1));
  });

  it('that cannot be had says why', async () => {
    const portal = await page({ 'GET invoices/i-1/document': () => problem(404, 'not_found') });
    await portal.click('Baixar PDF');
    expect(portal.button('Tentar de novo')).toBeTruthy();
  });
});

describe('a sandbox organization', () => {
  it('has the day of its clock, whatever the device says', async () => {
    const there = me();
    there.organization.now = '2026-12-25T12:00:00Z';
    await openPortal('/invoices', {
      api: { 'GET auth/me': () => json(there), ...listed(summary({ dueOn: '2026-12-25' })) },
    });
    expect(rows()[0]).toMatch(/Vence hoje/);
    setBusinessTime(null);
  });
});

describe('who may not read invoices', () => {
  it.each(['/invoices', '/invoices/i-1', '/transactions', '/statement'])(
    'is told so at %s, and asks for nothing',
    async (path) => {
      const portal = await openPortal(path, { api: { 'GET auth/me': () => json(me({ permissions: ['kb:read'] })) } });
      expect(portal.heading()).toBe('Sem acesso');
      expect(portal.links()).not.toContain('Faturas');
      expect(portal.called('GET invoices/overview')).toEqual([]);
      const off = await openPortal(path, { api: { 'GET auth/me': () => json(me({ features: { billing: false } })) } });
      expect(off.heading()).toBe('Página não encontrada');
      expect(off.called('GET invoices/overview')).toEqual([]);
    },
  );
});

describe('an invoice', () => {
  const open = async (more: Parameters<typeof invoice>[0] = {}) => {
    const portal = await openPortal('/invoices/i-1', {
      api: { 'GET invoices/i-1': () => json({ invoice: invoice(more) }) },
    });
    return { portal, text: wordsOf(document.querySelector('main')) };
  };

  it('that is late says what it is today, what a day costs and what it is tomorrow', async () => {
    const { text } = await open(LATE);
    expect(text).toContain('Total hoje, 18/11/2026 R$ 842,35 Venceu em 25/10/2026, domingo.');
    expect(text).toContain('Os juros somam R$ 0,27 por dia: amanhã serão R$ 842,62.');
    expect(text).toContain('Valor da fatura 819,40');
    expect(text).toContain('Multa de 2%, uma vez 16,39');
    expect(text).toContain('Juros de 1% ao mês, 24 dias 6,56');
    expect(text).toMatch(/Total hoje R\$ 842,35/);
  });

  it('tells its lines with their days, how many and at which price', async () => {
    const { text } = await open();
    expect(text).toContain('Fibra Empresarial 600 489,90 10/10/2026 a 09/11/2026');
    expect(text).toContain('Telefonia 179,60 4 × R$ 44,90');
    expect(text).toContain('Wi-Fi gerenciado 149,90 2 pontos, lojas 1 e 2');
    expect(text).toMatch(/Total R\$ 819,40/);
  });

  it('tells discounts and taxes, and that included ones are in the amount', async () => {
    const [first, ...others] = invoice().lines;
    const { text } = await open({
      lines: [{ ...first!, discount: { percent: '10', amount: null }, net: reais(44_091) }, ...others],
      discount: { percent: null, amount: reais(2_000) },
      discounted: reais(6_899),
      taxes: [
        { name: 'ISS', percent: '5', included: true, amount: reais(3_752) },
        { name: 'Taxa', percent: '1.5', included: false, amount: reais(1_126) },
      ],
      total: reais(76_167),
      owed: reais(76_167),
      amountDue: reais(76_167),
    });
    expect(text).toMatch(/Desconto de 10% − 48,99/);
    expect(text).toMatch(/Soma dos itens 770,41 ?Desconto − 20,00 ?Taxa de 1,5% 11,26 ?Valor da fatura 761,67/);
    expect(text).toContain('O valor já inclui ISS de 5%: R$ 37,52.');
  });

  it('that is due on a day without banks says until when it can be paid', async () => {
    const { text } = await open({ dueOn: '2026-12-25', payableUntil: '2026-12-28' });
    expect(text).toContain(
      'Vence em 25/12/2026, sexta-feira. Pode ser paga até 28/12/2026, pois 25/12/2026 não tem banco.',
    );
  });

  it('that is paid in part says what of it is left, and what paid the rest', async () => {
    const { text } = await open({
      status: 'partially_paid',
      owed: reais(66_940),
      amountDue: reais(66_940),
      settlements: [
        {
          id: 's-1',
          kind: 'deposit',
          amount: reais(15_000),
          lateCharges: reais(0),
          postedOn: '2026-10-12',
          method: 'pix',
          number: null,
          reason: null,
        },
      ],
    });
    expect(text).toContain('Falta pagar R$ 669,40 De R$ 819,40, o resto já foi pago.');
    expect(text).toMatch(/Pago por PIX, 12\/10\/2026 − 150,00/);
  });

  it('that was paid late says what its lateness had added, and what that came to', async () => {
    const { text } = await open({
      status: 'paid',
      owed: reais(0),
      amountDue: reais(0),
      settlements: [
        {
          id: 's-1',
          kind: 'payment',
          amount: reais(81_940),
          lateCharges: reais(1_912),
          postedOn: '2026-11-04',
          method: 'pix',
          number: null,
          reason: null,
        },
      ],
    });
    expect(text).toContain('Pago por PIX R$ 838,52 Paga em 04/11/2026.');
    expect(text).toMatch(
      /Valor da fatura 819,40 Multa e juros por atraso 19,12 Pago por PIX, 04\/11\/2026 838,52 Total pago R\$ 838,52/,
    );
  });

  it('that is paid, void, credited or refunded says so, and asks for nothing', async () => {
    const settled = { owed: reais(0), amountDue: reais(0) };
    const paid = await open({
      ...settled,
      status: 'paid',
      settlements: [
        {
          id: 's-1',
          kind: 'deposit',
          amount: reais(81_940),
          lateCharges: reais(0),
          postedOn: '2026-10-25',
          method: 'pix',
          number: null,
          reason: null,
        },
      ],
    });
    expect(paid.text).toContain('Pago por PIX R$ 819,40 Paga em 25/10/2026.');
    expect(paid.text).not.toContain('Para pagar');
    // In the organization it was still the day before.
    const voided = await open({
      ...settled,
      status: 'void',
      voidedAt: '2026-11-03T02:00:00Z',
      voidReason: 'Emitida em dobro',
    });
    expect(voided.text).toContain('Anulada em 02/11/2026. Não há nada a pagar. Motivo: Emitida em dobro');
    const credited = await open({ ...settled, status: 'credited' });
    expect(credited.text).toContain('Creditada por inteiro. Não há nada a pagar.');
    const refunded = await open({ ...settled, status: 'refunded', refunded: reais(81_940) });
    expect(refunded.text).toContain('R$ 819,40 foram devolvidos.');
    const given = { id: 's-1', kind: 'write_off', lateCharges: reais(0), postedOn: '2026-12-01' } as const;
    const waived = { ...given, method: null, number: null, reason: null };
    const whole = await open({
      ...{ ...settled, status: 'written_off' },
      settlements: [{ ...waived, amount: reais(81_940) }],
    });
    expect(whole.text).toContain('Encerrada sem pagamento em 01/12/2026. Não há nada a pagar.');
    const money = { ...waived, id: 's-2', kind: 'payment', method: 'pix', postedOn: '2026-11-02' } as const;
    const part = await open({
      ...{ ...settled, status: 'written_off' },
      settlements: [
        { ...money, amount: reais(80_000) },
        { ...waived, amount: reais(1_940) },
      ],
    });
    expect(part.text).toContain('Encerrada em 01/12/2026: R$ 19,40 foram dispensados. Não há mais nada a pagar.');
    for (const { text } of [whole, part]) expect(text).not.toContain('Paga');
  });

  it('leads to paying it, with the amount of today', async () => {
    const { text } = await open();
    expect(text).toMatch(/Pagar R\$\s819,40/);
    expect(text).not.toContain('Para pagar, ou combinar como');
  });

  it('has its details, its fiscal note and what has happened', async () => {
    const { text, portal } = await open({
      fiscalNotes: [
        {
          ...{ id: 'n-1', number: '18442', accessKey: '35'.repeat(25), verificationCode: null },
          ...{ url: 'https://nfse.example/18442', issuedOn: '2026-10-10', status: 'authorized' },
          ...{ statusOn: null, statusReason: null, replacedByKey: null, hasXml: true, isTest: false },
          ...{ amount: { amount: 81_940, currency: 'BRL' }, netAmount: null },
        },
      ],
      history: [
        {
          id: 'h-1',
          kind: 'sent',
          amount: null,
          recipient: 'ana@padaria.example',
          dueOn: null,
          actorName: null,
          at: '2026-10-10T12:00:00Z',
        },
        {
          id: 'h-2',
          kind: 'due_changed',
          amount: null,
          recipient: null,
          dueOn: '2026-10-25',
          actorName: null,
          at: '2026-10-12T01:00:00Z',
        },
      ],
    });
    expect(text).toMatch(
      /Vencimento 25\/10\/2026, domingo ?Em nome de Padaria Estrela Ltda ?CNPJ 41\.720\.538\/0001-58/,
    );
    expect(text).toContain('7K4F-92QD');
    expect(text).toContain('PC-1182');
    expect(text).toContain('NFS-e 18442');
    expect(portal.button('Copiar a chave da NFS-e 18442')).toBeDefined();
    expect(document.querySelector('a[href="https://nfse.example/18442"]')).not.toBeNull();
    expect(text).toMatch(/Enviada para ana@padaria\.example ?10\/10\/2026/);
    expect(text).toMatch(/Novo vencimento: 25\/10\/2026 ?11\/10\/2026/);
  });

  it('that is not there says so, apart from one that did not load', async () => {
    const missing = await openPortal('/invoices/i-9', { api: { 'GET invoices/i-9': () => problem(404, 'not_found') } });
    expect(missing.heading()).toBe('Esta fatura não está aqui');
    const failed = await openPortal('/invoices/i-9', { api: { 'GET invoices/i-9': () => problem(400, 'refused') } });
    expect(failed.heading()).toBe('A fatura não carregou');
  });

  it('speaks English', async () => {
    await open(LATE);
    await setLocale('en-US');
    const text = wordsOf(document.querySelector('main'));
    expect(text).toContain(
      'Was due on Oct 25, 2026, Sunday. Interest adds R$0.27 a day: tomorrow it will be R$842.62.',
    );
  });
});

describe('transactions', () => {
  it('have a sign by their side, and lead to their invoice', async () => {
    const payment = transaction({
      id: 'e-2',
      kind: 'deposit',
      side: 'credit',
      method: 'pix',
      reference: 'E6070',
      postedOn: '2026-10-25',
      invoiceId: null,
      invoiceNumber: null,
      invoiceTitle: null,
      paid: [
        { invoiceId: 'i-1', number: 'F-2026-004390', amount: reais(48_990) },
        { invoiceId: 'i-2', number: 'F-2026-004391', amount: reais(32_950) },
      ],
    });
    const portal = await openPortal('/transactions?kind=deposit&period=2026', {
      api: { 'GET transactions': () => json(listOf([payment, transaction()])) },
    });
    expect(asked(portal, 'GET transactions')).toEqual({
      kind: 'deposit',
      from: '2026-01-01',
      to: '2026-12-31',
      limit: '20',
    });
    expect(rows()[0]).toMatch(
      /^25\/10\/2026 ?Pago por PIX ?Pagou F-2026-004390 \(R\$ 489,90\) ?, F-2026-004391 \(R\$ 329,50\).*E6070.*− R\$ 819,40$/,
    );
    expect(rows()[1]).toMatch(/Fatura.*\+ R\$ 819,40$/);
    await portal.choose('Tipo', '');
    expect(portal.path()).toBe('/transactions?period=2026');
    const links = [...document.querySelectorAll('tbody a')].map((link) => link.getAttribute('href'));
    expect(links).toEqual(['/invoices/i-1', '/invoices/i-2', '/invoices/i-1']);
  });

  it('say that there are none, and that filters leave none', async () => {
    const api: Api = { 'GET transactions': () => json(listOf([])) };
    expect((await openPortal('/transactions', { api })).text()).toContain('Nenhuma transação ainda');
    expect((await openPortal('/transactions?kind=refund', { api })).text()).toContain('Nada com esses filtros');
  });
});

describe('the statement', () => {
  const statement = (more: object = {}) => ({
    billingAccountName: 'Padaria Estrela',
    from: '2026-09-01',
    to: '2026-11-18',
    opening: reais(0),
    closing: reais(81_940),
    lines: [{ ...transaction(), balance: reais(81_940) }],
    isCut: false,
    ageing: [{ upTo: '30', owed: reais(81_940), invoices: 1 }],
    ...more,
  });

  it('goes from what was owed before to what is owed behind it, and says how late that is', async () => {
    const portal = await openPortal('/statement', { api: { 'GET statement': () => json(statement()) } });
    expect(Object.fromEntries(portal.called('GET statement')[0]!.query)).toEqual({});
    const text = wordsOf(document.querySelector('main'));
    expect(text).toMatch(/Saldo anterior.*R\$ 0,00.*\+ R\$ 819,40.*Saldo a pagar.*R\$ 819,40/);
    expect(text).toMatch(/De 16 a 30 dias de atraso ?1 fatura ?R\$ 819,40/);
    expect(portal.field('De').value).toBe('2026-09-01');
  });

  it('asks for the days of the address, and says where there are more lines than fit', async () => {
    const portal = await openPortal('/statement?from=2026-01-01&to=2026-02-30', {
      api: { 'GET statement': () => json(statement({ isCut: true, closing: reais(-1_000) })) },
    });
    expect(Object.fromEntries(portal.called('GET statement')[0]!.query)).toEqual({ from: '2026-01-01' });
    expect(portal.text()).toContain('Escolha um período menor');
    expect(portal.text()).toContain('com crédito a favor');
  });
});

describe('what is to pay, at home', () => {
  const block = () => wordsOf(document.querySelector('[aria-labelledby="to-pay"]'));

  it('leads with the amount of today, then what is late and what is due first', async () => {
    const two = [summary(LATE), summary({ id: 'i-2', title: 'Mensalidade de novembro', dueOn: '2026-11-25' })];
    const sums = { owed: reais(163_880), invoices: 2, overdue: reais(81_940), overdueInvoices: 1 };
    await openPortal('/', { api: overview({ due: [due(sums)], invoices: two }) });
    expect(block()).toMatch(/^Total a pagar ?R\$ 1\.661,75 ?2 faturas em aberto\. Uma venceu em 25\/10\/2026\./);
    expect(block()).toMatch(
      /Mensalidade de outubro.*Venceu em 25\/10\/2026 ?Vencida há 24 dias.*Mensalidade de novembro.*Vence em 25\/11\/2026 ?Vence em 7 dias/,
    );
    expect(block()).not.toContain('Mais ');
    expect(document.querySelector('main section')?.getAttribute('aria-labelledby')).toBe('to-pay');
    const badge = document.querySelector('nav [data-badge]');
    expect(wordsOf(badge)).toBe('2 (2 faturas em aberto)');
  });

  it('says where charges of more invoices than it shows come on top', async () => {
    const sums = { owed: reais(500_000), invoices: 9, overdue: reais(81_940), overdueInvoices: 2 };
    await openPortal('/', { api: overview({ due: [due(sums)], invoices: [summary(LATE)] }) });
    expect(block()).toMatch(
      /R\$ 5\.000,00 ?9 faturas em aberto\. 2 venceram, a primeira em 25\/10\/2026\. O que venceu soma ainda multa e juros\./,
    );
    const more = [...document.querySelectorAll('[aria-labelledby="to-pay"] li a')].at(-1);
    expect([wordsOf(more!), more!.getAttribute('href')]).toEqual(['Mais 8 faturas em aberto', '/invoices']);
  });

  it('says each currency', async () => {
    const dollars = due({ owed: { amount: 1_000, currency: 'USD' }, invoices: 2 });
    await openPortal('/', { api: overview({ due: [due({ invoices: 2 }), dollars] }) });
    expect(block()).toMatch(/R\$ 819,40.*US\$ 10,00/);
  });

  it('says in a line that nothing is, and what credit is left', async () => {
    await openPortal('/', { api: overview({ due: [due({ invoices: 0, credit: reais(5_000) })] }) });
    expect(block()).toMatch(/Nada a pagar agora\. Vocês têm R\$ 50,00 de crédito\./);
    expect(document.querySelector('[data-badge]')).toBeNull();
  });

  it('says that it did not load', async () => {
    await openPortal('/', { api: { 'GET invoices/overview': () => problem(400, 'refused') } });
    expect(block()).toContain('O que há a pagar não carregou');
  });
});
