import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { dayAt, addDays } from '@balcao/money';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const INVOICES = '/api/v1/admin/invoices';
const MINE = '/api/v1/portal/invoices';
const PADARIA = idOf('account:padaria');
const BOOKS = `/api/v1/admin/billing-accounts/${PADARIA}`;
const today = dayAt(new Date(), 'America/Sao_Paulo');
const LINE = { description: 'Fibra Empresarial 600', quantity: '1', unitPrice: 48_990 };
const DRAFT = { billingAccountId: PADARIA, title: 'Mensalidade de novembro', lines: [LINE] };

let api: TestApp;
let staff: Visitor;
let ana: Visitor;
beforeAll(async () => {
  api = await startTestApp();
});
beforeEach(async () => {
  await api.reset();
  staff = await api.signIn('staff', 'billing@aurora.example');
  ana = await api.signIn('portal', 'ana@padaria.example');
});
afterAll(() => api.close());

interface Answered {
  id: string;
  version: number;
  number: string;
}
const draft = async (more: object = {}): Promise<Answered> =>
  (await staff.post(INVOICES, { ...DRAFT, ...more }).expect(201)).body.invoice;
const open = async (more: object = {}): Promise<Answered> => {
  const { id, version } = await draft(more);
  return (await staff.post(`${INVOICES}/${id}/open`, { version }).expect(200)).body.invoice;
};
const asAna = async (id: string) => (await ana.get(`${MINE}/${id}`).expect(200)).body.invoice;

