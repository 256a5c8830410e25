import { isCurrency, isKeepable, minorDigits } from './amounts.js';
import { HUNDRED_PERCENT, PERCENT_DECIMALS, QUANTITY_DECIMALS, WHOLE_DIGITS } from './decimals.js';
import type { NumberLocale } from './written-amount.js';

export type DecimalProblem =
  | 'empty'
  | 'notANumber'
  /** Marks where no notation has them: `1.23.4`. */
  | 'misgrouped'
  /** What only the other notation reads: `12.34` and `1,234.56` in pt-BR. */
  | 'ambiguous'
  | 'tooManyDecimals'
  | 'tooLarge';
export type AmountProblem = DecimalProblem | 'otherCurrency';
export type QuantityProblem = DecimalProblem | 'notPositive';
export type PercentProblem = DecimalProblem | 'notAPercentage';

/** A whole number, plain or in groups of three by one and the same mark, and its decimals; groups never begin with a zero. */
const NUMERALS = {
  'pt-BR': /^(\d+|[1-9]\d{0,2}([. ])\d{3}(?:\2\d{3})*)?(?:,(\d*))?$/,
  'en-US': /^(\d+|[1-9]\d{0,2}([, ])\d{3}(?:\2\d{3})*)?(?:\.(\d*))?$/,
};
const OTHER = { 'pt-BR': 'en-US', 'en-US': 'pt-BR' } as const;

/** Spaces that stand between digits: of the keyboard, no-break, narrow no-break, thin. What parts cells or lines is none. */
const SPACES = /[ \u00a0\u202f\u2009]/g;
const SIGNED = /^\((.*)\)$|^[-\u2212](.*)$/su;
/** What stands around a numeral; behind it, a run is looked at from its beginning only, once. */
const BEFORE = /^[^\d\s.,()\u2212-]+/u;
const BEHIND = /(?<![^\d\s.,()\u2212-])[^\d\s.,()\u2212-]+$/u;

/** A numeral without its sign and one of `names` beside it; `foreign` is a word that still stands there. */
function unwrapped(text: string, names: readonly string[]) {
  let rest = text.trim();
  let negative = false;
  let named = false;
  for (;;) {
    const [, within, behind] = SIGNED.exec(rest) ?? [];
    const signed = within ?? behind;
    const word = BEFORE.exec(rest) ?? BEHIND.exec(rest);
    if (signed !== undefined && !negative) {
      negative = true;
      rest = signed.trim();
    } else if (word && !named && names.includes(word[0].toUpperCase())) {
      named = true;
      rest = `${rest.slice(0, word.index)}${rest.slice(word.index + word[0].length)}`.trim();
    } else {
      return { rest, negative, foreign: word && !names.includes(word[0].toUpperCase()) ? word[0] : undefined };
    }
  }
}

/** A numeral as a decimal times ten to the power of `scale`. */
function readNumeral(text: string, locale: NumberLocale, scale: number, wholeDigits: number): bigint | DecimalProblem {
  const numeral = text.replace(SPACES, ' ');
  if (!/\d/.test(numeral) || !/^[\d., ]+$/.test(numeral)) return 'notANumber';
  const found = NUMERALS[locale].exec(numeral);
  if (!found) return NUMERALS[OTHER[locale]].test(numeral) ? 'ambiguous' : 'misgrouped';
  const whole = (found[1] ?? '').replace(/\D/g, '').replace(/^0+/, '');
  const decimals = found[3] ?? '';
  if (decimals.length > scale) return 'tooManyDecimals';
  return whole.length > wholeDigits ? 'tooLarge' : BigInt(whole + decimals.padEnd(scale, '0'));
}

/** What can stand beside an amount of a currency: its code and its symbols, in capitals. */
function namesOf(currency: string): string[] {
  const symbols = (['pt-BR', 'en-US'] as const).flatMap((locale) =>
    (['symbol', 'narrowSymbol'] as const).map((currencyDisplay) =>
      new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay })
        .formatToParts(0)
        .find(({ type }) => type === 'currency')!
        .value.toUpperCase(),
    ),
  );
  return [...new Set([currency, ...symbols])];
}

const known = new Map<string, string[]>();

/**
 * An amount that somebody typed, pasted or imported, in minor units; or why it is none. Read are `1.234,56`, `1234,5`, `,50`,
 * thousands by spaces, a minus or parentheses, the currency's code or symbol on either side. Nothing is guessed: `1.234` is
 * 1234,00 in pt-BR, and marks that stand otherwise than this notation has them are refused, more decimals than the currency
 * has as well, be they zeros.
 * @throws RangeError for what is no currency
 */
export function readAmount(text: string, locale: NumberLocale, currency: string): bigint | AmountProblem {
  const digits = minorDigits(currency);
  if (!known.has(currency)) known.set(currency, namesOf(currency));
  const { rest, negative, foreign } = unwrapped(text, known.get(currency)!);
  if (foreign && (/\p{Sc}/u.test(foreign) || isCurrency(foreign.toUpperCase()))) return 'otherCurrency';
  if (text.trim() === '') return 'empty';
  const minor = readNumeral(rest, locale, digits, 16);
  if (typeof minor !== 'bigint') return minor;
  if (!isKeepable(minor)) return 'tooLarge';
  return negative ? -minor : minor;
}

/** A quantity that somebody typed, scaled (`QUANTITY_DECIMALS`), more than zero; or why it is none. Read as `readAmount` does. */
export function readQuantity(text: string, locale: NumberLocale): bigint | QuantityProblem {
  const quantity = readDecimal(text, locale, QUANTITY_DECIMALS, []);
  return typeof quantity === 'bigint' && quantity <= 0n ? 'notPositive' : quantity;
}

/** A percentage from 0 to 100 that somebody typed, scaled (`PERCENT_DECIMALS`), with or without `%`; or why it is none. */
export function readPercent(text: string, locale: NumberLocale): bigint | PercentProblem {
  const percent = readDecimal(text, locale, PERCENT_DECIMALS, ['%']);
  return typeof percent === 'bigint' && (percent < 0n || percent > HUNDRED_PERCENT) ? 'notAPercentage' : percent;
}

function readDecimal(text: string, locale: NumberLocale, scale: number, names: string[]): bigint | DecimalProblem {
  if (text.trim() === '') return 'empty';
  const { rest, negative } = unwrapped(text, names);
  const value = readNumeral(rest, locale, scale, WHOLE_DIGITS);
  return typeof value === 'bigint' && negative ? -value : value;
}
