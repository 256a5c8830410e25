import { decodeText, isForeignFile } from '@balcao/csv';
import { emailAddress, folded, isCleanLine, isVisibleText, textLength, withoutLeftovers } from '@balcao/contracts';

/** Largest file that is read, in bytes: what an address book with many columns has for thousands. */
const LARGEST_LIST = 2 * 1_024 * 1_024;

export type LineProblem = 'quote' | 'name' | 'longName' | 'unclean' | 'email' | 'several' | 'repeated' | 'role';

/** One person as a line of the list has it. */
export interface PersonLine {
  /** Place in the list, from 1, as an editor or a spreadsheet counts. */
  line: number;
  name: string;
  email: string;
  /** The role's name as it was written; empty for the default. */
  role: string;
  roleId?: string;
  problem?: LineProblem;
}

export interface PeopleList {
  people: PersonLine[];
  /** Headings of the columns that were taken though others might have been meant, or none. */
  taken: string[];
}

interface NamedRole {
  id: string;
  name: string;
}

interface Reading {
  /** An address alone is a person, called after it. */
  namedByAddress?: boolean;
  /** All of them get one role, whatever stands there. */
  withoutRoles?: boolean;
}

interface Row {
  line: number;
  /** From which line of the text to which. */
  span: string;
  cells: string[];
}

/** Where a table has what, as its headings and its cells say. */
interface Columns {
  email: number;
  /** Columns that make a name together; the first ones that are filled count. */
  names: number[][];
  role: number;
  /** How many columns have a heading. */
  width: number;
  taken: string[];
}

const DELIMITERS = [';', '\t', ',', '|'];
const LONGEST_NAME = 255;
/** What a column is called: exactly so, among other words, and with words that make it less likely. */
const HEADINGS = {
  email: {
    exact: /^(e[- ]?mails?|mail|correio( eletronico)?|(endereco de )?e[- ]?mail|e[- ]?mail address)$/,
    words: /\be[- ]?mails?\b|\bcorreio\b|\bmail\b|\buser principal name\b|\bnome principal do usuario\b/,
    others:
      /\b(alternativ|secundari|secondary|alternate|recupera|recovery|backup|copia|copy|cc\b|cobranca|billing|empresa|company|type|label|tipo|rotulo|etiqueta)|[02-9]/,
  },
  wholeName: { exact: /(?:)/, words: /^(nome completo|nome de exibicao|full ?name|display ?name)$/, others: /(?!)/ },
  surname: {
    exact: /^(sobrenome|surname|last ?name|family ?name)$/,
    words: /\bsobrenome\b|\bsurname\b|\blast ?name\b|\bfamily ?name\b/,
    others: /\b(phonetic|yomi|fonetic)/,
  },
  middleName: { exact: /(?:)/, words: /^(segundo nome|nome do meio|(middle|additional) ?name)$/, others: /(?!)/ },
  givenName: { exact: /(?:)/, words: /^(primeiro nome|prenome|(first|given|fore) ?name)$/, others: /(?!)/ },
  name: {
    exact: /^(nome|name|contato|contact|pessoa)$/,
    words: /\b(nome|name|pessoa|contato|contact)\b/,
    others:
      /\b(empresa|company|organi[sz]|razao|fantasia|negocio|business|conta\b|account|cliente|customer|produto|product|plan[oa]?\b|cidade|city|mae\b|pai\b|mother|father|usuario|user|login|arquivo|file|phonetic|fonetic|yomi|prefix|suffix|sufixo)/,
  },
  role: { exact: /^(papel|perfil|funcao|role)$/, words: /\b(papel|perfil|funcao|role)\b/, others: /(?!)/ },
};
/** Columns that name a machine's thing: nobody is called as they say. */
const NO_NAME = /\b(id|uuid|login|user|usuario|cod(e|igo)|cpf|cnpj|phone|telefone|celular)/;

