import { csv, keptFiles } from '@balcao/ui/testing';
import { describe, expect, it } from 'vitest';
import { eventually, json, listOf, me, openConsole, problem, settle, type Api } from './harness.js';
import { billingSettings, invoice, invoiceLine, openInvoice, summaryOf } from './invoice-facts.js';

const brl = (amount: number) => ({ amount, currency: 'BRL' });
const account = { id: 'b-1', name: 'Padaria Estrela', legalName: 'Padaria Estrela Ltda', taxId: null };
const known: Api = {
  'GET billing-accounts/b-1': () => json({ billingAccount: account }),
  'GET invoices/i-1': () => json({ invoice: invoice() }),
};
type Page = Awaited<ReturnType<typeof openConsole>>;
const labelled = (name: string) => document.querySelector<HTMLInputElement>(`[aria-label="${name}"]`)!;

async function type(label: string, text: string): Promise<void> {
  const input = labelled(label);
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  input.dispatchEvent(new FocusEvent('blur'));
  input.dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
  await settle();
}
async function key(element: Element | null, name: string): Promise<void> {
  element!.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));
  await settle();
}
const total = () => document.querySelector('[data-total]')!.textContent!.replace(/\s/g, ' ').trim();
const draft = (more: Api = {}) => openConsole('/console/billing/invoices/i-1', { api: { ...known, ...more } });
const descriptions = () =>
  [
    ...document.querySelectorAll<HTMLInputElement>('[data-line="description"] input, input[data-line="description"]'),
  ].map(({ value }) => value);

