import { describe, expect, it } from 'vitest';
import { readPeople, textOf, writePeople, type ListProblem } from './people-csv.js';

const ROLES = [
  { id: 'r-1', name: 'Administração' },
  { id: 'r-2', name: 'Colaboração' },
];
const ANA = { name: 'Ana Ribeiro', email: 'ana@padaria.example' };
const read = async (text: string) =>
  (await readPeople(text, ROLES)).people.map(({ line, name, email, roleId, problem }) =>
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

  it.each<[string, string, [number, string, string, string?][]]>([
    [
      'surnames before semicolons',
      'Lima, Ana;f1@qa.example\nCosta, Bruno;f2@qa.example',
      [
        [1, 'Lima, Ana', 'f1@qa.example'],
        [2, 'Costa, Bruno', 'f2@qa.example'],
      ],
    ],
    [
      'the same with an empty first line',
      '\nLima, Ana;f1@qa.example\nCosta, Bruno;f2@qa.example',
      [
        [2, 'Lima, Ana', 'f1@qa.example'],
        [3, 'Costa, Bruno', 'f2@qa.example'],
      ],
    ],
    ['surnames before tabs', 'Lima, Ana\tf1@qa.example', [[1, 'Lima, Ana', 'f1@qa.example']]],
    [
      'the separator that Excel notes',
      'sep=;\r\nNome;E-mail\r\n"Lima; Ana";f1@qa.example\r\n',
      [[3, 'Lima; Ana', 'f1@qa.example']],
    ],
    ['one that nobody guesses', 'sep=|\nAna Lima|f1@qa.example', [[2, 'Ana Lima', 'f1@qa.example']]],
    [
      'empty columns at the left',
      ';;Ana Lima;f1@qa.example\n;;Bruno Costa;f2@qa.example;Colaboração',
      [
        [1, 'Ana Lima', 'f1@qa.example'],
        [2, 'Bruno Costa', 'f2@qa.example', 'r-2'],
      ],
    ],
    ['an empty column between', 'Ana Lima;;f1@qa.example;;Colaboração;', [[1, 'Ana Lima', 'f1@qa.example', 'r-2']]],
    [
      'rows of separators, as LibreOffice leaves them',
      'Nome;E-mail;;\n;;;\nAna Lima;f1@qa.example;;\n;;;\n',
      [[3, 'Ana Lima', 'f1@qa.example']],
    ],
    ['headings after an empty line', '\n\nNome;E-mail\nAna Lima;f1@qa.example', [[4, 'Ana Lima', 'f1@qa.example']]],
    [
      'a title above the headings',
      'Clientes de março;;\n;;\nNome;E-mail;Papel\nAna Lima;f1@qa.example;',
      [[4, 'Ana Lima', 'f1@qa.example']],
    ],
    ['headings in full', 'Nome completo;E-mail do cliente\nAna Lima;f1@qa.example', [[2, 'Ana Lima', 'f1@qa.example']]],
    [
      "columns that are nobody's business",
      'Código;Telefone;Endereço de e-mail;Nome do contato\n12;11 99999-0000;f1@qa.example;Ana Lima',
      [[2, 'Ana Lima', 'f1@qa.example']],
    ],
    [
      'headings in English',
      'First Name,Last Name,Organization Name,E-mail Address\nAna,Lima,Padaria,f1@qa.example',
      [[2, 'Ana Lima', 'f1@qa.example']],
    ],
    [
      'name and surname apart',
      'Sobrenome;Nome;E-mail;Perfil\nLima;Ana;f1@qa.example;administracao',
      [[2, 'Ana Lima', 'f1@qa.example', 'r-1']],
    ],
    [
      'quotes everywhere, as LibreOffice writes',
      '"Nome","E-mail","Papel"\r\n"Lima, Ana","f1@qa.example",""\r\n',
      [[2, 'Lima, Ana', 'f1@qa.example']],
    ],
    ['a line break inside a cell', 'Nome;E-mail\n"Ana\nLima";f1@qa.example', [[2, 'Ana Lima', 'f1@qa.example']]],
    [
      'addresses only below a heading',
      'E-mail\nb@qa.example; c@qa.example',
      [
        [2, '', 'b@qa.example', 'name'],
        [2, '', 'c@qa.example', 'name'],
      ],
    ],
    [
      'a second address that nobody would find again',
      'Nome;E-mail\nAna;b@qa.example; c@qa.example\nIvo;"d@qa.example; e@qa.example"',
      [
        [2, 'Ana', 'b@qa.example', 'several'],
        [3, 'Ivo', 'd@qa.example; e@qa.example', 'several'],
      ],
    ],
    ['the same without headings', 'Ana;b@qa.example;c@qa.example', [[1, 'Ana', 'b@qa.example', 'several']]],
    [
      "a mail program's form",
      '"Lima, Ana" <f1@qa.example>\nBruno Costa <f2@qa.example>',
      [
        [1, 'Lima, Ana', 'f1@qa.example'],
        [2, 'Bruno Costa', 'f2@qa.example'],
      ],
    ],
    ['that form with a role', '"Lima, Ana" <f1@qa.example>;Colaboração', [[1, 'Lima, Ana', 'f1@qa.example', 'r-2']]],
    ['that form in a cell of a spreadsheet', '"""Lima, Ana"" <f1@qa.example>"', [[1, 'Lima, Ana', 'f1@qa.example']]],
    [
      'the line To of a mail',
      'Ana Lima <f1@qa.example>; "Costa, Bruno" <F2@qa.example>; <f3@qa.example>',
      [
        [1, 'Ana Lima', 'f1@qa.example'],
        [1, 'Costa, Bruno', 'f2@qa.example'],
        [1, '', 'f3@qa.example', 'name'],
      ],
    ],
    [
      'spaces only',
      'Ana Lima f1@qa.example\nLima, Bruno f2@qa.example',
      [
        [1, 'Ana Lima', 'f1@qa.example'],
        [2, 'Lima, Bruno', 'f2@qa.example'],
      ],
    ],
    ['a link instead of an address', 'Ana Lima;mailto:f1@qa.example', [[1, 'Ana Lima', 'f1@qa.example']]],
    ['marks that nobody sees', '\u200bAna Lima\u200e;f1@qa\u200b.example', [[1, 'Ana Lima', 'f1@qa.example']]],
    [
      'a row that has its address elsewhere',
      'Nome;E-mail;Papel\nf1@qa.example;Ana Lima;',
      [[2, 'Ana Lima', 'f1@qa.example']],
    ],
    [
      'lines as old Macs end them',
      'Ana Lima;f1@qa.example\rBruno Costa;f2@qa.example',
      [
        [1, 'Ana Lima', 'f1@qa.example'],
        [2, 'Bruno Costa', 'f2@qa.example'],
      ],
    ],
  ])('S0.25 reads %s', async (_what, text, people) => {
    expect(await read(text)).toEqual(people);
  });

  it.each([
    'ana;f1@qa.example',
    '"a b"@qa.example',
    'ana@[10.0.0.1]',
    'ana@qa',
    'ana@-qa.example',
    'ana..b@qa.example',
  ])('S0.25 takes %s for no address', async (address) => {
    const cell = `"${address.replaceAll('"', '""')}"`;
    expect((await readPeople(`Ana Lima,${cell}\nIvo,ivo@qa.example`, ROLES)).people[0]!.problem).toBe('email');
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
    ['a name that cannot be seen', '"\u3164",ana@padaria.example', 'name'],
    ['a name that hides something', 'Ana\u{e0041},ana@padaria.example', 'unclean'],
    ['a name without end', `${'x'.repeat(256)},ana@padaria.example`, 'longName'],
    ['a role that nobody knows', 'Ana Ribeiro,ana@padaria.example,Chefia', 'role'],
  ])('S0.25 says that a line has %s', async (_what, text, problem) => {
    expect((await readPeople(text, ROLES)).people[0]!.problem).toBe(problem);
  });

  it('S0.25 says which line repeats an earlier one', async () => {
    const { people } = await readPeople(
      'Ana,ana@padaria.example\nIvo,ivo@padaria.example\nAna,ANA@padaria.example',
      ROLES,
    );
    expect(people.map(({ problem }) => problem)).toEqual([undefined, undefined, 'repeated']);
  });
});

