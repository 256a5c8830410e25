import { emailAddress, isVisibleText } from '@balcao/contracts';
import { useFormat } from '../format/format.js';
import { translate } from '../i18n/i18n.js';

/** Passwords have at least this many characters. */
const PASSWORD_MIN = 8;
/** bcrypt reads no more than this many bytes; longer ones are refused, never cut. */
const PASSWORD_MAX_BYTES = 72;

/** What is wrong with the text of a field that must have something to see. */
export const missingText = (value: string, label: string): string | undefined =>
  isVisibleText(value) ? undefined : translate('ui.fields.missing', { label });

/** What is wrong with an address; only a mail that arrives proves one. A `loginName` may be a user name too. */
export function emailProblem(email: string, { optional = false, loginName = false } = {}): string | undefined {
  if (email.trim() === '') return optional ? undefined : translate('ui.fields.emailMissing');
  if (loginName || emailAddress(email)) return undefined;
  const local = email.trim().split('@')[0]!;
  const foreign = /[\s,;:<>()[\]"]/.test(email.trim()) ? 'emailForeign' : 'emailInvalid';
  return translate(`ui.fields.${/[^\0-\x7f]/.test(local) ? 'emailAccents' : foreign}`);
}

/** What is wrong with an address that is whole and stands at none of the domains that are allowed. */
export function foreignDomain(email: string, domains: readonly string[]): string | undefined {
  const [, domain] = emailAddress(email.trim())?.split('@') ?? [];
  if (!domain || domains.length === 0 || domains.includes(domain)) return undefined;
  return translate('ui.invitation.domain', { domains: useFormat().value.list(domains) });
}

/** What is wrong with a new password. The API looks at common passwords too. */
export function newPasswordProblem(password: string): string | undefined {
  if (password === '') return translate('ui.fields.passwordMissing');
  if ([...password].length < PASSWORD_MIN) return translate('ui.fields.passwordShort');
  if (new TextEncoder().encode(password).length > PASSWORD_MAX_BYTES) return translate('ui.fields.passwordLong');
  return undefined;
}

/** Keeps only the fields that something is wrong with. */
export function problems<Field extends string>(
  found: Partial<Record<Field, string | undefined>>,
): Partial<Record<Field, string>> {
  return Object.fromEntries(Object.entries(found).filter(([, text]) => text)) as Partial<Record<Field, string>>;
}

/** A text as the API stores it: nothing where nothing was typed. */
export const orNull = (value: string): string | null => value.trim() || null;
