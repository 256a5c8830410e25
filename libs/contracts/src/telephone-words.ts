import { inEveryLocale, type EveryLocale } from './every-locale.js';
import type { Locale } from './locales.js';

/** What is said of a wrong telephone, by the API and by forms; apart from the other rules, which pages do not load. */
export const WRONG_TELEPHONE: EveryLocale = [
  'Confira o telefone: escreva o DDD e o número, como em (19) 3555-0142; de outro país, comece com +.',
  'Check the phone: area code and number, as in (19) 3555-0142; from another country, begin with +.',
];

export const wrongTelephone = (locale: Locale): string => inEveryLocale(WRONG_TELEPHONE)[locale];