describe('a draft', () => {
  it('is reckoned while it is typed, as the API will reckon it', async () => {
    await draft();
    expect(total()).toBe('R$ 120,00');
    await type('Qtd., linha 1', '2,5');
    await type('Preço, linha 1', '1.234,56');
    await type('Desconto, linha 1', '10');
    expect(total()).toBe('R$ 2.777,76');
  });

  it.each([
    ['Preço, linha 1', '12.34', 'Não dá para saber onde ficam os decimais'],
    ['Preço, linha 1', 'US$ 10', 'Esta não é a moeda da fatura'],
    ['Qtd., linha 1', '0', 'Precisa ser maior que zero'],
    ['Desconto, linha 1', '101', 'Use uma porcentagem de 0 a 100'],
  ])('says beside %s what is wrong with %s', async (label, text, words) => {
    const page = await draft();
    await type(label, text);
    expect(page.text()).toContain(words);
    expect(total()).toBe('—');
  });

  it('gets a line by Enter, and its lines change places by the arrow keys', async () => {
    await draft();
    await key(document.querySelector('input[data-line="description"], [data-line="description"] input'), 'Enter');
    await type('Item, linha 2', 'Cabo');
    expect(descriptions()).toEqual(['Visita técnica', 'Cabo']);
    await key(document.querySelectorAll('[draggable="true"]')[1]!, 'ArrowUp');
    expect(descriptions()).toEqual(['Cabo', 'Visita técnica']);
    expect(document.querySelector('[role="status"]')).not.toBeNull();
  });

  it('is saved with numbers as the API reads them, and without the line that nobody wrote into', async () => {
    const page = await draft({ 'PUT invoices/i-1': () => json({ invoice: invoice({ version: 4 }) }) });
    await type('Qtd., linha 1', '1,5');
    await type('Desconto, linha 1', 'R$ 7,50');
    await key(document.querySelector('input[data-line="description"], [data-line="description"] input'), 'Enter');
    await page.click('Guardar rascunho');
    const [call] = page.called('PUT invoices/i-1');
    expect(call!.body).toMatchObject({
      version: 3,
      billingAccountId: 'b-1',
      currency: 'BRL',
      finePercent: '2',
      lines: [
        { description: 'Visita técnica', quantity: '1.5', unitPrice: 12_000, discount: { amount: 750 }, tax: null },
      ],
    });
    expect((call!.body as { lines: unknown[] }).lines).toHaveLength(1);
  });

  it('shows what the API says of a line at its field', async () => {
    const page = await draft({
      'PUT invoices/i-1': () =>
        problem(400, 'validation_failed', {
          errors: [{ path: 'lines.0.discount.percent', code: 'moneyNotAPercentage', message: 'Desconto recusado.' }],
        }),
    });
    await type('Desconto, linha 1', '10');
    await page.click('Guardar rascunho');
    expect(page.text()).toContain('Desconto recusado.');
    expect(labelled('Desconto, linha 1').getAttribute('aria-invalid')).toBe('true');
    await type('Desconto, linha 1', '9');
    expect(page.text()).not.toContain('Desconto recusado.');
  });

  it('that somebody else changed is shown again, or written over on purpose', async () => {
    let version = 3;
    const page = await draft({
      'GET invoices/i-1': () => json({ invoice: invoice({ version, title: version > 3 ? 'Outro título' : 'Visita' }) }),
      'PUT invoices/i-1': ({ body }) => {
        const asked = (body as { version: number }).version;
        if (asked === version && version > 3) return json({ invoice: invoice({ version: ++version, title: 'Minha' }) });
        version = 4;
        return problem(409, 'invoice_changed');
      },
    });
    const title = page.field('Título');
    title.value = 'Minha';
    title.dispatchEvent(new Event('input', { bubbles: true }));
    await page.click('Guardar rascunho');
    expect(page.text()).toContain('Outra pessoa mudou esta página');
    await page.click('Salvar a minha');
    expect(page.called('PUT invoices/i-1').map(({ body }) => (body as { version: number }).version)).toEqual([3, 4]);
    expect(page.text()).not.toContain('Outra pessoa mudou esta página');
  });

  it('is opened only after who, how much and when were read', async () => {
    const page = await draft({
      'POST invoices/i-1/open': () => json({ invoice: openInvoice() }),
      'GET invoices/i-1': () => json({ invoice: invoice({ dueOn: '2026-12-18' }) }),
    });
    await page.click('Enviar');
    const asked = document.querySelector('[role="dialog"], [role="alertdialog"]')!.textContent!.replace(/\s/g, ' ');
    expect(asked).toContain('Enviar a fatura de R$ 120,00 para Padaria Estrela?');
    expect(asked).toContain('Vence em 18/12/2026. O número é dado agora');
    expect(page.called('POST invoices/i-1/open')).toHaveLength(0);
    await page.click('Enviar fatura');
    expect(page.called('POST invoices/i-1/open')[0]!.body).toEqual({ version: 3 });
  });

  it('says what of earlier invoices comes to it, before it is opened', async () => {
    const page = await draft({
      'GET invoices/i-1': () => json({ invoice: invoice({ dueOn: '2026-12-18', carriedCharges: brl(240) }) }),
    });
    expect(page.text().replace(/\s/g, ' ')).toContain('Ao enviar, entram mais R$ 2,40 de multa e juros');
    await page.click('Enviar');
    const asked = document.querySelector('[role="dialog"], [role="alertdialog"]')!.textContent!.replace(/\s/g, ' ');
    expect(asked).toContain('Enviar a fatura de R$ 122,40 para Padaria Estrela?');
    expect(asked).toContain('Entram nela R$ 2,40 de multa e juros de faturas pagas com atraso.');
  });

  it('with a day that has passed is kept, and not opened before it has another', async () => {
    const page = await draft({
      'GET invoices/i-1': () => json({ invoice: invoice({ dueOn: '2020-01-31' }) }),
      'PUT invoices/i-1': () => json({ invoice: invoice({ version: 4, dueOn: '2020-01-30' }) }),
    });
    await page.click('Enviar');
    expect(page.text()).toContain('Este dia já passou.');
    expect(document.querySelector('[role="dialog"], [role="alertdialog"]')).toBeNull();
    page.field('Vencimento').value = '2020-01-30';
    page.field('Vencimento').dispatchEvent(new Event('input', { bubbles: true }));
    await page.click('Guardar rascunho');
    expect(page.called('PUT invoices/i-1')).toHaveLength(1);
    expect(page.text()).not.toContain('Este dia já passou.');
  });

  it('that the API does not open says why', async () => {
    const page = await draft({
      'POST invoices/i-1/open': () =>
        problem(400, 'validation_failed', {
          errors: [{ path: 'dueOn', code: 'notBeforeToday', message: 'Este dia já passou aqui.' }],
        }),
    });
    await page.click('Enviar');
    await page.click('Enviar fatura');
    expect(page.text()).toContain('Este dia já passou aqui.');
  });

  it('says what invoices lack of whom they are from', async () => {
    const page = await draft({
      'GET billing-settings': () => json({ billingSettings: billingSettings({ legalName: null, address: null }) }),
    });
    expect(page.text()).toContain('As faturas ainda não mostram a razão social e o endereço.');
  });

  it('is only read by those who may not write it', async () => {
    const page = await openConsole('/console/billing/invoices/i-1', {
      api: { ...known, 'GET auth/me': () => json(me('agent')) },
    });
    expect(page.text()).toContain('Visita técnica');
    expect(page.text()).not.toContain('Guardar rascunho');
  });
});

