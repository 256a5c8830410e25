import type { Locale } from '@balcao/contracts';
import { addDays, type Day, type Period } from '@balcao/money';
import type { CycleUnit } from './plan.js';

const TEXTS = {
  'pt-BR': {
    days: (name: string, left: number, whole: number) => `${name}, ${left} de ${whole} dias`,
    setup: (name: string) => `${name}, adesão`,
    usage: (name: string) => `${name}, consumo`,
    included: (amount: string, unit: string) => `${amount} ${unit} incluídos`,
    unused: (name: string, amount: string) => `Menos ${name}, não usado: ${amount}`,
    period: (from: string, to: string) => `${from} a ${to}`,
    cycle: (unit: CycleUnit, every: number) =>
      every === 1
        ? { month: 'mensal', year: 'anual' }[unit]
        : `a cada ${every} ${{ month: 'meses', year: 'anos' }[unit]}`,
    change: 'mudança de plano',
    lastUsage: 'último consumo',
    changeCredit: 'Mudança de plano: dias que não serão usados',
    pauseCredit: 'Pausa: dias que não serão usados',
    endCredit: 'Cancelamento: dias que não serão usados',
    dropped: 'Mudança de plano desfeita antes de paga',
  },
  'en-US': {
    days: (name: string, left: number, whole: number) => `${name}, ${left} of ${whole} days`,
    setup: (name: string) => `${name}, set-up`,
    usage: (name: string) => `${name}, usage`,
    included: (amount: string, unit: string) => `${amount} ${unit} included`,
    unused: (name: string, amount: string) => `Less ${name}, not used: ${amount}`,
    period: (from: string, to: string) => `${from} to ${to}`,
    cycle: (unit: CycleUnit, every: number) =>
      every === 1 ? { month: 'monthly', year: 'yearly' }[unit] : `every ${every} ${unit}s`,
    change: 'change of plan',
    lastUsage: 'last usage',
    changeCredit: 'Change of plan: days that will not be used',
    pauseCredit: 'Pause: days that will not be used',
    endCredit: 'Cancellation: days that will not be used',
    dropped: 'Change of plan undone before it was paid',
  },
};

export type SubscriptionWords = (typeof TEXTS)['pt-BR'];

/** What invoices of subscriptions say, in the organization's language. */
export const wordsOf = (locale: Locale): SubscriptionWords => TEXTS[locale];

const dayIn = (day: Day, locale: Locale): string =>
  locale === 'pt-BR' ? `${day.slice(8)}/${day.slice(5, 7)}/${day.slice(0, 4)}` : day;

/** A stretch of days as people say it: with its last day. */
export const periodIn = ({ startsOn, endsOn }: Period, locale: Locale): string =>
  wordsOf(locale).period(dayIn(startsOn, locale), dayIn(addDays(endsOn, -1), locale));
