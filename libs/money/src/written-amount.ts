import { minorDigits } from './amounts.js';
import { PERCENT_DECIMALS, printDecimal, QUANTITY_DECIMALS } from './decimals.js';

/** The notations that people write numbers in: 1.234,56 and 1,234.56. */
export type NumberLocale = 'pt-BR' | 'en-US';

const MARKS = { 'pt-BR': { decimal: ',', group: '.' }, 'en-US': { decimal: '.', group: ',' } } as const;

/** A scaled decimal as people write it, thousands in groups, at least `fewest` decimals. */
function written(value: bigint, scale: number, fewest: number, locale: NumberLocale): string {
  const { decimal, group } = MARKS[locale];
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale).replace(/\B(?=(?:\d{3})+$)/g, group);
  let decimals = digits.slice(digits.length - scale);
  while (decimals.length > fewest && decimals.endsWith('0')) decimals = decimals.slice(0, -1);
  return `${value < 0n ? '-' : ''}${whole}${decimals && decimal}${decimals}`;
}

/** An amount as it stands in a field, `-1.234,56`, without its currency; `readAmount` reads it back. */
export function writeAmount(minor: bigint, currency: string, locale: NumberLocale): string {
  const digits = minorDigits(currency);
  return written(minor, digits, digits, locale);
}

/** A scaled quantity as it stands in a field or a document, `1,5`; `readQuantity` reads it back. */
export const writeQuantity = (quantity: bigint, locale: NumberLocale): string =>
  written(quantity, QUANTITY_DECIMALS, 0, locale);

/** A scaled percentage as it stands in a field, `2,5`, without its sign; `readPercent` reads it back. */
export const writePercent = (percent: bigint, locale: NumberLocale): string =>
  written(percent, PERCENT_DECIMALS, 0, locale);

export interface Money {
  /** In minor units. */
  amount: bigint;
  currency: string;
}

const formats = new Map<string, Intl.NumberFormat>();

/**
 * An amount with its currency, as readers of a language expect it: `R$ 1.234,56`, with a no-break space.
 * @throws RangeError for what is no currency
 */
export function formatMoney({ amount, currency }: Money, locale: NumberLocale): string {
  const digits = minorDigits(currency);
  const key = `${locale} ${currency}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    formats.set(key, format);
  }
  // As a text, which Intl reads exactly; as a number, cents are lost beyond 45 trillions.
  return format.format(printDecimal(amount, digits) as `${number}`);
}