describe('an invoice', () => {
  const open = (more: Api = {}, facts = openInvoice()) =>
    openConsole('/console/billing/invoices/i-1', {
      api: { ...known, 'GET invoices/i-1': () => json({ invoice: facts }), ...more },
    });

  it('is paid by money from outside, with what is due today written in', async () => {
    const late = openInvoice({ amountDue: brl(12_260), status: 'overdue' });
    const page = await open({ 'POST ledger/deposits': () => json({ id: 'd-1', allocated: 12_260 }) }, late);
    await page.click('Registrar recebimento');
    expect(page.field('Valor, em BRL').value).toBe('122,60');
    expect(page.text().replace(/\s/g, ' ')).toContain('R$ 120,00 da fatura e R$ 2,60 de multa e juros até hoje.');
    await page.click('Registrar');
    expect(page.called('POST ledger/deposits')[0]!.body).toMatchObject({
      billingAccountId: 'b-1',
      amount: 12_260,
      method: 'pix',
      invoiceIds: ['i-1'],
    });
  });

  it('has what was asked for at payment services to pay it, with how it stands and what went back', async () => {
    const payment = {
      ...{ id: 'p-1', billingAccountId: 'b-1', billingAccountName: 'Padaria Estrela', method: 'pix', origin: 'portal' },
      ...{ state: 'pending', amount: brl(12_350), received: brl(0), refunded: brl(0), isSandbox: false },
      ...{ receivedOn: null, withdrawnFor: null, failure: null, invoiceNumber: 'F-2026-000123', invoiceCount: 1 },
      ...{ createdAt: '2026-11-18T12:00:00Z', expiresAt: '2026-11-18T13:00:00Z' },
    };
    const page = await openConsole('/console/billing/invoices/i-1', {
      api: {
        'GET invoices/i-1': () => json({ invoice: openInvoice() }),
        'GET payments': () =>
          json(
            listOf([
              payment,
              {
                ...payment,
                id: 'p-2',
                state: 'succeeded',
                invoiceCount: 3,
                received: brl(15_000),
                refunded: brl(5_000),
              },
              { ...payment, id: 'p-3', withdrawnFor: 'changed', isSandbox: true },
            ]),
          ),
      },
    });
    const squeezed = (words: string) => words.replace(/\s/g, '');
    for (const line of [
      'PIX de R$ 123,50 Aguardando',
      'PIX de R$ 123,50 chegaram R$ 150,00 · R$ 50,00 devolvidos · e mais 2 faturas Recebido',
      'PIX de R$ 123,50 Teste Retirado',
    ])
      expect(squeezed(page.text())).toContain(squeezed(line));
    expect(Object.fromEntries(page.called('GET payments')[0]!.query)).toMatchObject({ invoiceId: 'i-1' });
    expect(document.querySelector('a[href="/console/billing/payments/p-2"]')).not.toBeNull();
  });

  it('that is paid offers no second payment, and the menu says why', async () => {
    const paid = openInvoice({ status: 'paid', owed: brl(0), amountDue: brl(0), settled: brl(12_000) });
    const page = await open({}, paid);
    expect(page.text()).not.toContain('Registrar recebimento');
    const items = await page.menu('Ações de F-2026-000123');
    expect(items.map(({ textContent }) => textContent?.trim()).join(' ')).toContain('Não falta nada a pagar.');
  });

  describe('whose write-off is taken back', () => {
    const given = (id: string, amount: number, reason: string) => ({
      ...{ id, kind: 'write_off' as const, amount: brl(amount), lateCharges: brl(0), postedOn: '2026-12-01' },
      ...{ method: null, number: null, reason },
    });
    const writtenOff = (settlements = [given('w-1', 12_000, 'Incobrável')]) =>
      openInvoice({ status: 'written_off', owed: brl(0), amountDue: brl(0), settled: brl(12_000), settlements });

    it('says what is owed again and that nobody is told, and wants a reason', async () => {
      const page = await open(
        { 'POST invoices/i-1/write-off/take-back': () => json({ invoice: openInvoice() }) },
        writtenOff(),
      );
      await page.click('Desfazer a baixa');
      expect(page.text().replace(/\s/g, ' ')).toMatch(/volta a dever R\$ 120,00 da fatura F-2026-000123/);
      const send = () =>
        [...document.querySelectorAll<HTMLElement>('[role=dialog] button[type=submit]')].at(-1)!.click();
      send();
      await settle();
      expect(page.called('POST invoices/i-1/write-off/take-back')).toHaveLength(0);
      await page.type('Motivo', 'O cliente vai pagar');
      send();
      await settle();
      expect(page.called('POST invoices/i-1/write-off/take-back')[0]!.body).toEqual({
        writeOffId: 'w-1',
        reason: 'O cliente vai pagar',
      });
      expect(page.text()).toContain('Baixa desfeita');
    });

    it('lets somebody choose where there are several, the last one by itself', async () => {
      const several = [given('w-1', 4_000, 'Acordo'), given('w-2', 8_000, 'Incobrável')];
      const page = await open({}, writtenOff(several));
      await page.click('Desfazer a baixa');
      const words = () => page.text().replace(/\s/g, ' ');
      expect(words()).toContain('volta a dever R$ 80,00');
      await page.choose('Qual baixa', 'w-1');
      expect(words()).toContain('volta a dever R$ 40,00');
    });

    it('is offered by the menu where a part was given up, and to nobody where nothing was', async () => {
      const page = await open({}, openInvoice({ settlements: [given('w-1', 4_000, 'Acordo')] }));
      const named = async () =>
        (await page.menu('Ações de F-2026-000123')).map(({ textContent }) => textContent?.trim()).join(' ');
      expect(await named()).toContain('Desfazer a baixa');
      const other = await open({});
      expect(
        (await other.menu('Ações de F-2026-000123')).map(({ textContent }) => textContent).join(' '),
      ).not.toContain('Desfazer a baixa');
    });
  });

  it('is credited by no more than is left, and where the money goes is said', async () => {
    const page = await open(
      { 'POST invoices/i-1/credit-notes': () => json({ creditNote: { number: 'NC-2026-000001' } }) },
      openInvoice({ owed: brl(5_000), amountDue: brl(5_000), credited: brl(2_000) }),
    );
    const items = await page.menu('Ações de F-2026-000123');
    items.find(({ textContent }) => textContent?.includes('Nota de crédito'))!.click();
    await settle();
    await page.type('Valor, em BRL', '100,01');
    await page.type('Motivo', 'Dois dias sem sinal');
    await page.click('Emitir nota de crédito');
    expect(page.text().replace(/\s/g, ' ')).toContain('No máximo R$ 100,00.');
    expect(page.called('POST invoices/i-1/credit-notes')).toHaveLength(0);
    await page.type('Valor, em BRL', '60,00');
    expect(page.text().replace(/\s/g, ' ')).toContain(
      'Diminui em R$ 50,00 o que falta pagar, e R$ 10,00 ficam de crédito',
    );
    await page.click('Emitir nota de crédito');
    expect(page.called('POST invoices/i-1/credit-notes')[0]!.body).toEqual({
      amount: 6_000,
      reason: 'Dois dias sem sinal',
    });
  });
});