describe('S0.2 an invoice', () => {
  it('is written, opened and read by its customer, to the cent', async () => {
    const { id, version } = await draft({
      dueOn: addDays(today, 14),
      purchaseOrder: 'PC-1197',
      lines: [
        { ...LINE, tax: { name: 'ISS', percent: '5', included: true } },
        { description: 'Cabo, por metro', quantity: '35.5', unitPrice: 480 },
        { description: 'Roteador', quantity: '2', unitPrice: 38_900, discount: { percent: '10' } },
      ],
    });
    await refusal(ana.get(`${MINE}/${id}`), 404, 'not_found');
    await staff.post(`${INVOICES}/${id}/open`, { version }).expect(200);
    const invoice = await asAna(id);
    expect(invoice).toMatchObject({
      status: 'open',
      total: { amount: 136_050, currency: 'BRL' },
      amountDue: { amount: 136_050 },
      gross: { amount: 143_830 },
      discounted: { amount: 7_780 },
      taxes: [{ name: 'ISS', percent: '5', included: true, amount: { amount: 2_450 } }],
      lateCharges: null,
      purchaseOrder: 'PC-1197',
      billTo: { name: 'Padaria Estrela' },
    });
    expect(invoice.number).toMatch(/^F-\d{4}-\d{6}$/);
    expect(invoice.lines.map(({ quantity, net }: { quantity: string; net: object }) => [quantity, net])).toEqual([
      ['1', { amount: 48_990, currency: 'BRL' }],
      ['35.5', { amount: 17_040, currency: 'BRL' }],
      ['2', { amount: 70_020, currency: 'BRL' }],
    ]);
  });

  it('is one of the list by its status, its due day, its number and words of its title', async () => {
    const { number } = await open({ title: 'Instalação da loja 2', dueOn: addDays(today, 30) });
    const found = async (query: string) =>
      (await ana.get(`${MINE}?${query}`).expect(200)).body.data.map((each: { number: string }) => each.number);
    for (const query of ['status=open', `dueFrom=${addDays(today, 30)}`, `q=${number.toLowerCase()}`, 'q=instalacao'])
      expect(await found(query)).toEqual([number]);
    // The world has one that is late.
    expect(await found('status=overdue')).toEqual(['F-2026-padaria']);
    expect(await found('status=paid,void')).toEqual([]);
    expect(await found('')).toEqual([number, 'F-2026-padaria']);
  });

  it('that is late says what lateness has added, and what a day adds', async () => {
    const late = await asAna(idOf('invoice:padaria'));
    expect(late).toMatchObject({ status: 'overdue', owed: { amount: 5_000 } });
    // Without terms nothing is added.
    expect(late.lateCharges).toBeNull();
    const { id } = await open({ dueOn: today, finePercent: '2', interestPercent: '1' });
    await api.owner.query('update invoices set due_on = $2, payable_until = $2 where id = $1', [
      id,
      addDays(today, -24),
    ]);
    expect(await asAna(id)).toMatchObject({
      status: 'overdue',
      amountDue: { amount: 48_990 + 980 + 392 },
      lateCharges: { fine: { amount: 980 }, interest: { amount: 392 }, days: 24, perDay: { amount: 16 } },
    });
  });

  it('is asked for again at no cost while nothing of it has changed, and not from one day to the next', async () => {
    const first = await ana.get(MINE).expect(200);
    const etag = first.headers['etag'] as string;
    await ana
      .with({ headers: { 'if-none-match': etag } })
      .get(MINE)
      .expect(304);
    await open();
    const second = await ana
      .with({ headers: { 'if-none-match': etag } })
      .get(MINE)
      .expect(200);
    expect(second.body.pagination.total).toBe(first.body.pagination.total + 1);
  });

  it.each([
    ['a quantity of nothing', { lines: [{ ...LINE, quantity: '0' }] }, 'lines.0.quantity', 'moneyNotPositive'],
    ['a price below zero', { lines: [{ ...LINE, unitPrice: -1 }] }, 'lines.0.unitPrice', 'min'],
    ['a price with a fraction', { lines: [{ ...LINE, unitPrice: 1.5 }] }, 'lines.0.unitPrice', 'isInt'],
    ['a price beyond all numbers', { lines: [{ ...LINE, unitPrice: 1e21 }] }, 'lines.0.unitPrice', 'max'],
    ['a quantity that is typed', { lines: [{ ...LINE, quantity: '1,5' }] }, 'lines.0.quantity', 'isDecimal'],
    ['a currency that there is not', { currency: 'XYZ' }, 'currency', 'isCurrency'],
    ['a day that there is not', { dueOn: '2026-02-30' }, 'dueOn', 'isDay'],
    ['a day whose next banking day nobody knows', { dueOn: '2099-01-01' }, 'dueOn', 'dayFar'],
    ['a day of long ago', { dueOn: '1899-12-31' }, 'dueOn', 'dayFar'],
    ['a fine of more than all', { finePercent: '100.01' }, 'finePercent', 'moneyNotAPercentage'],
    ['interest that is rounded', { interestPercent: '1.23456' }, 'interestPercent', 'moneyTooManyDecimals'],
    ['two kinds of a discount', { discount: { percent: '1', amount: 1 } }, 'discount', 'exactlyOne'],
    ['another organization’s customer', { billingAccountId: idOf('account:mercado') }, 'billingAccountId', 'exists'],
  ])('is refused with %s', async (_what, more, path, code) => {
    const { body } = await staff.post(INVOICES, { ...DRAFT, ...more }).expect(400);
    expect(body.errors).toEqual([expect.objectContaining({ path, code })]);
  });

  it('has no discount where nothing in a hundred is taken off', async () => {
    const invoice = await draft({ discount: { percent: '0' }, lines: [{ ...LINE, discount: { percent: '0.00' } }] });
    expect(invoice).toMatchObject({ discount: null, lines: [{ discount: null }], total: { amount: 48_990 } });
  });

  it('is not opened where what its customer owes becomes more than is kept', async () => {
    const { id, version } = await draft({ lines: [{ ...LINE, unitPrice: Number.MAX_SAFE_INTEGER }] });
    const { body } = await staff.post(`${INVOICES}/${id}/open`, { version }).expect(400);
    expect(body.errors).toEqual([expect.objectContaining({ code: 'moneyTooLarge' })]);
  });

  it('is due on the last of all days', async () => {
    const { id } = await open({ dueOn: '2098-12-31' });
    expect(await asAna(id)).toMatchObject({ dueOn: '2098-12-31', payableUntil: '2099-01-02' });
  });

  it('of a currency without minor unit, and of one with three, is told in their own', async () => {
    for (const currency of ['JPY', 'KWD']) {
      const { id } = await open({ currency, lines: [{ ...LINE, unitPrice: 12_345 }] });
      expect((await asAna(id)).total).toEqual({ amount: 12_345, currency });
    }
    const { body } = await ana.get(`${MINE}/overview`).expect(200);
    expect(body.due.map(({ owed }: { owed: { currency: string } }) => owed.currency)).toEqual(['BRL', 'JPY', 'KWD']);
  });
});