/** A heading in plain words, also where a program wrote it: firstName, first_name. */
const headingWords = (heading: string) =>
  folded(heading.replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 '))
    .trim()
    .replace(/[_.\s]+/g, ' ');

/** Whether somebody may be called so: not what numbers and ids look like. */
const isNameLike = (cell: string) =>
  /\p{L}/u.test(cell) && !cell.includes('@') && (/\s/.test(cell) || !/\d/.test(cell));

/**
 * Reads a list of people as somebody pastes it or a spreadsheet saves it: name, e-mail and, if any, role. Headings say
 * which column is which; without them the e-mail is known by itself, the role by what roles are called, and the
 * name comes before what else there is. An address
 * may also stand as mail programs write it: `"Lima, Ana" <ana@padaria.example>`.
 */
export async function readPeople(
  text: string,
  roles: readonly NamedRole[],
  { namedByAddress, withoutRoles }: Reading = {},
): Promise<PeopleList> {
  const rows = withoutEmptyColumns(await readRows(text));
  const place = rows.findIndex(({ cells }) => isHeading(cells));
  // What stands above the headings is a title, unless people stand there already.
  const isTable = place >= 0 && !rows.slice(0, place).some(({ cells }) => cells.some(mailboxIn));
  const body = rows.slice(isTable ? place + 1 : 0);
  const columns = isTable ? columnsOf(rows[place]!.cells, body) : undefined;
  const isRole = (cell: string) => roles.some(({ name }) => folded(name) === folded(cell.trim()));
  const seen = new Set<string>();
  const people = body.flatMap(({ line, cells }): PersonLine[] => {
    const found = columns ? byHeadings(cells, columns, isRole) : byPlace(cells, isRole);
    const passedOver = columns
      ? cells.filter((_, column) => column >= columns.width || column === columns.email)
      : cells;
    const several = found.length === 1 && new Set(passedOver.flatMap(addressesIn)).size > 1;
    return found.map(({ name: written, role, email }) => {
      const name = written.replace(/\s+/g, ' ') || (namedByAddress ? nameIn(email) : '');
      const person = { name, email, role: withoutRoles ? '' : role };
      // Of a quotation in a name both ends are there.
      const unclosed =
        cells.some((cell) => /^"[^"]*$/.test(cell)) ||
        (/^["“”„«»]|["“”„«»,;|]$/.test(person.name) &&
          !/^[^"“”„«»]*(["“„«][^"“”„«»]+["”“»][^"“”„«»]*)+$/.test(person.name));
      const roleId = roles.find(({ name }) => folded(name) === folded(person.role.trim()))?.id;
      const problem = unclosed ? 'quote' : several ? 'several' : problemOf({ ...person, roleId }, seen);
      seen.add(person.email);
      return { line, ...person, roleId, problem };
    });
  });
  return { people, taken: columns?.taken ?? [] };
}

/** The rows that hold anything, each cut at the separator of the list unless another leaves more addresses of it whole. */
async function readRows(text: string): Promise<Row[]> {
  const { default: papa } = await import('papaparse');
  const plain = withoutLeftovers(text)
    .replace(/\r\n?/g, '\n')
    // A space before a quotation would make it part of the cell.
    .replace(/([;,|\t]) +(?=")/g, '$1')
    // A name in quotes before an address in brackets is one cell, though no spreadsheet would write it so.
    .replace(/ *(?<!")"((?:[^"\n]|"")+)"[ \t]*(<[^<>\s"]+@[^<>\s"]+>)/g, '"$1 $2"');
  const [, told] = /^"?sep=(.)"?\n/i.exec(plain) ?? [];
  const body = told ? plain.slice(plain.indexOf('\n') + 1) : plain;
  const cut = (delimiter: string): Row[] => {
    const rows: Row[] = [];
    const closed = keptToItsLine(body.trimEnd(), delimiter);
    let [begin, line] = [0, 0];
    papa.parse<string[]>(closed, {
      delimiter,
      newline: '\n',
      step: ({ data, meta: { cursor } }) => {
        // A spreadsheet's guard against formulas, which a report of ours has as well.
        const cells = data.map((cell) => cell.trim().replace(/^'(?=[=+@-])/, ''));
        const first = line;
        line += closed.slice(begin, cursor).split('\n').length - 1;
        begin = cursor;
        rows.push({ line: rows.length + (told ? 2 : 1), span: `${first}-${line}`, cells });
      },
    });
    return rows.filter(({ cells }) => cells.some(Boolean));
  };
  const tries = [...(told ? [told] : []), ...DELIMITERS].map(cut);
  const weightOf = (cell: string) =>
    // A bar may stand in an address, but hardly does.
    mailboxIn(cell)?.email.includes('|') ? 0 : emailAddress(cell) ? 2 : mailboxIn(cell) ? 1 : 0;
  const weight = ({ cells }: Row) => cells.reduce((sum, cell) => sum + weightOf(cell), 0);
  const most = (of: (row: Row) => number) => {
    const sums = tries.map((rows) => rows.reduce((sum, row) => sum + of(row), 0));
    // On a tie the commas may belong to the names.
    return Math.max(...sums) > 0 ? tries[sums.indexOf(Math.max(...sums))] : undefined;
  };
  const list = (told ? tries[0] : (most(weight) ?? most(({ cells }) => cells.length))) ?? [];
  // A line that was written otherwise than the others is cut as it was.
  const ways = tries.map((rows) => new Map(rows.map((row) => [row.span, row])));
  return list.map((row) => {
    const found = ways.flatMap((rows) => rows.get(row.span) ?? []);
    return { ...row, cells: found.reduce((best, one) => (weight(one) > weight(best) ? one : best), row).cells };
  });
}

/** A quotation that is closed by no end of a cell takes no other lines with it: its line is one cell that begins with it. */
function keptToItsLine(text: string, separator: string): string {
  const end = `[${separator.replace(/[\\\]^-]/, '\\$&')}]`;
  const quotation = new RegExp(`(^|${end})"(?:[^"]*(?:""[^"]*)*"(?= *(?:${end}|$))|(.*))`, 'gmu');
  return text.replace(quotation, (whole, before: string, open?: string) =>
    open === undefined ? whole : `${before}"""${open.replaceAll('"', '')}"`,
  );
}

function withoutEmptyColumns(rows: Row[]): Row[] {
  const used = new Set(rows.flatMap(({ cells }) => cells.flatMap((cell, column) => (cell ? [column] : []))));
  return rows.map((row) => ({ ...row, cells: row.cells.filter((_, column) => used.has(column)) }));
}

function isHeading(cells: string[]): boolean {
  const filled = cells.filter(Boolean).map(headingWords);
  if (filled.some((cell) => cell.includes('@'))) return false;
  const kinds = [...Object.values(HEADINGS).map(({ words }) => words), NO_NAME];
  const known = filled.filter((cell) => kinds.some((words) => words.test(cell))).length;
  return filled.some((cell) => HEADINGS.email.words.test(cell)) || known === filled.length || known > 2;
}

function columnsOf(headings: string[], body: Row[]): Columns {
  const names = headings.map(headingWords);
  const used: number[] = [];
  const taken: string[] = [];
  /** The likeliest column of a kind, the first among equals; at last one that may be by what it holds. */
  const take = (kind: keyof typeof HEADINGS, may = (_column: number) => false, among: number[] = []): number => {
    const { exact, words, others } = HEADINGS[kind];
    const found = names
      .map((name, column) => ({ name, column, rank: exact.test(name) ? 0 : others.test(name) ? 2 : 1 }))
      .flatMap((one) => (words.test(one.name) ? [one] : may(one.column) ? [{ ...one, rank: 3 }] : []))
      .filter(({ column }) => !used.includes(column) && (among.length === 0 || among.includes(column)))
      .sort((a, b) => a.rank - b.rank);
    const [best, next] = found;
    if (!best) return -1;
    if (best.rank > 1 || (next && (best.rank > 0 || next.rank === 0))) taken.push(headings[best.column]!);
    used.push(best.column);
    return best.column;
  };
  const holds = (is: (cell: string) => unknown) => (column: number) =>
    body.some(({ cells }) => is(cells[column] ?? ''));
  const hasAddresses = holds((cell) => addressesIn(cell).length > 0);
  // Where addresses stand below some headings, no other column is the one of e-mails, whatever it is called.
  const withAddresses = names.flatMap((_, column) => (hasAddresses(column) ? [column] : []));
  const email = take('email', hasAddresses, withAddresses);
  const role = take('role');
  const whole = take('wholeName');
  const surname = take('surname');
  const middle = take('middleName');
  const given = take('givenName');
  const maybe = (column: number) => !NO_NAME.test(names[column]!) && holds(isNameLike)(column);
  const first = given < 0 && whole < 0 ? take('name', surname < 0 ? maybe : undefined) : given;
  const width = names.findLastIndex(Boolean) + 1;
  return { email, role, names: [[whole], [first, middle, surname]], width, taken };
}

/** What stands below the headings, unless the address of this row stands elsewhere, or it holds addresses only. */
function byHeadings(cells: string[], { email, names, role, width }: Columns, isRole: (cell: string) => boolean) {
  const beyond = cells.slice(width);
  const own = [...new Set([email, ...names.flat(), role])]
    .sort((a, b) => a - b)
    .flatMap((column) => cells[column] ?? []);
  const mailbox = mailboxIn(cells[email] ?? '');
  const onlyAddresses = beyond.some(mailboxIn) && cells.every((cell) => !cell || mailboxIn(cell));
  if (onlyAddresses || (!mailbox && [...own, ...beyond].some(mailboxIn))) return byPlace([...own, ...beyond], isRole);
  const [name] = names.map((columns) => columns.flatMap((column) => cells[column] || []).join(' ')).filter(Boolean);
  const written = (cells[email] ?? '').toLowerCase();
  return [{ name: name ?? mailbox?.name ?? '', email: mailbox?.email ?? written, role: cells[role] ?? '' }];
}

/** One person, or several where a line is a list of addresses only. */
function byPlace(cells: string[], isRole: (cell: string) => boolean) {
  const mailboxes = cells.map(mailboxIn);
  const [first, second] = mailboxes.flatMap((mailbox) => (mailbox ? [mailbox] : []));
  if (second && mailboxes.every((mailbox, column) => mailbox || !cells[column]))
    return mailboxes.flatMap((mailbox) => (mailbox ? [{ ...mailbox, role: '' }] : []));
  const written = cells.findIndex((cell) => cell.includes('@'));
  const place = first ? mailboxes.findIndex(Boolean) : written >= 0 ? written : 1;
  const others = cells.filter((cell, column) => cell && column !== place);
  const name = first?.name || (others.find((cell) => isNameLike(cell) && !isRole(cell)) ?? others.find(isNameLike));
  const rest = others.filter((cell) => cell !== name);
  // What nobody knows is asked about, where it may have been meant for a role.
  const role = rest.find(isRole) ?? rest.find((cell) => !/^\d+$/.test(cell)) ?? '';
  return [{ name: name ?? '', email: first?.email ?? (cells[place] ?? '').toLowerCase(), role }];
}

/** The address that a cell holds, alone or behind a name, with brackets or without. */
function mailboxIn(cell: string): { name: string; email: string } | undefined {
  const [, name = '', address = ''] = /^(?:([^<>@]*)[\s<])?(?:mailto:)?([^\s<>]+@[^\s<>]+?)>?$/i.exec(cell) ?? [];
  const email = emailAddress(address);
  return email ? { name: name.replace(/^["'\s]+|["'\s<]+$/g, ''), email } : undefined;
}

const addressesIn = (cell: string) =>
  cell.split(/[\s;,<>]+/).flatMap((part) => emailAddress(part.replace(/^mailto:/i, '')) ?? []);

function problemOf(
  { name, email, role, roleId }: Omit<PersonLine, 'line'>,
  seen: ReadonlySet<string>,
): LineProblem | undefined {
  if (!emailAddress(email)) return 'email';
  if (seen.has(email)) return 'repeated';
  if (!isVisibleText(name)) return 'name';
  if (!isCleanLine(name)) return 'unclean';
  if (textLength(name) > LONGEST_NAME) return 'longName';
  return role && !roleId ? 'role' : undefined;
}

/** What somebody is called until they say otherwise: `ana.lima@…` is Ana Lima. */
function nameIn(email: string): string {
  const [local = ''] = email.split('@');
  const words = local.split(/[._+\d-]+/).filter(Boolean);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ') || local;
}

/** What the API cannot see of a line, as its codes. */
const TOLD: Partial<Record<LineProblem, string>> = {
  quote: 'openQuote',
  several: 'severalEmails',
  unclean: 'isCleanText',
  longName: 'maxLength',
};

/** The list as an import takes it, with what was found wrong by reading it. */
export async function writePeople(people: readonly PersonLine[]): Promise<string> {
  const { default: papa } = await import('papaparse');
  // What hides something is refused by its line, not with all the others.
  const shown = (text: string) => [...text].filter((letter) => isCleanLine(letter)).join('');
  const rows = people.map(({ line, name, email, role, problem }) => [
    line,
    shown(name),
    shown(email),
    shown(role),
    (problem && TOLD[problem]) ?? '',
  ]);
  return papa.unparse({ fields: ['line', 'name', 'email', 'role', 'problem'], data: rows });
}

/** Key of what is wrong with a chosen file, below `invitations.many`. */
export class ListProblem extends Error {
  constructor(readonly key: 'foreignFile' | 'largeFile') {
    super(key);
  }
}

/** Text of a file as spreadsheets save it: UTF-8, UTF-16 ("Unicode text") or Windows' own encoding. @throws ListProblem */
export async function textOf(file: Blob): Promise<string> {
  if (isForeignFile(new Uint8Array(await file.slice(0, 64).arrayBuffer()))) throw new ListProblem('foreignFile');
  if (file.size > LARGEST_LIST) throw new ListProblem('largeFile');
  return decodeText(new Uint8Array(await file.arrayBuffer()));
}
