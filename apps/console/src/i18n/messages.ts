import type { MessageLoader } from '@balcao/ui';

/** Texts that any page may need, signed in or not. */
export const appMessages: MessageLoader = (locale) =>
  locale === 'pt-BR' ? import('./pt-BR.json') : import('./en-US.json');
