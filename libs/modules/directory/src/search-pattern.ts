import { emailPart } from '@balcao/contracts';

/** A LIKE pattern that finds `text` anywhere, accents and case apart; its wildcards are taken literally. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

/** The same for e-mail addresses, which are stored in one form. */
export const emailContaining = (text: string): string => containing(emailPart(text));
