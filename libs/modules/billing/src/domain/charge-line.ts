import type { Locale } from '@balcao/contracts';
import { formatDay } from '../documents/formats.js';
import type { CarriedCharge } from '../persistence/late-charges.js';

const WORDS = {
  'pt-BR': {
    line: (number: string) => `Multa e juros por atraso da fatura ${number}`,
    detail: (due: string, paid: string) => `Vencia em ${due} e foi paga em ${paid}`,
  },
  'en-US': {
    line: (number: string) => `Late charges of invoice ${number}`,
    detail: (due: string, paid: string) => `It was due on ${due} and paid on ${paid}`,
  },
} satisfies Record<Locale, object>;

/** How an invoice says what the lateness of an earlier one has cost. */
export function chargeLine(
  { number, dueOn, paidOn, amount }: CarriedCharge,
  locale: Locale,
): { description: string; detail: string; amount: bigint } {
  const { line, detail } = WORDS[locale];
  return {
    description: line(number),
    detail: detail(formatDay(dueOn, locale), formatDay(paidOn, locale)),
    amount,
  };
}
