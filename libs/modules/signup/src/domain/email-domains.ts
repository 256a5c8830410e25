import mailchecker from 'mailchecker';
import { isPersonalDomain } from '@balcao/module-directory';
import type { TaxIdKind } from './signup.js';

/** Why an address is not taken, where that is so. A company writes from its own domain; a person has no other than a personal one. */
export function emailProblem(
  email: string,
  kind: TaxIdKind,
  { refusesPersonalEmail, refusesDisposableEmail }: { refusesPersonalEmail: boolean; refusesDisposableEmail: boolean },
): 'personal' | 'disposable' | undefined {
  const domain = email.slice(email.lastIndexOf('@') + 1);
  if (refusesDisposableEmail && endings(domain).some((each) => mailchecker.blacklist().has(each))) return 'disposable';
  return kind === 'cnpj' && refusesPersonalEmail && isPersonalDomain(domain) ? 'personal' : undefined;
}

/** A domain and those above it: whoever sells `throwaway.example` has all names below it. */
const endings = (domain: string) => {
  const labels = domain.split('.');
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'));
};
