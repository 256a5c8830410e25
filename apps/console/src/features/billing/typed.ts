import {
  addDays,
  isDay,
  isKeepableDay,
  readAmount,
  readPercent,
  type AmountProblem,
  type PercentProblem,
} from '@balcao/money';
import { currentLocale, translate } from '@balcao/ui';

/** Why something that was typed is no amount, no quantity, no percentage, in plain words. */
export type TypedProblem =
  | AmountProblem
  | PercentProblem
  | 'notPositive'
  | 'exceedsPrice'
  | 'missing'
  | 'dateMissing'
  | 'datePast'
  | 'dateToCome'
  | 'backwards';

export const problemText = (problem: TypedProblem): string => translate(`billing.problems.${problem}`);

/** What is wrong with an amount of more than nothing, and of no more than `most` where there is one. */
export function amountProblem(currency: string, most?: { amount: bigint; text: () => string }) {
  return (text: string): string | undefined => {
    const amount = readAmount(text, currentLocale(), currency);
    if (typeof amount === 'string') return problemText(amount);
    if (amount <= 0n) return problemText('notPositive');
    return most && amount > most.amount ? most.text() : undefined;
  };
}

/** An amount that `amountProblem` has nothing to say of, in minor units. */
export const amountOf = (text: string, currency: string): number => Number(readAmount(text, currentLocale(), currency));

/** What is wrong with a percentage that must be there. */
export function percentProblem(text: string): string | undefined {
  const percent = readPercent(text, currentLocale());
  return typeof percent === 'string' ? problemText(percent) : undefined;
}

/** What is wrong with a day that must be there. */
export const dayProblem = (text: string): string | undefined => (isDay(text) ? undefined : problemText('dateMissing'));

/** People name the last day of a period, the API the one behind it. */
export const lastDayOf = (endsOn: string | null): string => (endsOn ? addDays(endsOn, -1) : '');
export const behind = (lastDay: string): string | null => (isKeepableDay(lastDay) ? addDays(lastDay, 1) : null);
