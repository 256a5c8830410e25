import { describe, expect, it } from 'vitest';
import { readPeople, textOf, writePeople } from './people-csv.js';

const ROLES = [
  { id: 'r-1', name: 'Administração' },
  { id: 'r-2', name: 'Colaboração' },
];
const ANA = { name: 'Ana Ribeiro', email: 'ana@padaria.example' };
const read = async (text: string) =>
  (await readPeople(text, ROLES)).map(({ line, name, email, roleId, problem }) =>
    [line, name, email, roleId, problem].filter((value) => value !== undefined),
  );

describe('readPeople', () => {
  it.each([
    ['commas', 'Ana Ribeiro,ana@padaria.example'],
    ['semicolons', 'Ana Ribeiro;ana@padaria.example'],
    ['tabs', 'Ana Ribeiro\tana@padaria.example'],
    ['the e-mail first', 'ana@padaria.example,Ana Ribeiro'],
    ['quotes and capitals', '"Ana Ribeiro",ANA@padaria.example'],
    ['spaces around', ' Ana Ribeiro ,  ana@padaria.example '],
    ['a byte order mark', '\uFEFFAna Ribeiro,ana@padaria.example'],
    ['empty lines at the end', 'Ana Ribeiro,ana@padaria.example\r\n\r\n'],
  ])('S0.25 reads %s', async (_what, text) => {
    expect(await read(text)).toEqual([[1, ANA.name, ANA.email]]);
  });

  it.each(['Nome;E-mail;Papel', 'name,email', 'E-mail,Nome'])('S0.25 passes over the headings %s', async (headings) => {
    const separator = headings.includes(';') ? ';' : ',';
    expect(await read(`${headings}\n\nAna Ribeiro${separator}ana@padaria.example`)).toEqual([[3, ANA.name, ANA.email]]);
  });

  it('S0.25 finds roles by name, accents and case apart', async () => {
    expect(await read('Ana Ribeiro,ana@padaria.example,administracao')).toEqual([[1, ANA.name, ANA.email, 'r-1']]);
  });

  it('S0.25 keeps what stands in quotes together', async () => {
    expect(await read('"Ribeiro, Ana ""Aninha""",ana@padaria.example')).toEqual([
      [1, 'Ribeiro, Ana "Aninha"', ANA.email],
    ]);
  });

  it.each([
    ['no e-mail', 'Ana Ribeiro', 'email'],
    ['half an e-mail', 'Ana Ribeiro,ana@', 'email'],
    ['no name', ',ana@padaria.example', 'name'],
    ['a name without end', `${'x'.repeat(256)},ana@padaria.example`, 'longName'],
    ['a role that nobody knows', 'Ana Ribeiro,ana@padaria.example,Chefia', 'role'],
  ])('S0.25 says that a line has %s', async (_what, text, problem) => {
    expect((await readPeople(text, ROLES))[0]!.problem).toBe(problem);
  });

  it('S0.25 says which line repeats an earlier one', async () => {
    const people = await readPeople('Ana,ana@padaria.example\nIvo,ivo@padaria.example\nAna,ANA@padaria.example', ROLES);
    expect(people.map(({ problem }) => problem)).toEqual([undefined, undefined, 'repeated']);
  });
});

it('S0.25 what was read can be written and read again', async () => {
  const text = 'Ribeiro Ana,ana@padaria.example,Colaboração\n"Ivo, o Novo",ivo@padaria.example';
  const people = await readPeople(text, ROLES);
  expect(await readPeople(await writePeople(people), ROLES)).toEqual(people);
});

it('S0.25 reads files in UTF-8 and as Windows saves them', async () => {
  expect(await textOf(new Blob(['José']))).toBe('José');
  expect(await textOf(new Blob([new Uint8Array([0x4a, 0x6f, 0x73, 0xe9])]))).toBe('José');
});