it.each<[string, string, string, string[]]>([
  ['Nome da empresa;Nome do contato;E-mail', 'Padaria;Ana;a@qa.example', 'Ana a@qa.example', ['Nome do contato']],
  ['Nome do contato;Nome da empresa;E-mail', 'Ana;Padaria;a@qa.example', 'Ana a@qa.example', ['Nome do contato']],
  ['Empresa;Contato;E-mail', 'Padaria;Ana;a@qa.example', 'Ana a@qa.example', []],
  ['Nome do cliente;Nome;E-mail', 'Padaria;Ana;a@qa.example', 'Ana a@qa.example', []],
  ['Razão social;Nome;E-mail', 'Padaria;Ana;a@qa.example', 'Ana a@qa.example', []],
  ['Nome;E-mail alternativo;E-mail', 'Ana;b@qa.example;a@qa.example', 'Ana a@qa.example', []],
  [
    'Nome;E-mail secundário;E-mail do contato',
    'Ana;b@qa.example;a@qa.example',
    'Ana a@qa.example',
    ['E-mail do contato'],
  ],
  ['Name;E-mail 2 - Value;E-mail 1 - Value', 'Ana;b@qa.example;a@qa.example', 'Ana a@qa.example', ['E-mail 1 - Value']],
  ['Nome;E-mail;E-mail', 'Ana;a@qa.example;b@qa.example', 'Ana a@qa.example', ['E-mail']],
  ['Company Name;Contact Name;Email', 'Bakery;Ana;a@qa.example', 'Ana a@qa.example', ['Contact Name']],
  ['Nome da empresa;E-mail', 'Padaria;a@qa.example', 'Padaria a@qa.example', ['Nome da empresa']],
  ['Cliente;E-mail', 'Padaria 24h;a@qa.example', 'Padaria 24h a@qa.example', ['Cliente']],
  ['Nome;Usuário', 'Ana;a@qa.example', 'Ana a@qa.example', ['Usuário']],
])('S0.25 among the columns %s takes the likeliest, and says so in doubt', async (headings, row, person, taken) => {
  const read = await readPeople(`${headings}\n${row}`, ROLES);
  expect(read.people.map(({ name, email }) => `${name} ${email}`)).toEqual([person]);
  expect(read.taken).toEqual(taken);
});

