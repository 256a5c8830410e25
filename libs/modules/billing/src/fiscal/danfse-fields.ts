import { parseDecimal } from '@balcao/money';
import type { DanfseField } from '../documents/danfse-document.js';
import { formatDay, formatDecimal, formatMoney } from '../documents/formats.js';
import { NOTHING } from './danfse-words.js';
import { textAt, type XmlElement } from './xml-tree.js';

/** A label and what stands below it; over two columns or four where it says so. */
type Cell = [label: string, value: string, span?: 2 | 4];

export const rowsOf = (...rows: Cell[][]): DanfseField[][] =>
  rows.map((cells) => cells.map(([label, value, span]): DanfseField => ({ label, value, span: span ?? 1 })));

/** Rows that say something; one that says nothing in any field is left out, as the layout allows. */
export const saying = (rows: DanfseField[][]): DanfseField[][] =>
  rows.filter((row) => row.some(({ value }) => value !== NOTHING));

export type Names = ReadonlyMap<string, string>;

/** Names of municipalities by their codes, as far as the note says both. */
export function municipalities(info: XmlElement, declared: XmlElement): Names {
  const pairs: [string | undefined, string | undefined][] = [
    [textAt(declared, 'cLocEmi'), textAt(info, 'xLocEmi')],
    [textAt(info, 'cLocIncid'), textAt(info, 'xLocIncid')],
    [textAt(declared, 'serv/locPrest/cLocPrestacao'), textAt(info, 'xLocPrestacao')],
    [textAt(info, 'IBSCBS/cLocalidadeIncid'), textAt(info, 'IBSCBS/xLocalidadeIncid')],
  ];
  return new Map(pairs.filter((pair): pair is [string, string] => Boolean(pair[0] && pair[1])));
}

export function moneyAt(from: XmlElement | undefined, ...paths: string[]): string {
  const text = textAt(from, ...paths);
  const amount = text === undefined ? undefined : parseDecimal(text, 2);
  return amount === undefined ? (text ?? NOTHING) : formatMoney(amount, 'BRL', 'pt-BR');
}

export function percentAt(from: XmlElement | undefined, path: string): string {
  const text = textAt(from, path);
  if (text === undefined) return NOTHING;
  return parseDecimal(text, 6) === undefined ? text : `${formatDecimal(text, 'pt-BR')}%`;
}

export function percents(from: XmlElement | undefined, ...paths: string[]): string {
  const all = paths.map((path) => percentAt(from, path));
  return all.every((each) => each === NOTHING) ? NOTHING : all.join(' / ');
}

/** A moment as it was where the note was made: `28/11/2026 10:30:00`. */
export function momentAt(from: XmlElement, path: string): string {
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})/.exec(textAt(from, path) ?? '') ?? [];
  return day && time ? `${formatDay(day, 'pt-BR')} ${time}` : NOTHING;
}
