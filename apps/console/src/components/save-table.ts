import { currentLocale, type useFormat } from '@balcao/ui';
import type { Column } from './data-table.js';

/** For so long a file can be read that was offered. */
const KEPT_MS = 60_000;

/** Offers rows as a file that a spreadsheet opens: with its mark of UTF-8, and nothing that it would compute. */
export async function saveTable<Item>(
  name: string,
  columns: readonly Column<Item>[],
  items: readonly Item[],
  format: ReturnType<typeof useFormat>['value'],
): Promise<void> {
  const { default: papa } = await import('papaparse');
  const cells = columns.flatMap(({ label, text, at, date, below }) => [
    { label, of: (item: Item) => (at?.(item) ? format[date ? 'date' : 'dateTime'](at(item)!) : (text?.(item) ?? '')) },
    ...(below ? [{ label: '', of: (item: Item) => below(item) ?? '' }] : []),
  ]);
  const table = [cells.map(({ label }) => label), ...items.map((item) => cells.map(({ of }) => of(item)))];
  const text = papa.unparse(table, { delimiter: currentLocale() === 'pt-BR' ? ';' : ',', escapeFormulae: true });
  saveFile(`${name}.csv`, text);
}

/** Offers a CSV as a file, with its mark of UTF-8. */
export function saveFile(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv' }));
  link.download = name;
  link.click();
  // Safari on a phone reads it only after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}
