import { expect, it } from '@jest/globals';
import { readAccounts } from './read-accounts.js';

const HEAD = 'Nome;Razão social;CNPJ;Código;E-mail;Telefone;Rua;Número;CEP;Cidade;UF';
const read = async (cells: string) => (await readAccounts(Buffer.from(`${HEAD}\n${cells}`))).rows[0]!;

it('reads a customer whole, and leaves out what is empty', async () => {
  expect(
    (
      await read(
        'Padaria;Padaria Ltda;12.abc.345/01DE-35;C-1;Ana@Padaria.example;(19) 3555-0142;Rua A;10;13015-002;Campinas;sp',
      )
    ).record,
  ).toEqual({
    name: 'Padaria',
    legalName: 'Padaria Ltda',
    taxId: '12ABC34501DE35',
    externalId: 'C-1',
    email: 'ana@padaria.example',
    phone: '(19) 3555-0142',
    address: { street: 'Rua A', number: '10', postalCode: '13015002', city: 'Campinas', state: 'SP' },
  });
  expect((await read('Padaria;;;;;;;;;;')).record).toEqual({ name: 'Padaria' });
});

it('gives a CPF and a CEP back the zeros that a spreadsheet took', async () =>
  expect((await read('A;;1234567890;;;;;;1310100;;')).record).toMatchObject({
    taxId: '01234567890',
    address: { postalCode: '01310100' },
  }));

it.each([
  [';;;;;;;;;;', 'required', 'Nome'],
  ['A;;11144477736;;;;;;;;', 'isTaxId', 'CNPJ'],
  ['A;;;;half@;;;;;;', 'isEmail', 'E-mail'],
  ['A;;;;;123;;;;;', 'isTelephone', 'Telefone'],
  ['A;;;;;;;;123;;', 'isPostalCode', 'CEP'],
  ['A;;;;;;;;;;XX', 'isUf', 'UF'],
  [`${'A'.repeat(256)};;;;;;;;;;`, 'maxLength', 'Nome'],
  [`A;;;${'C'.repeat(51)};;;;;;;`, 'maxLength', 'Código'],
  ['golpe.com/x;;;;;;;;;;', 'isName', 'Nome'],
])('refuses %s', async (cells, problem, heading) => {
  // A row of nothing is none: a second cell keeps it.
  const line = cells.startsWith(';;') ? `;x${cells.slice(1)}` : cells;
  expect(await read(line)).toMatchObject({ problem, heading });
});
