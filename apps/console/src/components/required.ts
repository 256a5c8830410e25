import { looksLikeEmail, translate } from '@balcao/ui';

/** What is wrong with a text that must not be empty. */
export const missingText = (value: string): string | undefined =>
  value.trim() === '' ? translate('app.fields.missing') : undefined;

/** What is wrong with an address, in words. */
export function emailProblem(email: string, { optional = false } = {}): string | undefined {
  if (email.trim() === '') return optional ? undefined : translate('app.fields.emailMissing');
  return looksLikeEmail(email) ? undefined : translate('app.fields.emailInvalid');
}

/** Keeps only the fields that something is wrong with. */
export function problems<Field extends string>(
  found: Partial<Record<Field, string | undefined>>,
): Partial<Record<Field, string>> {
  return Object.fromEntries(Object.entries(found).filter(([, text]) => text)) as Partial<Record<Field, string>>;
}

/** A text as the API stores it: nothing where nothing was typed. */
export const orNull = (value: string): string | null => value.trim() || null;