const GOOGLE = 'First Name,Middle Name,Last Name,Phonetic First Name,Nickname,Organization Name';
it.each<[string, string, string[], string[]?]>([
  [
    'Zammad',
    'id,login,firstname,lastname,email,organization\n1,ana.lima,Ana,Lima,a@qa.example,Padaria',
    ['Ana Lima a@qa.example'],
  ],
  [
    'Zammad, where addresses are logins',
    'id,login,firstname,lastname,email\n1,a@qa.example,Ana,Lima,a@qa.example',
    ['Ana Lima a@qa.example'],
  ],
  [
    'Google Contacts',
    `${GOOGLE},E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value\nAna,Maria,Lima,Ana,Aninha,Padaria,* Work,a@qa.example,,\nIvo,,Sales,,,,Home,i@qa.example,,`,
    ['Ana Maria Lima a@qa.example', 'Ivo Sales i@qa.example'],
  ],
  [
    'Google Contacts as it was',
    'Name,Given Name,Additional Name,Family Name,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Value\nAna Lima,Ana,,Lima,* Home,a@qa.example,11 9999',
    ['Ana Lima a@qa.example'],
  ],
  [
    'Google Contacts with types only',
    'First Name,Last Name,E-mail 1 - Type,E-mail 1 - Value\nAna,Lima,Work,a@qa.example',
    ['Ana Lima a@qa.example'],
  ],
  [
    'Microsoft 365',
    'Display name,User principal name,First name,Last name\nAna Lima,a@qa.example,Ana,Lima\n,i@qa.example,Ivo,Sales',
    ['Ana Lima a@qa.example', 'Ivo Sales i@qa.example'],
  ],
  [
    'Microsoft 365 in Portuguese',
    'Nome de exibição,Nome principal do usuário,Nome,Sobrenome\nAna Lima,a@qa.example,Ana,Lima',
    ['Ana Lima a@qa.example'],
  ],
  [
    'Outlook',
    'First Name,Middle Name,Last Name,E-mail Address,E-mail Type,E-mail Display Name\nAna,,Lima,a@qa.example,SMTP,Ana (a@qa.example)',
    ['Ana Lima a@qa.example'],
  ],
  [
    'a program of its own',
    'user_id,firstName,lastName,emailAddress\n1,Ana,Lima,a@qa.example',
    ['Ana Lima a@qa.example'],
  ],
  ['a table without names', 'id,login,email\n1,ana,a@qa.example', [' a@qa.example name']],
  [
    'a row that has another address only',
    'Nome,Telefone,E-mail,E-mail do gestor\nAna,11 9999,a@qa.example,g@qa.example\nIvo,11 8888,,g@qa.example',
    ['Ana a@qa.example', 'Ivo  email'],
    [],
  ],
  [
    'an id first',
    '12,Ana Lima,a@qa.example\nC-77;Ivo;i@qa.example'.replace(';', ',').replace(';', ','),
    ['Ana Lima a@qa.example', 'Ivo i@qa.example role'],
  ],
  [
    'an id only',
    '12,a@qa.example\n12.345.678/0001-90,b@qa.example',
    [' a@qa.example name', ' b@qa.example role name'.replace('role ', '')],
  ],
  ['a role before the name', 'Colaboração;Ana Lima;a@qa.example', ['Ana Lima a@qa.example r-2']],
  ['bars', 'Nome|E-mail\nAna Lima|a@qa.example', ['Ana Lima a@qa.example']],
])('S0.25 reads what comes out of %s', async (_what, text, people, taken = []) => {
  const read = await readPeople(text, ROLES);
  const told = read.people.map(({ name, email, roleId, problem }) =>
    [name, email, ...(roleId ? [roleId] : []), ...(problem ? [problem] : [])].join(' '),
  );
  expect(told).toEqual(people);
  expect(read.taken).toEqual(taken);
});

