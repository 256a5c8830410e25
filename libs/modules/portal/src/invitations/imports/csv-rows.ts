/**
 * The rows of a CSV as RFC 4180 has it, the empty ones left out, and no more than `most`; undefined where quotes close at
 * no end of a cell. It looks at each character once: papaparse looks from each such quote to the end of its line.
 */
export function csvRows(text: string, most: number): string[][] | undefined {
  const end = /,|\r?\n|\r|$/g;
  const rows: string[][] = [];
  let row: string[] = [];
  for (let place = 0; place < text.length && rows.length < most;) {
    const isQuoted = text[place] === '"';
    const close = isQuoted ? closingQuote(text, place + 1) : undefined;
    if (close === -1) return undefined;
    end.lastIndex = close === undefined ? place : close + 1;
    const { 0: mark, index } = end.exec(text)!;
    if (close !== undefined && index !== close + 1) return undefined;
    row.push(close === undefined ? text.slice(place, index) : text.slice(place + 1, close).replaceAll('""', '"'));
    place = index + mark.length;
    if (mark === ',' && place < text.length) continue;
    if (mark === ',') row.push('');
    if (row.some(Boolean) || row.length > 1) rows.push(row);
    row = [];
  }
  return rows;
}

/** Where the quotes end that were opened before `from`; -1 for nowhere. */
function closingQuote(text: string, from: number): number {
  let quote = text.indexOf('"', from);
  while (quote >= 0 && text[quote + 1] === '"') quote = text.indexOf('"', quote + 2);
  return quote;
}
