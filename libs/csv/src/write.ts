/** Begins a file whose encoding Excel would otherwise take for Windows' own. */
export const TEXT_MARK = '\ufeff';

/** What a spreadsheet takes for a formula (OWASP, CSV injection); a tab or a line break may stand before it. */
const FORMULA = /^[\s\u0000]*[=+\-@]/;
/** What is below zero computes nothing, and is added up where it is no text. */
const NUMBER = /^-\d+(?:[.,]\d+)?$/;
const QUOTED = { ';': /["\r\n;\t]|^\s|\s$/, ',': /["\r\n,\t]|^\s|\s$/ };

/** One row, with its end. Nothing in it is computed: what would be begins with an apostrophe, and plain numbers stay numbers. `null` is an empty cell. */
export function csvLine(cells: readonly (string | null)[], separator: ';' | ',' = ';'): string {
  return `${cells.map((cell) => written(cell, QUOTED[separator])).join(separator)}\r\n`;
}

function written(cell: string | null, quoted: RegExp): string {
  if (cell === null) return '';
  const safe = FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
  return quoted.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
