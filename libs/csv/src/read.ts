/** What parts cells. */
export type Separator = ',' | ';' | '\t';

const ENDS: Record<Separator, RegExp> = { ',': /,|\r?\n|\r|$/g, ';': /;|\r?\n|\r|$/g, '\t': /\t|\r?\n|\r|$/g };

/** A row with its place in the text, from 1, as a spreadsheet counts: empty rows count, line breaks within quotes do not. */
export interface CsvRecord {
  line: number;
  cells: string[];
}

/**
 * The rows of a CSV as RFC 4180 has it, the empty ones left out, and no more than `most`; undefined where quotes close at
 * no end of a cell. It looks at each character once: papaparse looks from each such quote to the end of its line.
 */
export function csvRecords(text: string, most: number, separator: Separator = ','): CsvRecord[] | undefined {
  const end = new RegExp(ENDS[separator]);
  const records: CsvRecord[] = [];
  let cells: string[] = [];
  let line = 1;
  for (let place = 0; place < text.length && records.length < most;) {
    const isQuoted = text[place] === '"';
    const close = isQuoted ? closingQuote(text, place + 1) : undefined;
    if (close === -1) return undefined;
    end.lastIndex = close === undefined ? place : close + 1;
    const { 0: mark, index } = end.exec(text)!;
    if (close !== undefined && index !== close + 1) return undefined;
    cells.push(close === undefined ? text.slice(place, index) : text.slice(place + 1, close).replaceAll('""', '"'));
    place = index + mark.length;
    if (mark === separator && place < text.length) continue;
    if (mark === separator) cells.push('');
    if (cells.some(Boolean) || cells.length > 1) records.push({ line, cells });
    line += 1;
    cells = [];
  }
  return records;
}

/** The cells of `csvRecords`. */
export const csvRows = (text: string, most: number, separator?: Separator): string[][] | undefined =>
  csvRecords(text, most, separator)?.map(({ cells }) => cells);

/** Where the quotes end that were opened before `from`; -1 for nowhere. */
function closingQuote(text: string, from: number): number {
  let quote = text.indexOf('"', from);
  while (quote >= 0 && text[quote + 1] === '"') quote = text.indexOf('"', quote + 2);
  return quote;
}

/** Which separator a text uses: the one that stands most often in its first line that has any, outside of quotes. */
export function separatorOf(text: string): Separator {
  const [first = ''] = text
    .slice(0, 10_000)
    .replace(/"[^"]*"?/g, '')
    .split(/\r?\n|\r/)
    .filter((line) => /[;,\t]/.test(line));
  const counts = ([';', ',', '\t'] as const).map((mark) => ({ mark, count: first.split(mark).length }));
  return counts.reduce((best, each) => (each.count > best.count ? each : best)).mark;
}
