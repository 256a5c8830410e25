import { describe, expect, it } from '@jest/globals';
import { costRatio, IN_PROPORTION } from '@balcao/contracts/testing';
import { readListedPeople } from './read-listed-people.js';

const BEGIN = 'line,name,email,role\n';
const read = (text: string) => readListedPeople(text).catch(({ fields }) => fields);
const lines = (count: number, name: string) =>
  BEGIN + Array.from({ length: count }, (_, place) => `${place + 2},${name},p${place}@padaria.com.br,`).join('\n');

describe('S0.53 a list of people', () => {
  it.each([
    [
      'stray quotes',
      (length: number) => `line,name,email\n1,a,"${'x"'.repeat(length / 4)}${' '.repeat(length / 2)}\n,`,
    ],
    ['quotes that end before spaces', (length: number) => `line,name,email\n1,a,${'"x" '.repeat(length / 4)}`],
    ['doubled quotes', (length: number) => `line,name,email\n1,a,"${'""'.repeat(length / 2)}`],
    ['separators', (length: number) => `line,name,email\n${','.repeat(length)}`],
    ['one name', (length: number) => `line,name,email\n1,${'a.b'.repeat(length / 3)},a@b.com.br`],
    ['one address', (length: number) => `line,name,email\n1,a,${'a@'.repeat(length / 2)}`],
  ])('costs in proportion to its length: %s', async (_what, make) => {
    expect(await costRatio(read, make(5_000), make(20_000))).toBeLessThan(IN_PROPORTION);
  });

  it('lets others have their turn while its names are judged', async () => {
    let [turns, isRead] = [0, false];
    const others = () => {
      turns += 1;
      if (!isRead) setImmediate(others);
    };
    setImmediate(others);
    expect(await readListedPeople(lines(2_000, 'a.b'.repeat(20)))).toHaveLength(2_000);
    isRead = true;
    expect(turns).toBeGreaterThan(50);
  });

  it.each<[what: string, text: string, people: object[]]>([
    ['a line', '7,Ana,ANA@x.com.br,Chefia', [{ line: 7, name: 'Ana', email: 'ana@x.com.br', role: 'Chefia' }]],
    ['a line with nothing at its end', '7,Ana,a@x.com.br,', [{ name: 'Ana', role: '' }]],
    ['a short line', '7,Ana', [{ name: 'Ana', email: '', problem: 'isEmail' }]],
    ['quotes', '7,"Lima, ""Ana""","a@x.com.br","Che\nfia"\r\n', [{ name: 'Lima, "Ana"', role: 'Che\nfia' }]],
    ['quotes within a cell', '7,Ana "Aninha" Lima,a@x.com.br', [{ name: 'Ana "Aninha" Lima' }]],
    ['empty lines', '\r\n7,Um,a@x.com.br\r\n\n\r8,Dois,b@x.com.br\n\n', [{ name: 'Um' }, { name: 'Dois' }]],
    ['a line without a number', ',Um,a@x.com.br,', [{ line: 1, name: 'Um' }]],
  ])('is read with %s', async (_what, text, people) => {
    expect(await read(BEGIN + text)).toEqual(people.map((person) => expect.objectContaining(person)));
  });

  it.each([
    ['quotes that do not close', `${BEGIN}7,"Ana,a@x.com.br`, 'openQuote'],
    ['text behind quotes', `${BEGIN}7,"Ana" Lima,a@x.com.br`, 'openQuote'],
    ['other headings', 'line,name\n7,Ana', 'required'],
    ['nobody', BEGIN, 'arrayMinSize'],
    ['too many', lines(2_001, 'Ana'), 'arrayMaxSize'],
  ])('is refused with %s', async (_what, text, code) => {
    expect(await read(text)).toEqual([expect.objectContaining({ path: 'people', code })]);
  });
});