const MIXED: Record<string, [string, string]> = {
  'a tab': ['Zé Lima\tz@qa.example', 'Zé Lima z@qa.example'],
  'a comma': ['Zé Lima, z@qa.example', 'Zé Lima z@qa.example'],
  'a comma after quotes': ['"Silva, José", z@qa.example', 'Silva, José z@qa.example'],
  'a comma before quotes': ['z@qa.example, "Silva, José"', 'Silva, José z@qa.example'],
  'a semicolon': ['Maria; z@qa.example; Colaboração', 'Maria z@qa.example r-2'],
  'a semicolon after quotes': ['"Silva; José" ; z@qa.example', 'Silva; José z@qa.example'],
  'a bar': ['Maria | z@qa.example | Chefe', 'Maria z@qa.example role'],
  'an unknown role': ['Maria; z@qa.example; Chefe', 'Maria z@qa.example role'],
  'a name with a comma': ['Silva, José; z@qa.example', 'Silva, José z@qa.example'],
  "a mail program's form": ['"Silva, José" <z@qa.example>', 'Silva, José z@qa.example'],
};
const FIRST = { tabs: '\t', semicolons: ';', commas: ',', bars: '|' };
it.each(
  Object.entries(FIRST).flatMap(([others, separator]) =>
    Object.entries(MIXED).map(([what, [line, person]]) => [what, others, separator, line, person] as const),
  ),
)('S0.25 reads a line with %s among %s', async (_what, _others, separator, line, person) => {
  for (const headings of ['', `Nome${separator}E-mail${separator}Papel\n`]) {
    const [ana, bia] = [`Ana Lima${separator}a@qa.example\n`, `\nBia Lima${separator}b@qa.example`];
    const { people } = await readPeople(`${headings}${ana}${line}${bia}`, ROLES);
    expect(
      people.map(({ name, email, roleId, problem }) => [name, email, roleId, problem].filter(Boolean).join(' ')),
    ).toEqual(['Ana Lima a@qa.example', person, 'Bia Lima b@qa.example']);
  }
});

it.each(['"Silva, José, z@qa.example', '“Silva, z@qa.example', 'Silva", z@qa.example', '«Silva; z@qa.example'])(
  'S0.25 makes no name of the loose quotation mark in %s',
  async (line) => {
    expect((await readPeople(`Ana\ta@qa.example\n${line}`, ROLES)).people[1]).toMatchObject({ problem: 'quote' });
  },
);

it.each([
  ['a name', 'Nome;E-mail\nAna;a@qa.example\n"Ivo;i@qa.example\nZé;z@qa.example\n'],
  ['an address', 'Nome;E-mail\nAna;a@qa.example\nIvo;"i@qa.example\nZé;z@qa.example\n'],
  [
    'a name before others in quotes',
    '"Nome";"E-mail"\n"Ana";"a@qa.example"\n"Ivo;"i@qa.example"\n"Zé";"z@qa.example"\n',
  ],
  ['a name before lines with inches', 'Ana,a@qa.example,\n"Ivo,i@qa.example\nZé,z@qa.example\n5" tela,t@qa.example'],
])('S0.25 a quotation that begins %s and never ends takes no other line with it', async (_what, text) => {
  const { people } = await readPeople(text, ROLES);
  const wrong = people.filter(({ problem }) => problem === 'quote');
  expect(wrong.map(({ line }) => text.split('\n')[line - 1])).toEqual([expect.stringContaining('Ivo')]);
  expect(people.filter(({ problem }) => !problem).map(({ email }) => email)).toEqual(
    expect.arrayContaining(['a@qa.example', 'z@qa.example']),
  );
});

