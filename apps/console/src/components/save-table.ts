import { currentLocale, saveFile, type useFormat } from '@balcao/ui';
import type { Column } from './data-table.js';

/** Offers rows as a file that a spreadsheet opens: with its mark of UTF-8, and nothing that it would compute. */
export async function saveTable<Item>(
  name: string,
  columns: readonly Column<Item>[],
  items: readonly Item[],
  format: ReturnType<typeof useFormat>['value'],
): Promise<void> {
  const { default: papa } = await import('papaparse');
  const cells = columns.flatMap(({ label, text, at, date, below, filed }) => [
    { label, of: (item: Item) => (at?.(item) ? format[date ? 'date' : 'dateTime'](at(item)!) : (text?.(item) ?? '')) },
    ...(filed?.map(({ label: name, text: said }) => ({ label: name, of: (item: Item) => said(item) ?? '' })) ??
      (below ? [{ label: '', of: (item: Item) => below(item) || '' }] : [])),
  ]);
  const table = [cells.map(({ label }) => label), ...items.map((item) => cells.map(({ of }) => of(item)))];
  const text = papa.unparse(table, { delimiter: currentLocale() === 'pt-BR' ? ';' : ',', escapeFormulae: true });
  saveFile(`${name}.csv`, text);
}