it.each([
  ['to=0001-01-01', 'to'],
  ['from=0002-11-01', 'from'],
])('a statement asked for with %s while its year is typed is refused', async (query, path) => {
  for (const books of [ana.get(`/api/v1/portal/statement?${query}`), staff.get(`${BOOKS}/statement?${query}`)]) {
    const { body } = await books.expect(400);
    expect(body.errors).toEqual([expect.objectContaining({ path, code: 'dayFar' })]);
  }
});

it.each([
  ['finePercent', '100.5', 'moneyNotAPercentage'],
  ['interestPercent', '0.12345', 'moneyTooManyDecimals'],
])('terms are refused with a %s of %s', async (name, percent, code) => {
  const owner = await api.signIn('staff', 'owner@aurora.example');
  const settings = '/api/v1/admin/billing-settings';
  const { version } = (await owner.get(settings).expect(200)).body.billingSettings;
  const { body } = await owner.patch(settings, { version, [name]: percent }).expect(400);
  expect(body.errors).toEqual([expect.objectContaining({ path: name, code })]);
});

describe('what pays an invoice', () => {
  it('S0.8 is in the customer’s transactions and in their statement', async () => {
    const { id, number } = await open();
    await staff
      .post('/api/v1/admin/ledger/deposits', {
        billingAccountId: PADARIA,
        amount: 50_000,
        method: 'pix',
        reference: 'E2E',
        invoiceIds: [id],
      })
      .expect(201);
    expect(await asAna(id)).toMatchObject({
      status: 'paid',
      owed: { amount: 0 },
      settlements: [{ kind: 'deposit', method: 'pix', amount: { amount: 48_990 } }],
    });
    const transactions = await ana.get('/api/v1/portal/transactions?limit=2').expect(200);
    expect(transactions.body.data).toMatchObject([
      {
        ...{ kind: 'deposit', side: 'credit', amount: { amount: 50_000 }, reference: 'E2E' },
        paid: [{ invoiceId: id, number, amount: { amount: 48_990, currency: 'BRL' } }],
      },
      { kind: 'invoice', side: 'debit', amount: { amount: 48_990 }, invoiceNumber: number, paid: [] },
    ]);
    const next = transactions.body.pagination.nextCursor as string;
    expect((await ana.get(`/api/v1/portal/transactions?cursor=${next}`).expect(200)).body.data).toHaveLength(5);
    const { body } = await ana.get(`/api/v1/portal/statement?from=${today}`).expect(200);
    expect(body.opening).toEqual({ amount: 5_000, currency: 'BRL' });
    expect(body.lines.map(({ balance }: { balance: { amount: number } }) => balance.amount)).toEqual([53_990, 3_990]);
    expect(body.closing).toEqual({ amount: 3_990, currency: 'BRL' });
    const overview = await ana.get(`${MINE}/overview`).expect(200);
    expect(overview.body.due).toEqual([
      {
        owed: { amount: 5_000, currency: 'BRL' },
        invoices: 1,
        overdue: { amount: 5_000, currency: 'BRL' },
        overdueInvoices: 1,
        credit: { amount: 1_010, currency: 'BRL' },
      },
    ]);
  });

  it('may be a credit note up to its total, and after that no more', async () => {
    const { id } = await open();
    const credit = (amount: number) =>
      staff.post(`${INVOICES}/${id}/credit-notes`, { amount, reason: 'Dois dias sem sinal' });
    await credit(40_000).expect(201);
    await refusal(credit(9_000), 409, 'credit_exceeds_invoice');
    await credit(8_990).expect(201);
    // It was not paid, and neither list, file nor history say so.
    const invoice = await asAna(id);
    expect(invoice).toMatchObject({ status: 'credited', credited: { amount: 48_990 }, owed: { amount: 0 } });
    expect(invoice.history.map(({ kind }: { kind: string }) => kind)).not.toContain('paid');
    const found = async (status: string) => (await ana.get(`${MINE}?status=${status}`).expect(200)).body.data.length;
    expect([await found('credited'), await found('paid')]).toEqual([1, 0]);
    const english = ana.with({ headers: { 'accept-language': 'en-US' } });
    expect((await english.get(`${MINE}/export?status=credited`).expect(200)).text).toContain(';Credited;');
  });

  it('may be given up, which is called so by lists and files, and is paid in none', async () => {
    const { id } = await open();
    await staff.post(`${INVOICES}/${id}/write-off`, { reason: 'Incobrável' }).expect(200);
    expect(await asAna(id)).toMatchObject({ status: 'written_off', owed: { amount: 0 } });
    const found = async (status: string) => (await ana.get(`${MINE}?status=${status}`).expect(200)).body.data.length;
    expect([await found('written_off'), await found('paid')]).toEqual([1, 0]);
    expect((await ana.get(`${MINE}/export?status=written_off`).expect(200)).text).toContain(';Encerrada;');
    expect((await staff.get(`${INVOICES}/export?status=written_off`).expect(200)).text).toContain(
      ';Baixada por perda;',
    );
  });

  it('may be given up by mistake, which is taken back once, with a reason that stands in the books', async () => {
    const { id } = await open();
    const off = `${INVOICES}/${id}/write-off`;
    const given = (await staff.post(off, { amount: 8_990, reason: 'Acordo' }).expect(200)).body.invoice;
    const [writeOff] = given.settlements;
    const body = { writeOffId: writeOff.id, reason: 'O cliente vai pagar' };
    await refusal(staff.post(`${off}/take-back`, { ...body, reason: ' ' }), 400, 'validation_failed');
    await refusal(staff.post(`${off}/take-back`, { ...body, writeOffId: id }), 400, 'validation_failed');
    const once = staff.with({ headers: { 'idempotency-key': 'undo-1' } });
    const back = (await once.post(`${off}/take-back`, body).expect(200)).body.invoice;
    expect(back).toMatchObject({ status: 'open', owed: { amount: 48_990 }, settlements: [] });
    expect((await once.post(`${off}/take-back`, body).expect(200)).body.invoice).toEqual(back);
    await refusal(staff.post(`${off}/take-back`, body), 409, 'write_off_taken_back');
    const seen = await asAna(id);
    expect(seen).toMatchObject({ status: 'open', owed: { amount: 48_990 }, amountDue: { amount: 48_990 } });
    expect(seen.history.slice(-2)).toMatchObject([
      { kind: 'written_off', amount: { amount: 8_990 } },
      { kind: 'write_off_taken_back', amount: { amount: 8_990 } },
    ]);
    const entries = (await ana.get('/api/v1/portal/transactions?kind=write_off_reversal').expect(200)).body.data;
    expect(entries[0]).toMatchObject({
      ...{ side: 'debit', amount: { amount: 8_990 }, reason: 'O cliente vai pagar', invoiceNumber: seen.number },
    });
    expect((await ana.get('/api/v1/portal/transactions/export').expect(200)).text).toContain(';Dispensa desfeita;');
    expect((await staff.get(`${BOOKS}/transactions/export`).expect(200)).text).toContain(';Baixa desfeita;');
    expect(
      (await staff.get(`/api/v1/admin/ledger/entries/export?from=${today}&to=${today}`).expect(200)).text,
    ).toContain(';Baixa desfeita;');
  });

  it('is none of another customer’s invoices', async () => {
    await staff
      .post('/api/v1/admin/ledger/deposits', {
        billingAccountId: PADARIA,
        amount: 1,
        method: 'cash',
        invoiceIds: [idOf('invoice:oficina')],
      })
      .expect(400);
  });
});

