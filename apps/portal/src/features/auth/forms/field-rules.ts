import { looksLikeEmail, passwordProblem, translate } from '@balcao/ui';

/** What is wrong with an address, in words. */
export function emailError(email: string): string | undefined {
  if (email.trim() === '') return translate('auth.fields.emailMissing');
  return looksLikeEmail(email) ? undefined : translate('auth.fields.emailInvalid');
}

/** What is wrong with a new password, in words. */
export function newPasswordError(password: string): string | undefined {
  if (password === '') return translate('auth.fields.passwordMissing');
  const problem = passwordProblem(password);
  return problem && translate(`auth.fields.password_${problem}`);
}

/** Keeps only the fields that something is wrong with. */
export function problems<Field extends string>(
  found: Record<Field, string | undefined>,
): Partial<Record<Field, string>> {
  return Object.fromEntries(Object.entries(found).filter(([, text]) => text)) as Partial<Record<Field, string>>;
}
