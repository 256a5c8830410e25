import { formatMoney } from '@balcao/money';
import { computed, type ComputedRef } from 'vue';
import { currentLocale } from '../i18n/i18n.js';

/** R$ 1.234,56 of an amount as the API says it: in minor units of its currency. */
export type MoneyFormatter = (money: { amount: number | bigint; currency: string }) => string;

/** Amounts in the reader's language; follows it when it changes. */
export function useMoney(): ComputedRef<MoneyFormatter> {
  return formatter;
}

const formatter = computed<MoneyFormatter>(() => {
  const locale = currentLocale();
  return ({ amount, currency }) => formatMoney({ amount: BigInt(amount), currency }, locale);
});