it('an invoice that was voided stays, with its number and why', async () => {
  const { id, version, number } = await open();
  await staff.post(`${INVOICES}/${id}/void`, { version, reason: 'Emitida em dobro' }).expect(200);
  expect(await asAna(id)).toMatchObject({
    status: 'void',
    number,
    voidReason: 'Emitida em dobro',
    owed: { amount: 0 },
  });
  await refusal(staff.put(`${INVOICES}/${id}`, { ...DRAFT, version: version + 1 }), 409, 'invoice_not_draft');
  const file = await ana
    .with({ headers: { 'accept-language': 'en-US' } })
    .get(`${MINE}/export?status=void`)
    .expect(200);
  expect(file.text).toContain(';Voided;');
});

it('credit notes and statements are asked for as documents, by customers and staff, and are nobody else’s', async () => {
  const { id } = await open();
  const note = { amount: 1_000, reason: 'Dois dias sem sinal' };
  await staff.post(`${INVOICES}/${id}/credit-notes`, note).expect(201);
  const [{ id: noteId, number }] = (await asAna(id)).creditNotes;
  expect(number).toMatch(/^NC-/);
  const books = `from=${today}&to=${today}&locale=en-US`;
  for (const [who, path] of [
    [ana, `${MINE}/${id}/credit-notes/${noteId}/document`],
    [ana, `/api/v1/portal/statement/document?${books}`],
    [staff, `${INVOICES}/${id}/credit-notes/${noteId}/document`],
    [staff, `/api/v1/admin/billing-accounts/${PADARIA}/statement/document?${books}`],
  ] as const) {
    expect((await who.get(path).expect(200)).body).toEqual({ document: null });
    expect((await who.post(path, {}).expect(200)).body).toEqual({ isReady: false });
  }
  const { rows } = await api.owner.query(
    "select distinct job from outbox where job like 'billing.render-%' order by job",
  );
  expect(rows.map(({ job }: { job: string }) => job)).toEqual([
    'billing.render-credit-note',
    'billing.render-statement',
  ]);
  const carla = await api.signIn('portal', 'carla@oficina.example');
  await refusal(carla.get(`${MINE}/${id}/credit-notes/${noteId}/document`), 404, 'not_found');
  await refusal(ana.get(`${MINE}/${idOf('invoice:padaria')}/credit-notes/${noteId}/document`), 404, 'not_found');
});

