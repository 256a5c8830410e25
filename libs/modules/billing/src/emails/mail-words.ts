import type { Locale } from '@balcao/contracts';
import { daysBetween, formatMoney, type Day } from '@balcao/money';
import { printedCheckCode } from '../domain/check-code.js';
import type { DepositMethod } from '../persistence/billing.entities.js';

const DAY_FORMATS: Record<Locale, Intl.DateTimeFormat> = {
  'pt-BR': new Intl.DateTimeFormat('pt-BR', { timeZone: 'UTC', dateStyle: 'full' }),
  'en-US': new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', dateStyle: 'full' }),
};
const SHORT_FORMATS: Record<Locale, Intl.DateTimeFormat> = {
  'pt-BR': new Intl.DateTimeFormat('pt-BR', { timeZone: 'UTC', dateStyle: 'short' }),
  // Numbers alone are read in two ways by who reads English in Brazil.
  'en-US': new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', dateStyle: 'medium' }),
};
const ROUND_THE_DAY: Record<Locale, Record<number, string>> = {
  'pt-BR': { 0: 'hoje', 1: 'amanhã' },
  'en-US': { 0: 'today', 1: 'tomorrow' },
};
const METHODS: Record<Locale, Record<DepositMethod, string>> = {
  'pt-BR': {
    transfer: 'transferência',
    pix: 'PIX',
    boleto: 'boleto',
    card: 'cartão',
    cash: 'dinheiro',
    check: 'cheque',
    other: 'outra forma',
  },
  'en-US': {
    transfer: 'transfer',
    pix: 'PIX',
    boleto: 'boleto',
    card: 'card',
    cash: 'cash',
    check: 'check',
    other: 'other',
  },
};

const at = (day: Day) => new Date(`${day}T00:00:00Z`);

/** A day with its weekday: `quinta-feira, 10 de dezembro de 2026`. */
export const fullDay = (day: Day, locale: Locale): string => DAY_FORMATS[locale].format(at(day));

/** A day as it stands in a subject: `10/12/2026`. */
export const shortDay = (day: Day, locale: Locale): string => SHORT_FORMATS[locale].format(at(day));

/** The same, or today and tomorrow by these words. */
export const nearDay = (day: Day, today: Day, locale: Locale): string =>
  ROUND_THE_DAY[locale][daysBetween(today, day)] ?? shortDay(day, locale);

/** An amount of minor units with its currency. */
export const amountOf =
  (currency: string, locale: Locale) =>
  (amount: bigint): string =>
    formatMoney({ amount, currency }, locale);

/** A percentage as machines write it, as people do: `2,5%`. */
export const percentOf = (percent: string, locale: Locale): string =>
  `${new Intl.NumberFormat(locale, { maximumFractionDigits: 4 }).format(percent as Intl.StringNumericLiteral)}%`;

export const methodOf = (method: DepositMethod, locale: Locale): string => METHODS[locale][method];

/** Where anybody sees whether a bill is genuine, and by which code, as it is printed; of several each has its own. */
export function checkWords(checkUrl: string, checkCode: string | undefined, locale: Locale): string {
  if (locale === 'pt-BR')
    return checkCode
      ? `Para conferir se esta cobrança é mesmo nossa, abra ${checkUrl} e digite o código ${printedCheckCode(checkCode)}.`
      : `Para conferir se uma cobrança é mesmo nossa, abra ${checkUrl} e digite o código de conferência que está nela.`;
  return checkCode
    ? `To see whether this bill is really ours, open ${checkUrl} and type the code ${printedCheckCode(checkCode)}.`
    : `To see whether a bill is really ours, open ${checkUrl} and type the check code that stands on it.`;
}

/** The address of a payment link's page, which then speaks the language of its mail; any other page has its reader's own. */
export const speaking = (url: string, locale: Locale): string =>
  url.includes('#token=') ? `${url}&locale=${locale}` : url;