it.each([
  ['a workbook', 'PK\x03\x04\x14\0'],
  ['an old workbook', '\xd0\xcf\x11\xe0\xa1\xb1'],
  ['a PDF', '%PDF-1.7'],
  ['a page that calls itself a workbook', '\r\n<html xmlns:x="urn:schemas">'],
  ['a workbook in XML', '<?xml version="1.0"?>'],
])('S0.25 takes %s for no list', async (_what, beginning) => {
  const bytes = Uint8Array.from(beginning, (character) => character.charCodeAt(0));
  expect(await textOf(new Blob([bytes, 'Ana,ana@qa.example'])).catch((error: ListProblem) => error.key)).toBe(
    'foreignFile',
  );
});

it('S0.25 reads no file that is too large for a list', async () => {
  const large = new Blob(['x'.repeat(2 * 1_024 * 1_024 + 1)]);
  large.arrayBuffer = () => Promise.reject(new Error('read'));
  await expect(textOf(large)).rejects.toMatchObject({ key: 'largeFile' });
});

it('S0.53 writes a list as an import takes it, with what only a reader of it can tell', async () => {
  const text = [
    'Nome;E-mail;Papel',
    'Ana Ribeiro;ana@padaria.example;Colaboração',
    'Ivo;"b@qa.example; c@qa.example"',
    'A\u{e0041}na;d@qa.example',
    '"Ivo, o Novo";e@',
  ].join('\n');
  const { people } = await readPeople(text, ROLES);
  expect((await writePeople(people)).split('\r\n')).toEqual([
    'line,name,email,role,problem',
    '2,Ana Ribeiro,ana@padaria.example,Colaboração,',
    '3,Ivo,b@qa.example; c@qa.example,,severalEmails',
    '4,Ana,d@qa.example,,isCleanText',
    '5,"Ivo, o Novo",e@,,',
  ]);
});

it.each(['=', '+', '-', '@'])(
  "S0.53 reads a report of its own again, without a spreadsheet's guard before %s",
  async (sign) => {
    const report = `\uFEFFLinha;Nome;E-mail;Papel;Motivo\n7;'${sign}Ana;ana@padaria.example;;Falta algo. O formato é nome@empresa.com.br.`;
    expect(await read(report)).toEqual([[2, `${sign}Ana`, ANA.email]]);
  },
);

it.each([
  ['ana.lima@qa.example', 'Ana Lima'],
  ['IVO_SALES-2@qa.example', 'Ivo Sales'],
  ['Ana Ribeiro <ana@qa.example>', 'Ana Ribeiro'],
  ['2026@qa.example', '2026'],
])('S0.53 calls %s %s where addresses may stand alone', async (line, name) => {
  const { people } = await readPeople(`${line}\nZé;ze@qa.example;Chefia`, [], {
    namedByAddress: true,
    withoutRoles: true,
  });
  expect(people.map((one) => [one.name, one.problem])).toEqual([
    [name, undefined],
    ['Zé', undefined],
  ]);
});

it.each<[string, number[]]>([
  ['UTF-8', [0x4a, 0xc3, 0xa9, 0xe2, 0x82, 0xac]],
  ['UTF-8 with its mark', [0xef, 0xbb, 0xbf, 0x4a, 0xc3, 0xa9, 0xe2, 0x82, 0xac]],
  ['"Unicode text"', [0xff, 0xfe, 0x4a, 0, 0xe9, 0, 0xac, 0x20]],
  ['the same the other way round', [0xfe, 0xff, 0, 0x4a, 0, 0xe9, 0x20, 0xac]],
  ['UTF-16 without its mark', [0x4a, 0, 0xe9, 0, 0xac, 0x20]],
])('S0.25 reads files in %s', async (_what, bytes) => {
  expect(await textOf(new Blob([new Uint8Array(bytes)]))).toBe('Jé€');
});

// Node's decoder leaves 0x80 to 0x9f as they are; a browser's does not, which the browser tests show.
it("S0.25 reads files in Windows' own encoding", async () => {
  expect(await textOf(new Blob([new Uint8Array([0x4a, 0x6f, 0x73, 0xe9])]))).toBe('José');
});
