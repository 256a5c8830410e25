import type { Locale } from '@balcao/contracts';

const WORDS: Record<Locale, { one: (number: string) => string; several: (count: number, first: string) => string }> = {
  'pt-BR': {
    one: (number) => `Fatura ${number}`,
    several: (count, first) => `${count} faturas, a primeira ${first}`,
  },
  'en-US': {
    one: (number) => `Invoice ${number}`,
    several: (count, first) => `${count} invoices, the first ${first}`,
  },
};

const LONGEST = 140;

/** What the payer reads in their bank: whom they pay, and for what. */
export function describePayment(
  { organizationName, locale }: { organizationName: string; locale: Locale },
  invoices: readonly { number: string }[],
): string {
  const { one, several } = WORDS[locale];
  const first = invoices[0]!.number;
  const what = invoices.length === 1 ? one(first) : several(invoices.length, first);
  const rest = LONGEST - what.length - 3;
  const name = [...organizationName].slice(0, rest).join('').trim();
  return `${what} · ${name}`;
}
