import {
  formatMoney,
  parseDecimal,
  PERCENT_DECIMALS,
  QUANTITY_DECIMALS,
  writeAmount,
  writePercent,
  writeQuantity,
} from '@balcao/money';
import { computed, type ComputedRef } from 'vue';
import { currentLocale } from '../i18n/i18n.js';

/** Money as the API says it: minor units, and the code of its currency (ISO 4217). */
export interface Money {
  amount: number;
  currency: string;
}

export interface Figures {
  /** R$ 1.234,56 */
  money(money: Money): string;
  /** 1.234,56, where a column or the line says the currency. */
  amount(money: Money): string;
  /** + R$ 1.234,56 · − R$ 1.234,56: of money that comes in or goes out. */
  signed(money: Money): string;
  /** + 1.234,56 · − 1.234,56, where a column or the line says the currency; nothing has no sign. */
  signedAmount(money: Money): string;
  /** 1,5 of `1.500000`. */
  quantity(decimal: string): string;
  /** 2,5% of `2.5000`. */
  percent(decimal: string): string;
  /** 212 kB, 1,5 MB: the size of a file. */
  bytes(count: number): string;
}

/** Money, quantities and percentages in the reader's language; follows it when it changes. */
export function useFigures(): ComputedRef<Figures> {
  return figures;
}

const figures = computed((): Figures => {
  const locale = currentLocale();
  const written = ({ amount, currency }: Money) => writeAmount(BigInt(amount), currency, locale);
  // A true minus, with spaces that no line breaks at.
  const sign = (amount: number) => `${amount < 0 ? '−' : '+'}\u00a0`;
  const money = ({ amount, currency }: Money) => formatMoney({ amount: BigInt(amount), currency }, locale);
  return {
    money,
    amount: written,
    signed: ({ amount, currency }) => `${sign(amount)}${money({ amount: Math.abs(amount), currency })}`,
    signedAmount: ({ amount, currency }) =>
      `${amount === 0 ? '' : sign(amount)}${written({ amount: Math.abs(amount), currency })}`,
    quantity: (decimal) => writeQuantity(parseDecimal(decimal, QUANTITY_DECIMALS)!, locale),
    bytes: (count) => {
      const [unit, size] = count < 1_000_000 ? (['kilobyte', 1_000] as const) : (['megabyte', 1_000_000] as const);
      const format = new Intl.NumberFormat(locale, {
        style: 'unit',
        unit,
        maximumFractionDigits: size > 1_000 ? 1 : 0,
      });
      return format.format(Math.max(count / size, 1));
    },
    percent: (decimal) => `${writePercent(parseDecimal(decimal, PERCENT_DECIMALS)!, locale)}%`,
  };
});
