import { expect, it } from '@jest/globals';
import { DomainError } from '@balcao/platform-errors';
import { readTable } from './import-table.js';

const COLUMNS = {
  name: { names: ['nome', 'name'], required: true },
  legalName: { names: ['razao social', 'legal name'] },
} as const;
const read = (text: string | Buffer) => readTable<keyof typeof COLUMNS>(Buffer.from(text), COLUMNS);
const cells = (text: string | Buffer) =>
  read(text).rows.map(({ line, cell }) => [line, cell('name'), cell('legalName')]);
const codeOf = (text: string | Buffer) => {
  try {
    read(text);
  } catch (error) {
    return (error as DomainError).fields[0]!.code;
  }
};

it.each([
  ['semicolons and a mark', '\ufeffNome;Razão Social\r\nA;B'],
  ['commas', 'name,legal_name\nA,B'],
  ['tabs', 'NOME\trazao-social\nA\tB'],
  ['other columns between', 'x;Nome;y;Razão_Social\n1;A;2;B'],
  ["Windows' encoding", Buffer.from('Nome;Raz\xe3o Social\nA;B', 'latin1')],
  ['UTF-16', Buffer.from('\ufeffNome;Razão Social\nA;B', 'utf16le')],
])('reads %s', (_what, text) => expect(cells(text)).toEqual([[2, 'A', 'B']]));

it('counts lines as a spreadsheet does, and passes over empty ones', () =>
  expect(cells('Nome\n\n  \nA\n;\nB')).toEqual([
    [4, 'A', ''],
    [6, 'B', ''],
  ]));

it.each(["'=cmd|calc", '=cmd|calc'])('takes %s as the text that it is', (text) =>
  expect(cells(`Nome\n${text}`)).toEqual([[2, '=cmd|calc', '']]),
);

it.each([
  ['', 'csvEmpty'],
  ['Nome', 'csvEmpty'],
  ['x\nA', 'csvColumns'],
  ['Nome;name\nA;B', 'csvRepeatedColumns'],
  ['Nome\n"A', 'openQuote'],
  ['PK\x03\x04', 'csvForeign'],
  [`Nome\n${'A\n'.repeat(10_001)}`, 'csvRows'],
])('refuses %j: %s', (text, code) => expect(codeOf(text)).toBe(code));