describe('invoices', () => {
  it('are asked for as the address narrows them', async () => {
    const row = summaryOf(openInvoice({ status: 'overdue' }));
    const page = await openConsole('/console/billing/invoices?view=overdue&dueFrom=2026-01-01&q=000', {
      api: { 'GET invoices': () => json(listOf([row])) },
    });
    const [call] = page.called('GET invoices');
    expect(Object.fromEntries(call!.query)).toMatchObject({
      status: 'overdue',
      dueFrom: '2026-01-01',
      q: '000',
      sort: 'dueOn',
    });
    expect(page.text()).toContain('F-2026-000123');
  });
});

describe('files', () => {
  it('of the list hold what it is narrowed to', async () => {
    const files = keptFiles();
    const page = await openConsole('/console/billing/invoices?view=overdue&q=loja&page=2', {
      api: { 'GET invoices': () => json(listOf([openInvoice()])), 'GET invoices/export': () => csv('numero') },
    });
    await page.click('Exportar CSV');
    expect(Object.fromEntries(page.called('GET invoices/export')[0]!.query)).toEqual({
      ...{ status: 'overdue', q: 'loja', sort: 'dueOn' },
    });
    expect(files.map(({ name }) => name)).toEqual(['Faturas.csv']);
  });

  it('of the list come in by its side', async () => {
    const page = await openConsole('/console/billing/invoices');
    await page.click('Importar faturas');
    expect(page.path()).toBe('/console/invoices/import');
  });

  it("of a customer's books hold one kind", async () => {
    const files = keptFiles();
    const entry = {
      ...{ id: 't-1', kind: 'deposit', side: 'credit', method: 'pix', number: null, reason: null, invoiceNumber: null },
      paid: [{ invoiceId: 'i-1', number: 'F-2026-004390', amount: brl(100) }],
      ...{ amount: brl(100), postedOn: '2026-11-18', createdAt: '2026-11-18T12:00:00Z' },
    };
    const page = await openConsole('/console/customers/b-1/statement?view=transactions&kind=payment', {
      api: {
        ...known,
        'GET billing-accounts/b-1/transactions': () => json(listOf([entry])),
        'GET billing-accounts/b-1/transactions/export': () => csv('dia'),
      },
    });
    expect(page.text()).toMatch(/Pagou F-2026-004390 \(R\$\s1,00\)/);
    await page.click('Exportar CSV');
    expect(Object.fromEntries(page.called('GET billing-accounts/b-1/transactions/export')[0]!.query)).toEqual({
      kind: 'payment',
    });
    expect(files).toHaveLength(1);
  });

  it('of an invoice are its PDF, made where it is not there', async () => {
    const files = keptFiles();
    let asked = 0;
    const page = await openConsole('/console/billing/invoices/i-1', {
      api: {
        'GET invoices/i-1': () => json({ invoice: openInvoice() }),
        'GET invoices/i-1/document': () =>
          json({ document: asked ? { url: '/files/x', name: 'F.pdf', bytes: 1 } : null }),
        'POST invoices/i-1/document': () => (asked++, json({ isReady: true })),
      },
    });
    await page.click('Baixar PDF');
    await eventually(() => expect(files).toEqual([{ name: 'F.pdf', address: '/files/x' }]));
  });
});

