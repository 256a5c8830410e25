import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { csvLine, csvRecords, csvRows, decodeText, separatorOf, TEXT_MARK, type Separator } from './index.js';

it.each([
  [
    'a,b\r\n1,2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  ['"a,""b""",c', [['a,"b"', 'c']]],
  ['a\n\n\nb', [['a'], ['b']]],
  ['a,', [['a', '']]],
  [
    '"a\nb",c\rd,e',
    [
      ['a\nb', 'c'],
      ['d', 'e'],
    ],
  ],
  ['a;b', [['a;b']]],
] as const)('reads %j', (text, rows) => expect(csvRows(text, 10)).toEqual(rows));

it.each(['"a', '"a"b,c', 'a,"b" ,c'])('reads nothing of %j, whose quotes close nowhere', (text) =>
  expect(csvRows(text, 10)).toBeUndefined(),
);

it('counts lines as a spreadsheet does', () =>
  expect(csvRecords('a\n\n"b\nc"\nd', 10)!.map(({ line, cells }) => [line, cells[0]])).toEqual([
    [1, 'a'],
    [3, 'b\nc'],
    [4, 'd'],
  ]));

it('reads no more than it is asked for', () => expect(csvRows('a\n'.repeat(100), 3)).toHaveLength(3));

it.each([
  ['numero;cliente;valor\n1;A;1,5', ';'],
  ['number,customer,amount', ','],
  ['number\tcustomer', '\t'],
  ['"a;b;c;d",e,f', ','],
  ['\nonly\na;b', ';'],
  ['alone', ';'],
] as const)('finds what parts the cells of %j', (text, mark) => expect(separatorOf(text)).toBe(mark));

it.each([
  ['UTF-8', [0xc3, 0xa9]],
  ['UTF-8 with its mark', [0xef, 0xbb, 0xbf, 0xc3, 0xa9]],
  ["Windows' encoding", [0xe9]],
  ['UTF-16', [0xff, 0xfe, 0xe9, 0]],
])('decodes %s', (_what, bytes) => expect(decodeText(Uint8Array.from(bytes))).toBe('é'));

it.each([
  ['=1+1', "'=1+1"],
  ['+55 19', "'+55 19"],
  // A number computes nothing, and has to add up (woocommerce#53020).
  ['-1', '-1'],
  ['-269,20', '-269,20'],
  ['-269.20', '-269.20'],
  ['-1+1', "'-1+1"],
  ['-1,5,2', "'-1,5,2"],
  ['-A1', "'-A1"],
  ['--1', "'--1"],
  [' -1', "' -1"],
  ['@sum', "'@sum"],
  ['\t=1', '"\'\t=1"'],
  ['a;b', '"a;b"'],
  ['1234,56', '1234,56'],
  ['say "x"', '"say ""x"""'],
  ['plain', 'plain'],
])('writes %j as %s', (cell, expected) => expect(csvLine([cell, null])).toBe(`${expected};\r\n`));

it('reads back what it wrote, apostrophes apart', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ';', ',', '\n', '\r', ' ', 'é', '=', '1') });
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 5 }), (rows) => {
      const text = rows.map((cells) => csvLine(cells)).join('');
      const read = csvRows(text, 10, ';' satisfies Separator)!;
      expect(read.map((cells) => cells.map((each) => each.replace(/^'(?=[\s]*[=])/, '')))).toEqual(rows);
    }),
  );
});

it('looks at each character once', () => {
  const before = performance.now();
  csvRows('"a""'.repeat(500_000), 10);
  csvRows('a"b'.repeat(500_000), 10);
  expect(performance.now() - before).toBeLessThan(2_000);
  expect(TEXT_MARK).toHaveLength(1);
});
