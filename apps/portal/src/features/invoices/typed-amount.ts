import { readAmount } from '@balcao/money';
import { currentLocale, translate } from '@balcao/ui';

/** What is wrong with an amount that may be left out. */
export function amountProblem(currency: string) {
  return (text: string): string | undefined => {
    if (text.trim() === '') return undefined;
    const amount = readAmount(text, currentLocale(), currency);
    if (typeof amount === 'string') return translate('invoices.amountWrong');
    return amount > 0n ? undefined : translate('invoices.amountNothing');
  };
}

/** An amount that `amountProblem` has nothing to say of, in minor units; null where nothing was written. */
export const amountOf = (text: string, currency: string): number | null =>
  text.trim() === '' ? null : Number(readAmount(text, currentLocale(), currency));
