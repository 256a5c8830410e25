import { emailAddress } from '@balcao/contracts';

/** As many as the API takes at once. */
export const MOST_PEOPLE = 200;

export type LineProblem = 'name' | 'longName' | 'email' | 'repeated' | 'role';

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

interface NamedRole {
  id: string;
  name: string;
}

interface Row {
  line: number;
  cells: string[];
}

/** Where a table has what, as its headings say; a name may stand in two columns. */
interface Columns {
  email: number;
  names: number[];
  role: number;
}

const DELIMITERS = [';', '\t', ','];
const LONGEST_NAME = 255;
/** Marks without width that come along when something is copied; those that join letters stay. */
const INVISIBLE = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
const HEADINGS = {
  email: /\be-?mails?\b|\bcorreio\b|\bmail\b/,
  name: /\b(nome|name|pessoa|contato|contact|sobrenome|surname)\b/,
  role: /\b(papel|perfil|funcao|role)\b/,
};
const SURNAME = /sobrenome|surname|last name|family name/;

const folded = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .trim()
    .toLowerCase();

/**
 * Reads a list of people as somebody pastes it or a spreadsheet saves it: name, e-mail and, if any, role. Headings say
 * which column is which; without them the e-mail is known by itself, and the name comes before the role. An address
 * may also stand as mail programs write it: `"Lima, Ana" <ana@padaria.example>`.
 */
export async function readPeople(text: string, roles: readonly NamedRole[]): Promise<PersonLine[]> {
  const rows = withoutEmptyColumns(await readRows(text));
  const place = rows.findIndex(({ cells }) => isHeading(cells));
  // What stands above the headings is a title, unless people stand there already.
  const isTable = place >= 0 && !rows.slice(0, place).some(({ cells }) => cells.some(mailboxIn));
  const columns = isTable ? columnsOf(rows[place]!.cells) : undefined;
  const seen = new Set<string>();
  return rows.slice(isTable ? place + 1 : 0).flatMap(({ line, cells }): PersonLine[] => {
    const found = (columns && byHeadings(cells, columns)) ?? byPlace(cells);
    return found.map((person) => {
      const roleId = roles.find(({ name }) => folded(name) === folded(person.role))?.id;
      const problem = problemOf({ ...person, roleId }, seen);
      seen.add(person.email);
      return { line, ...person, roleId, problem };
    });
  });
}

