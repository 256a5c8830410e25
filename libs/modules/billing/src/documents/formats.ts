import type { Locale } from '@balcao/contracts';
import { minorDigits, printDecimal, type Day } from '@balcao/money';

/** Making a format takes a hundred times as long as using it. */
const numberFormats = new Map<string, Intl.NumberFormat>();

function numberFormat(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify([locale, options]);
  let format = numberFormats.get(key);
  if (!format) numberFormats.set(key, (format = new Intl.NumberFormat(locale, options)));
  return format;
}

const dayFormats: Record<Locale, Intl.DateTimeFormat> = {
  'pt-BR': new Intl.DateTimeFormat('pt-BR', { timeZone: 'UTC', dateStyle: 'short' }),
  // Numbers alone are read in two ways by who reads English in Brazil.
  'en-US': new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', dateStyle: 'medium' }),
};

/** A day as people of a language write it, always with four digits of its year. */
export function formatDay(day: Day, locale: Locale): string {
  return dayFormats[locale].format(new Date(`${day}T00:00:00Z`));
}

/** An amount of minor units with all of its currency's decimals and without its sign, as it stands in a column. */
export const formatAmount = (amount: bigint, currency: string, locale: Locale): string =>
  signed(amount, (magnitude) => {
    const digits = minorDigits(currency);
    const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    return numberFormat(locale, options).format(printDecimal(magnitude, digits) as Intl.StringNumericLiteral);
  });

/** The same with its currency's sign. */
export const formatMoney = (amount: bigint, currency: string, locale: Locale): string =>
  signed(amount, (magnitude) => {
    const digits = minorDigits(currency);
    const fractions = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    const format = numberFormat(locale, { style: 'currency', currency, ...fractions });
    return format.format(printDecimal(magnitude, digits) as Intl.StringNumericLiteral);
  });

/** A decimal as machines write it, without zeros at its end: a quantity, a percentage. */
export const formatDecimal = (decimal: string, locale: Locale): string =>
  numberFormat(locale, { maximumFractionDigits: 6 }).format(decimal as Intl.StringNumericLiteral);

/** Less than nothing has a minus in front of all, wide as a digit. */
const signed = (amount: bigint, print: (magnitude: bigint) => string): string =>
  amount < 0n ? `\u2212 ${print(-amount)}` : print(amount);

/** An address as people read and type it. */
export const shownUrl = (url: string): string => url.replace(/^https?:\/\//, '').replace(/\/$/, '');
