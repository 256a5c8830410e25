import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { BillingAccountService, DataImportService, StaffService } from '@balcao/module-directory';
import { AccountImportHandler, ImportSlices } from '@balcao/module-directory/worker';
import { Outbox } from '@balcao/platform-outbox';
import { Database, sql, systemClock, systemContext } from '@balcao/platform-tenancy';
import { idOf } from '../support/ids.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const ACCOUNTS = '/api/v1/admin/account-imports';
const INVOICES = '/api/v1/admin/invoice-imports';

let api: TestApp;
let owner: Visitor;
let handler: AccountImportHandler;
beforeAll(async () => {
  api = await startTestApp();
  const the = <Service>(type: new (...needs: never[]) => Service) => api.app.get<Service>(type, { strict: false });
  const slices = new ImportSlices(the(Database), the(DataImportService), the(StaffService), the(Outbox));
  handler = new AccountImportHandler(slices, the(BillingAccountService));
});
beforeEach(async () => {
  await api.reset();
  owner = await api.signIn('staff', 'owner@aurora.example');
});
afterAll(() => api.close());

const send = (path: string, text: string, query = '') =>
  owner.request('post', `${path}?fileName=file.csv${query}`).attach('file', Buffer.from(text), 'file.csv');
const work = async (importId: string) => {
  for (let turns = 0; turns < 10; turns++)
    await handler.handle(
      {
        name: 'accounts.import',
        version: 1,
        payload: { importId },
        deliveryId: '1',
        context: systemContext(idOf('organization:aurora'), { clock: systemClock }),
      },
      async (db) => {
        await db.execute(sql`select 1`);
      },
    );
};

const FILE = [
  'Nome;CNPJ/CPF;Código;E-mail;Rua;CEP;UF',
  'Nova Padaria;12.ABC.345/01DE-35;N-1;nova@padaria.example;Rua A;13015-002;SP',
  'Padaria de novo;;padaria;;Rua B;;',
  '=cmd|calc;;N-2;;;;',
  'Sem número;111.444.777-36;N-3;;;;',
].join('\r\n');

it('tells what becomes of each customer before anything is written, and writes what is started', async () => {
  const before = (await api.rows('select 1 from billing_accounts')).length;
  const { import: checked } = (await send(ACCOUNTS, FILE, '&existing=update').expect(201)).body;
  expect(checked).toMatchObject({ status: 'checked', rows: 4, waiting: 3, refused: 1, existing: 'update' });
  const { data } = (await owner.get(`${ACCOUNTS}/${checked.id}/rows`).expect(200)).body;
  expect(data.map(({ line, plan, code }: Record<string, unknown>) => [line, plan, code])).toEqual([
    [2, 'create', null],
    [3, 'update', null],
    [4, 'create', null],
    [5, null, 'isTaxId'],
  ]);
  expect(data[3].message).toBe('CNPJ/CPF: Os números não conferem. Veja no cartão do CNPJ ou no CPF.');
  expect(await api.rows('select 1 from billing_accounts')).toHaveLength(before);
  await owner.post(`${ACCOUNTS}/${checked.id}/start`, {}).expect(200);
  await work(checked.id);
  expect((await owner.get(`${ACCOUNTS}/${checked.id}`).expect(200)).body.import).toMatchObject({
    status: 'finished',
    created: 2,
    updated: 1,
    refused: 1,
  });
  expect(
    await api.rows(
      "select name, tax_id, address ->> 'postalCode' as cep from billing_accounts where external_id in ('N-1', 'N-2', 'padaria') order by external_id",
    ),
  ).toEqual([
    { name: 'Nova Padaria', tax_id: '12ABC34501DE35', cep: '13015002' },
    { name: '=cmd|calc', tax_id: null, cep: null },
    { name: 'Padaria de novo', tax_id: expect.anything(), cep: null },
  ]);
});

it('gives the refused rows back as a file that can be mended', async () => {
  const { import: checked } = (await send(ACCOUNTS, FILE).expect(201)).body;
  const answer = await owner.get(`${ACCOUNTS}/${checked.id}/refused/export`).expect(200);
  expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(answer.headers['content-disposition']).toBe('attachment; filename="linhas-recusadas.csv"');
  expect(answer.text.replace('\ufeff', '')).toBe(
    'Nome;CNPJ/CPF;Código;E-mail;Rua;CEP;UF;Linha;Motivo\r\n' +
      'Sem número;111.444.777-36;N-3;;;;;5;CNPJ/CPF: Os números não conferem. Veja no cartão do CNPJ ou no CPF.\r\n',
  );
});

it.each([
  ['no rows', 'Nome\r\n', 'csvEmpty'],
  ['no name', 'CNPJ\r\n1', 'csvColumns'],
  ['a workbook', 'PK\u0003\u0004', 'csvForeign'],
  ['10,001 rows', `Nome\n${'A\n'.repeat(10_001)}`, 'csvRows'],
])('refuses a file with %s', async (_what, text, code) => {
  const { body } = await send(ACCOUNTS, text).expect(400);
  expect(body.errors).toMatchObject([{ path: 'file', code }]);
});

it('takes ten thousand rows', async () => {
  const rows = Array.from(
    { length: 10_000 },
    (_, place) => `Cliente ${place};;C-${place};c${place}@qa.example;Rua ${place};;SP`,
  );
  const { import: checked } = (await send(ACCOUNTS, [FILE.split('\r\n')[0], ...rows].join('\n')).expect(201)).body;
  expect(checked).toMatchObject({ rows: 10_000, waiting: 10_000 });
}, 60_000);

it('shows how the amounts of a file of invoices are read', async () => {
  const text = 'número;cliente;emissão;vencimento;descrição;valor\n1;padaria;01/10/2025;11/10/2025;Fibra;1.234,56';
  const { import: checked } = (await send(INVOICES, text).expect(201)).body;
  expect(checked).toMatchObject({
    invoices: 1,
    invoiced: { amount: 123_456, currency: 'BRL' },
    sample: { text: '1.234,56', amount: { amount: 123_456 } },
  });
  const other = (await send(INVOICES, text, '&numbers=en-US').expect(201)).body.import;
  expect(other).toMatchObject({ invoices: 0, refused: 1, sample: { text: '1.234,56', amount: null } });
});

it.each(['admin/invoices/export', `admin/billing-accounts/${idOf('account:padaria')}/transactions/export`])(
  'exports %s as CSV',
  async (path) => {
    const answer = await owner.get(`/api/v1/${path}`).expect(200);
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.headers['content-disposition']).toMatch(
      /^attachment; filename="(faturas|extrato)-\d{4}-\d\d-\d\d\.csv"$/,
    );
    expect(answer.text).toMatch(/^\ufeff?(Número;Cliente|Data;Lançamento)/);
  },
);