it('the terms of new invoices are changed by who read them last', async () => {
  const read = await staff.get('/api/v1/admin/billing-settings').expect(200);
  const { version } = read.body.billingSettings;
  const change = { version, numberPrefix: 'NF-', dueDays: 30, finePercent: '1.5', reminderDays: [7, 2] };
  const changed = await staff.patch('/api/v1/admin/billing-settings', change).expect(200);
  expect(changed.body.billingSettings).toMatchObject({
    ...change,
    version: version + 1,
    legalName: 'Company of aurora',
  });
  await refusal(staff.patch('/api/v1/admin/billing-settings', change), 409, 'conflict');
  const noKey = staff.patch('/api/v1/admin/billing-settings', { version: version + 1, pixKey: 'não é chave' });
  const { body } = await refusal(noKey, 400, 'validation_failed');
  expect(body.errors).toEqual([expect.objectContaining({ path: 'pixKey', code: 'isPixKey' })]);
  expect((await open()).number).toMatch(/^NF-/);
});

it('a file of a search holds what its list has, by a customer’s name and by a number’s beginning', async () => {
  const { number } = await open();
  await draft();
  for (const q of ['padaria estrela', number.slice(0, -2)]) {
    const query = `q=${encodeURIComponent(q)}`;
    const { body } = await staff.get(`${INVOICES}?${query}&limit=100`).expect(200);
    const listed = body.data.flatMap((each: { number: string | null }) => each.number ?? []) as string[];
    expect(listed).toContain(number);
    const { text } = await staff.get(`${INVOICES}/export?${query}`).expect(200);
    expect(listed.filter((each) => !text.includes(each))).toEqual([]);
    expect(text.trimEnd().split('\n')).toHaveLength(1 + body.data.length);
  }
  // What a draft may lack is in no cursor.
  const first = await staff.get(`${INVOICES}?q=mensalidade&sort=-dueOn&limit=1`).expect(200);
  const cursor = first.body.pagination.nextCursor as string | null;
  if (cursor) await staff.get(`${INVOICES}?q=mensalidade&sort=-dueOn&limit=1&cursor=${cursor}`).expect(200);
  expect(first.body.data[0].dueOn).not.toBeNull();
});
