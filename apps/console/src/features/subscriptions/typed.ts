import {
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
} from '@balcao/money';
import { currentLocale, translate, type Money } from '@balcao/ui';

/** What is wrong with an amount of at least so many minor units. */
export const amountProblem =
  (currency: string, least = 0n) =>
  (text: string): string | undefined => {
    const amount = readAmount(text, currentLocale(), currency);
    return typeof amount === 'string' || amount < least ? translate('subscriptions.problems.amount') : undefined;
  };

/** An amount that `amountProblem` has nothing to say of, in minor units. */
export const amountOf = (text: string, currency: string): number => Number(readAmount(text, currentLocale(), currency));
export const typedAmount = ({ amount, currency }: Money): string =>
  writeAmount(BigInt(amount), currency, currentLocale());

/** What is wrong with a quantity of more than nothing. */
export const quantityProblem = (text: string): string | undefined =>
  typeof readQuantity(text, currentLocale()) === 'string' ? translate('subscriptions.problems.quantity') : undefined;
export const quantityOf = (text: string): string => {
  const quantity = readQuantity(text, currentLocale());
  return typeof quantity === 'string' ? '0' : plainDecimal(quantity, QUANTITY_DECIMALS);
};
export const typedQuantity = (decimal: string): string =>
  writeQuantity(parseDecimal(decimal, QUANTITY_DECIMALS) ?? 0n, currentLocale());

/** What is wrong with a percentage that must be there. */
export const percentProblem = (text: string): string | undefined =>
  typeof readPercent(text, currentLocale()) === 'string' ? translate('subscriptions.problems.percent') : undefined;
export const percentOf = (text: string): string => {
  const percent = readPercent(text, currentLocale());
  return typeof percent === 'string' ? '0' : plainDecimal(percent, PERCENT_DECIMALS);
};
export const typedPercent = (decimal: string): string =>
  writePercent(parseDecimal(decimal, PERCENT_DECIMALS) ?? 0n, currentLocale());

/** What is wrong with a whole number between two others; nothing where none is written. */
export const wholeProblem =
  (from: number, to: number) =>
  (text: string): string | undefined =>
    text.trim() === '' || (/^\d+$/.test(text.trim()) && Number(text) >= from && Number(text) <= to)
      ? undefined
      : translate('subscriptions.problems.whole', { from, to });
