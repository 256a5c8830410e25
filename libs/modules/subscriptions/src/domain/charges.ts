import type { Locale } from '@balcao/contracts';
import type { DraftLine } from '@balcao/module-billing';
import {
  daysBetween,
  divHalfEven,
  invoiceTotals,
  ONE,
  parseDecimal,
  PERCENT_DECIMALS,
  percentOf,
  plainDecimal,
  QUANTITY_DECIMALS,
  writeQuantity,
  type Day,
  type InvoiceLine,
  type Period,
} from '@balcao/money';
import { percentOff, type Item } from './plan.js';
import { wordsOf } from './words.js';

/** What was used of items since it was last billed, by their ids; scaled like quantities. */
export type Usage = ReadonlyMap<string, bigint>;

export const scaled = (quantity: string): bigint => parseDecimal(quantity, QUANTITY_DECIMALS) ?? 0n;
/** A scaled quantity without the zeros that say nothing. */
export const plain = (quantity: bigint): string => plainDecimal(quantity, QUANTITY_DECIMALS);

/** What an item costs every period, in minor units, before discounts and taxes on top: nothing for usage and what is asked for once. */
export function recurringOf({ model, quantity, unitAmount }: Pick<Item, 'model' | 'quantity' | 'unitAmount'>): bigint {
  if (model === 'flat') return unitAmount;
  return model === 'per_unit' ? divHalfEven(scaled(quantity) * unitAmount, ONE) : 0n;
}

export const recurringTotal = (items: readonly Item[]): bigint =>
  items.reduce((sum, item) => sum + recurringOf(item), 0n);

/** An amount less a percentage of it. */
export const lessPercent = (amount: bigint, percent: string | null): bigint =>
  percent === null ? amount : amount - percentOf(amount, parseDecimal(percent, PERCENT_DECIMALS)!);

/** Lines of what recurs, for a period. */
export function recurringLines(items: readonly Item[], period: Period, discountPercent: string | null): DraftLine[] {
  return items
    .filter(({ model }) => model === 'flat' || model === 'per_unit')
    .map((item) => ({
      description: item.name,
      detail: item.detail,
      ...period,
      quantity: item.model === 'flat' ? '1' : item.quantity,
      unitPrice: item.unitAmount,
      discount: percentOff(discountPercent),
      tax: item.tax,
    }));
}

/** Lines of what is asked for once, and was not yet. */
export function onceLines(items: readonly Item[], locale: Locale): DraftLine[] {
  return items
    .filter(({ onceBilledOn }) => onceBilledOn === null)
    .flatMap((item) => [
      ...(item.model === 'once'
        ? [
            {
              description: item.name,
              detail: item.detail,
              quantity: item.quantity,
              unitPrice: item.unitAmount,
              tax: item.tax,
            },
          ]
        : []),
      ...(item.setupAmount > 0n
        ? [{ description: wordsOf(locale).setup(item.name), quantity: '1', unitPrice: item.setupAmount, tax: item.tax }]
        : []),
    ]);
}

/** How much of a period somebody had it, where what was not had is given back. */
export interface Had {
  days: number;
  of: number;
}

/** How much of a period is had up to a day. */
export const hadOf = ({ startsOn, endsOn }: Period, until: Day): Had => ({
  days: daysBetween(startsOn, until),
  of: daysBetween(startsOn, endsOn),
});

/**
 * Lines of what was used and is not billed: each item's amount beyond what is included.
 * @param had of what is included so much is free; all of it where absent
 */
export function usageLines(items: readonly Item[], used: Usage, locale: Locale, had?: Had): DraftLine[] {
  const words = wordsOf(locale);
  return items.flatMap((item) => {
    if (item.model !== 'usage') return [];
    const whole = scaled(item.included);
    const included = had ? (whole * BigInt(had.days)) / BigInt(had.of) : whole;
    const beyond = (used.get(item.id) ?? 0n) - included;
    if (beyond <= 0n) return [];
    const detail =
      included > 0n ? words.included(writeQuantity(included, locale), item.unitName ?? '').trim() : item.detail;
    return [
      {
        description: words.usage(item.name),
        detail,
        quantity: plain(beyond),
        unitPrice: item.unitAmount,
        tax: item.tax,
      },
    ];
  });
}

/** What a period's invoice asks for: what recurs for the days to come, once what is asked for once, and what was used before. */
export const renewalLines = (
  items: readonly Item[],
  {
    period,
    discountPercent,
    used,
    locale,
  }: { period: Period; discountPercent: string | null; used: Usage; locale: Locale },
): DraftLine[] => [
  ...recurringLines(items, period, discountPercent),
  ...onceLines(items, locale),
  ...usageLines(items, used, locale),
];

/** Whether lines come to more than an invoice can ask for. */
export const isTooMuch = (lines: readonly DraftLine[], currency: string): boolean =>
  reckoned(lines, currency).totals === undefined;

/** What lines come to as an invoice, in minor units. @throws RangeError for lines that no invoice can have */
export function totalOf(lines: readonly DraftLine[], currency: string): bigint {
  const { totals, problems } = reckoned(lines, currency);
  if (!totals)
    throw new RangeError(
      `These lines make no invoice: ${problems.map(({ path, code }) => `${path} ${code}`).join(', ')}`,
    );
  return totals.total;
}

const reckoned = (lines: readonly DraftLine[], currency: string) =>
  invoiceTotals({ currency, lines: lines.map(asReckoned) });

const asReckoned = ({ quantity, unitPrice, discount, tax }: DraftLine): InvoiceLine => ({
  quantity,
  unitPrice,
  discount: discount ?? undefined,
  tax: tax ? { rate: tax.percent, included: tax.included } : undefined,
});
