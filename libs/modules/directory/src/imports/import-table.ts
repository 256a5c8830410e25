import { csvRecords, decodeText, isForeignFile, separatorOf } from '@balcao/csv';
import { folded } from '@balcao/contracts';
import { refusedField } from '@balcao/platform-errors';

/** Rows that a file has at most, its headings apart. */
export const MOST_IMPORTED = 10_000;
/** What is kept of a cell: more is no part of a customer or an invoice. */
const LONGEST_CELL = 2_000;
const MOST_COLUMNS = 200;

/** A column of a file, by the words that people head it with; without accents and marks, in small letters. */
export interface ImportColumn {
  names: readonly string[];
  required?: true;
}

export interface TableRow<Key extends string> {
  /** Place in the file, from 1, as a spreadsheet counts. */
  line: number;
  /** As the file has them. */
  cells: string[];
  /** What stands in a column; empty where there is none. */
  cell(key: Key): string;
}

export interface ImportTable<Key extends string> {
  headings: string[];
  rows: TableRow<Key>[];
  /** How the file calls a column; the first of its names where the file has none. */
  heading(key: Key): string;
  has(key: Key): boolean;
}

/** A heading without what differs between programs: `Razão_Social` is `razao social`. */
const headingWords = (heading: string): string =>
  folded(heading)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** A cell composed (NFC), without spaces around, what no database keeps, and the apostrophe by which spreadsheets are kept from computing it. */
const kept = (cell: string): string =>
  cell
    .slice(0, LONGEST_CELL)
    .toWellFormed()
    .replaceAll('\0', '')
    .normalize('NFC')
    .trim()
    .replace(/^'(?=\s*[=+@-])/, '');

/**
 * Reads a file of rows below headings, by whichever of `;`, `,` and the tab it uses.
 * @throws DomainError validation_failed for what is no text, quotes that do not close, missing headings, no row or too many
 */
export function readTable<Key extends string>(
  bytes: Uint8Array,
  columns: Readonly<Record<Key, ImportColumn>>,
): ImportTable<Key> {
  if (isForeignFile(bytes)) throw refusedField('file', 'csvForeign');
  const text = decodeText(bytes);
  const records = csvRecords(text, MOST_IMPORTED + 2, separatorOf(text));
  if (!records) throw refusedField('file', 'openQuote');
  const [first, ...rest] = records.filter(({ cells }) => cells.some((cell) => cell.trim()));
  if (!first || rest.length === 0) throw refusedField('file', 'csvEmpty');
  if (rest.length > MOST_IMPORTED) throw refusedField('file', 'csvRows', { max: MOST_IMPORTED });
  const headings = first.cells.slice(0, MOST_COLUMNS).map(kept);
  const places = placesOf(headings, columns);
  const rows = rest.map(({ line, cells: all }): TableRow<Key> => {
    const cells = all.slice(0, headings.length).map(kept);
    return { line, cells, cell: (key) => cells[places[key] ?? -1] ?? '' };
  });
  return {
    headings,
    rows,
    heading: (key) => headings[places[key] ?? -1] ?? columns[key].names[0]!,
    has: (key) => places[key] !== undefined,
  };
}

/** Where each column stands. @throws DomainError validation_failed where a needed one is missing, or two say the same */
function placesOf<Key extends string>(
  headings: readonly string[],
  columns: Readonly<Record<Key, ImportColumn>>,
): Partial<Record<Key, number>> {
  const words = headings.map(headingWords);
  const places: Partial<Record<Key, number>> = {};
  const missing: string[] = [];
  const repeated: string[] = [];
  for (const [key, { names, required }] of Object.entries(columns) as [Key, ImportColumn][]) {
    const found = words.flatMap((name, place) => (names.includes(name) ? [place] : []));
    if (found.length > 1) repeated.push(found.map((place) => headings[place]).join(', '));
    if (found[0] !== undefined) places[key] = found[0];
    else if (required) missing.push(names[0]!);
  }
  if (missing.length > 0) throw refusedField('file', 'csvColumns', { columns: missing.join(', ') });
  if (repeated.length > 0) throw refusedField('file', 'csvRepeatedColumns', { columns: repeated.join('; ') });
  return places;
}
