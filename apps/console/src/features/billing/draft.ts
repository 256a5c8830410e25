import {
  invoiceTotals,
  isDay,
  parseDecimal,
  PERCENT_DECIMALS,
  plainDecimal,
  QUANTITY_DECIMALS,
  readAmount,
  readPercent,
  readQuantity,
  writeAmount,
  writePercent,
  writeQuantity,
  type Discount,
  type InvoiceLine as ReckonedLine,
  type InvoiceProblem,
  type InvoiceTotals,
  type NumberLocale,
} from '@balcao/money';
import type { DiscountFacts, InvoiceLineRequest } from '@balcao/api-client';
import type { InvoiceLine } from '../../data/invoices.js';
import { behind, lastDayOf, type TypedProblem } from './typed.js';

/** What is taken off, as it is typed: a percentage or an amount. */
export interface TypedDiscount {
  discount: string;
  discountIn: 'percent' | 'amount';
}

/** A line as it is typed, with numbers in the reader's notation. */
export interface DraftLine extends TypedDiscount {
  description: string;
  detail: string;
  startsOn: string;
  /** The last day of the service. */
  endsOn: string;
  quantity: string;
  unitPrice: string;
  taxName: string;
  taxPercent: string;
  taxIncluded: boolean;
}
export type LineField = Exclude<keyof DraftLine, 'discountIn' | 'taxIncluded'>;
export type LineProblems = Partial<Record<LineField, TypedProblem>>;

export const emptyLine = (): DraftLine => ({
  description: '',
  detail: '',
  startsOn: '',
  endsOn: '',
  quantity: '1',
  unitPrice: '',
  discount: '',
  discountIn: 'percent',
  taxName: '',
  taxPercent: '',
  taxIncluded: true,
});

/** A line that nobody has written anything into: it is not sent. */
export const isBlank = (line: DraftLine): boolean => {
  const blank = emptyLine();
  return (Object.keys(blank) as LineField[]).every((name) => line[name] === blank[name] || name === 'quantity');
};

const ofPercent = (text: string, locale: NumberLocale) =>
  writePercent(parseDecimal(text, PERCENT_DECIMALS) ?? 0n, locale);
const ofAmount = ({ amount, currency }: { amount: number; currency: string }, locale: NumberLocale) =>
  writeAmount(BigInt(amount), currency, locale);

/** A percentage of the API as it stands in a field. */
export const typedPercent = ofPercent;

export function typedDiscount(discount: DiscountFacts | null, locale: NumberLocale): TypedDiscount {
  if (discount?.amount) return { discount: ofAmount(discount.amount, locale), discountIn: 'amount' };
  return { discount: discount?.percent ? ofPercent(discount.percent, locale) : '', discountIn: 'percent' };
}

/** A line of the API as it stands in the fields. */
export const typedLine = (line: Omit<InvoiceLine, 'id'>, locale: NumberLocale): DraftLine => ({
  description: line.description,
  detail: line.detail ?? '',
  startsOn: line.startsOn ?? '',
  endsOn: lastDayOf(line.endsOn),
  quantity: writeQuantity(parseDecimal(line.quantity, QUANTITY_DECIMALS) ?? 0n, locale),
  unitPrice: ofAmount(line.unitPrice, locale),
  ...typedDiscount(line.discount, locale),
  taxName: line.tax?.name ?? '',
  taxPercent: line.tax ? ofPercent(line.tax.percent, locale) : '',
  taxIncluded: line.tax?.included ?? true,
});

/** A percentage as the API is told it. @returns undefined for what is none */
export function percentSent(text: string, locale: NumberLocale): string | undefined {
  const percent = readPercent(text, locale);
  return typeof percent === 'bigint' ? plainDecimal(percent, PERCENT_DECIMALS) : undefined;
}

interface ReadDiscount {
  discount?: Discount;
  problem?: TypedProblem;
}

/** What is taken off; nothing where nothing is written. */
export function readDiscount(
  { discount, discountIn }: TypedDiscount,
  currency: string,
  locale: NumberLocale,
): ReadDiscount {
  if (discount.trim() === '') return {};
  const value = discountIn === 'percent' ? readPercent(discount, locale) : readAmount(discount, locale, currency);
  if (typeof value === 'string') return { problem: value };
  if (value < 0n) return { problem: 'notPositive' };
  if (value === 0n) return {};
  return {
    discount: discountIn === 'percent' ? { percent: plainDecimal(value, PERCENT_DECIMALS) } : { amount: value },
  };
}

interface ReadLine {
  /** What the API is sent and what is reckoned with; absent where something is wrong. */
  sent?: InvoiceLineRequest;
  reckoned?: ReckonedLine;
  problems: LineProblems;
}