describe('a customer', () => {
  it('has credit that pays what is owed, once that is agreed to', async () => {
    const page: Page = await openConsole('/console/customers/b-1/billing', {
      api: {
        ...known,
        'GET billing-accounts/b-1/balances': () => json({ data: [{ balance: brl(7_000), credit: brl(3_000) }] }),
        'POST ledger/apply-credit': () => json({ used: 3_000 }),
      },
    });
    expect(page.text().replace(/\s/g, ' ')).toContain('R$ 100,00');
    await page.click('Usar crédito');
    await eventually(() => expect(document.querySelector('[role="dialog"], [role="alertdialog"]')).not.toBeNull());
    const buttons = [...document.querySelectorAll<HTMLElement>('[role="dialog"] button, [role="alertdialog"] button')];
    buttons.find(({ textContent }) => textContent?.trim() === 'Usar crédito')!.click();
    await settle();
    expect(page.called('POST ledger/apply-credit')[0]!.body).toEqual({ billingAccountId: 'b-1', currency: 'BRL' });
  });
});

describe('the settings', () => {
  it('send what was changed, an address whole, and show how a number will look', async () => {
    const page = await openConsole('/console/billing/settings', {
      api: { 'PATCH billing-settings': () => json({ billingSettings: billingSettings({ version: 2 }) }) },
    });
    await page.type('Começo do número', 'AT-');
    expect(page.text()).toMatch(/Fica assim: AT-\d{4}-000123/);
    await page.type('Rua', 'Rua Nova');
    await page.type('Multa, em %', '1,5');
    await page.click('Salvar');
    expect(page.called('PATCH billing-settings')[0]!.body).toEqual({
      version: 1,
      numberPrefix: 'AT-',
      finePercent: '1.5',
      address: { ...billingSettings().address, street: 'Rua Nova' },
    });
  });

  it('say what is wrong with days that nobody can be reminded on', async () => {
    const page = await openConsole('/console/billing/settings');
    await page.type('Dias depois do vencimento', '0, 7');
    await page.click('Salvar');
    expect(page.text()).toContain('Use até 10 números inteiros diferentes, de 1 a 365.');
    expect(page.called('PATCH billing-settings')).toHaveLength(0);
  });
});

it('a line of a service names its first and its last day, and the day behind goes to the API', async () => {
  const line = invoiceLine({ startsOn: '2026-12-10', endsOn: '2027-01-10' });
  const page = await draft({ 'GET invoices/i-1': () => json({ invoice: invoice({ lines: [line] }) }) });
  expect(page.text()).toContain('10/12/2026 a 09/01/2027');
});