/** The rows that hold anything, cut at the separator that leaves most addresses whole. */
async function readRows(text: string): Promise<Row[]> {
  const { default: papa } = await import('papaparse');
  const plain = text
    .replace(INVISIBLE, '')
    .replace(/\r\n?/g, '\n')
    // A name in quotes before an address in brackets is one cell, though no spreadsheet would write it so.
    .replace(/ *(?<!")"((?:[^"\n]|"")+)"[ \t]*(<[^<>\s"]+@[^<>\s"]+>)/g, '"$1 $2"');
  const [, told] = /^"?sep=(.)"?\n/i.exec(plain) ?? [];
  const body = told ? plain.slice(plain.indexOf('\n') + 1) : plain;
  const cut = (delimiter?: string): Row[] =>
    papa
      .parse<string[]>(body.trimEnd(), { delimiter, newline: '\n', delimitersToGuess: DELIMITERS })
      .data.map((cells, index) => ({ line: index + (told ? 2 : 1), cells: cells.map((cell) => cell.trim()) }))
      .filter(({ cells }) => cells.some(Boolean));
  if (told) return cut(told);
  const tries = DELIMITERS.map((delimiter) => ({ delimiter, rows: cut(delimiter) }));
  const weight = (cell: string) => (emailAddress(cell) ? 2 : mailboxIn(cell) ? 1 : 0);
  const addresses = (rows: Row[]) => rows.flatMap(({ cells }) => cells).reduce((sum, cell) => sum + weight(cell), 0);
  const most = Math.max(...tries.map(({ rows }) => addresses(rows)));
  // On a tie the commas may belong to the names.
  return most > 0 ? tries.find(({ rows }) => addresses(rows) === most)!.rows : cut();
}

function withoutEmptyColumns(rows: Row[]): Row[] {
  const used = new Set(rows.flatMap(({ cells }) => cells.flatMap((cell, column) => (cell ? [column] : []))));
  return rows.map(({ line, cells }) => ({ line, cells: cells.filter((_, column) => used.has(column)) }));
}

function isHeading(cells: string[]): boolean {
  const filled = cells.filter(Boolean).map(folded);
  if (filled.some((cell) => cell.includes('@'))) return false;
  const known = filled.filter((cell) => Object.values(HEADINGS).some((words) => words.test(cell)));
  return filled.some((cell) => HEADINGS.email.test(cell)) || known.length === filled.length;
}

function columnsOf(headings: string[]): Columns {
  const names = headings.map(folded);
  const email = names.findIndex((name) => HEADINGS.email.test(name));
  const role = names.findIndex((name, column) => column !== email && HEADINGS.role.test(name));
  const named = names.flatMap((name, column) =>
    column !== email && column !== role && HEADINGS.name.test(name) ? [column] : [],
  );
  const first = named.filter((column) => !SURNAME.test(names[column]!)).slice(0, 1);
  const last = named.filter((column) => SURNAME.test(names[column]!)).slice(0, 1);
  const other = names.findIndex((_, column) => column !== email && column !== role);
  return { email, role, names: first.length + last.length > 0 ? [...first, ...last] : [other] };
}

/** What stands below the headings, unless the address of this row stands elsewhere. */
function byHeadings(cells: string[], { email, names, role }: Columns) {
  const written = cells[email] ?? '';
  const mailbox = mailboxIn(written);
  if (!mailbox && cells.some(mailboxIn)) return undefined;
  const name = names
    .map((column) => cells[column])
    .filter(Boolean)
    .join(' ');
  return [
    { name: name || (mailbox?.name ?? ''), email: mailbox?.email ?? written.toLowerCase(), role: cells[role] ?? '' },
  ];
}

/** One person, or several where a line is a list of addresses only. */
function byPlace(cells: string[]) {
  const mailboxes = cells.map(mailboxIn);
  const [first, second] = mailboxes.flatMap((mailbox) => (mailbox ? [mailbox] : []));
  if (second && mailboxes.every((mailbox, column) => mailbox || !cells[column]))
    return mailboxes.flatMap((mailbox) => (mailbox ? [{ ...mailbox, role: '' }] : []));
  const written = cells.findIndex((cell) => cell.includes('@'));
  const place = first ? mailboxes.findIndex(Boolean) : written >= 0 ? written : 1;
  const others = cells.filter((_, column) => column !== place);
  const [name, role = ''] = first?.name ? [first.name, others.find(Boolean)] : others;
  return [{ name: name ?? '', email: first?.email ?? (cells[place] ?? '').toLowerCase(), role }];
}

/** The address that a cell holds, alone or behind a name, with brackets or without. */
function mailboxIn(cell: string): { name: string; email: string } | undefined {
  const [, name = '', address = ''] = /^(?:([^<>@]*)[\s<])?(?:mailto:)?([^\s<>]+@[^\s<>]+?)>?$/i.exec(cell) ?? [];
  const email = emailAddress(address);
  return email ? { name: name.replace(/^["'\s]+|["'\s<]+$/g, ''), email } : undefined;
}

function problemOf(
  { name, email, role, roleId }: Omit<PersonLine, 'line'>,
  seen: ReadonlySet<string>,
): LineProblem | undefined {
  if (!emailAddress(email)) return 'email';
  if (seen.has(email)) return 'repeated';
  if (!name) return 'name';
  if (name.length > LONGEST_NAME) return 'longName';
  return role && !roleId ? 'role' : undefined;
}

/** The list again, with only these lines. */
export async function writePeople(people: readonly PersonLine[]): Promise<string> {
  const { default: papa } = await import('papaparse');
  return papa.unparse(people.map(({ name, email, role }) => (role ? [name, email, role] : [name, email])));
}

/** Text of a file as spreadsheets save it: UTF-8, UTF-16 ("Unicode text") or Windows' own encoding. */
export async function textOf(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || second === 0) return new TextDecoder('utf-16le').decode(bytes);
  if ((first === 0xfe && second === 0xff) || first === 0) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