/** What was typed into a line, or why it cannot be read. */
export function readLine(line: DraftLine, currency: string, locale: NumberLocale): ReadLine {
  const problems: LineProblems = {};
  const quantity = readQuantity(line.quantity, locale);
  const unitPrice = readAmount(line.unitPrice, locale, currency);
  const { discount, problem } = readDiscount(line, currency, locale);
  const percent = readPercent(line.taxPercent, locale);
  const isTaxed = line.taxName.trim() !== '' || line.taxPercent.trim() !== '';
  if (line.description.trim() === '') problems.description = 'missing';
  if (typeof quantity === 'string') problems.quantity = quantity;
  if (typeof unitPrice === 'string') problems.unitPrice = unitPrice;
  else if (unitPrice < 0n) problems.unitPrice = 'notPositive';
  if (problem) problems.discount = problem;
  if (isTaxed && line.taxName.trim() === '') problems.taxName = 'missing';
  if (isTaxed && typeof percent === 'string') problems.taxPercent = percent;
  const [startsOn, endsOn] = [isDay(line.startsOn) ? line.startsOn : null, behind(line.endsOn)];
  if (startsOn && endsOn && endsOn <= startsOn) problems.endsOn = 'backwards';
  if (Object.keys(problems).length > 0 || typeof quantity === 'string' || typeof unitPrice === 'string')
    return { problems };

  const rate = typeof percent === 'bigint' ? plainDecimal(percent, PERCENT_DECIMALS) : '0';
  const counted = plainDecimal(quantity, QUANTITY_DECIMALS);
  const tax = isTaxed ? { rate, included: line.taxIncluded } : undefined;
  return {
    problems,
    reckoned: { quantity: counted, unitPrice, discount, tax },
    sent: {
      description: line.description.trim(),
      detail: line.detail.trim() || null,
      startsOn,
      endsOn,
      quantity: counted,
      unitPrice: Number(unitPrice),
      discount: sentDiscount(discount),
      tax: isTaxed ? { name: line.taxName.trim(), percent: rate, included: line.taxIncluded } : null,
    },
  };
}

/** A discount as the API is told it. */
export const sentDiscount = (discount: Discount | undefined) =>
  discount ? (discount.percent === undefined ? { amount: Number(discount.amount) } : discount) : null;

/** What a line comes to by itself, less its own discount, in minor units; undefined where something is wrong. */
export interface ReckonedRow {
  problems: LineProblems;
  net?: bigint;
  /** Nothing was written into it: it is neither judged nor sent. */
  blank: boolean;
}

export interface Reckoning {
  rows: ReckonedRow[];
  sent: InvoiceLineRequest[];
  discount?: Discount;
  discountProblem?: TypedProblem;
  /** Of the whole; absent as long as something is wrong. */
  totals?: InvoiceTotals;
  /** All lines before any discount. */
  gross: bigint;
  /** Taxes by name, percentage and kind, as an invoice prints them. */
  taxes: { name: string; percent: string; included: boolean; amount: bigint }[];
}

const CODES: Partial<Record<InvoiceProblem['code'], TypedProblem>> = {
  exceedsPrice: 'exceedsPrice',
  tooLarge: 'tooLarge',
  notPositive: 'notPositive',
};

/** What is wrong with a line that could be read, where the reckoning says so. */
function reckonedProblems(problems: readonly InvoiceProblem[]): LineProblems {
  return Object.fromEntries(
    problems.map(({ path, code }) => [lineFieldOf(path)?.field ?? 'unitPrice', CODES[code] ?? 'notANumber']),
  );
}

/** What all lines come to while they are typed, to the cent what the API will say. */
export function reckon(
  lines: readonly DraftLine[],
  typed: TypedDiscount,
  currency: string,
  locale: NumberLocale,
): Reckoning {
  const read = lines.map((line) => (isBlank(line) ? undefined : readLine(line, currency, locale)));
  const rows = read.map((line): ReckonedRow => {
    if (!line) return { problems: {}, blank: true };
    if (!line.reckoned) return { problems: line.problems, blank: false };
    const { totals, problems } = invoiceTotals({ currency, lines: [line.reckoned] });
    if (!totals) return { problems: reckonedProblems(problems), blank: false };
    return { problems: {}, net: totals.lines[0]!.net, blank: false };
  });
  const sent = read.flatMap((line) => line?.sent ?? []);
  const { discount, problem } = readDiscount(typed, currency, locale);
  const isWhole = rows.every(({ net, blank }) => blank || net !== undefined) && !problem;
  const reckoned = read.flatMap((line) => line?.reckoned ?? []);
  const outcome = isWhole ? invoiceTotals({ currency, lines: reckoned, discount }) : undefined;
  const { totals, problems = [] } = outcome ?? {};
  const wrong = problems[0] && (CODES[problems[0].code] ?? 'notANumber');
  return {
    rows,
    sent,
    discount,
    discountProblem: problem ?? wrong,
    totals,
    gross: totals ? totals.lines.reduce((sum, line) => sum + line.gross, 0n) : 0n,
    taxes: totals ? taxesOf(sent, totals) : [],
  };
}

function taxesOf(sent: readonly InvoiceLineRequest[], totals: InvoiceTotals): Reckoning['taxes'] {
  const sums = new Map<string, Reckoning['taxes'][number]>();
  sent.forEach(({ tax }, place) => {
    if (!tax) return;
    const key = JSON.stringify([tax.name, tax.percent, tax.included]);
    const sum = sums.get(key) ?? { ...tax, amount: 0n };
    sums.set(key, { ...sum, amount: sum.amount + totals.lines[place]!.tax });
  });
  return [...sums.values()];
}

const FIELDS: Partial<Record<string, LineField>> = {
  'tax.name': 'taxName',
  'tax.percent': 'taxPercent',
  'tax.rate': 'taxPercent',
};

/** The field of a line that a path names: `lines.3.discount.percent`. */
export function lineFieldOf(path: string): { place: number; field: LineField } | undefined {
  const [, place, member] = /^lines\.(\d+)\.(.+)$/.exec(path) ?? [];
  if (place === undefined || member === undefined) return undefined;
  const first = member.split('.')[0]!;
  const field = FIELDS[member] ?? (first in emptyLine() ? (first as LineField) : 'description');
  return { place: Number(place), field };
}
