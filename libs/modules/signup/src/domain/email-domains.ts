import mailchecker from 'mailchecker';
import { isPersonalDomain } from '@balcao/module-directory';

/** Why an address is no company's, where that is so. */
export function emailProblem(
  email: string,
  { refusesPersonalEmail, refusesDisposableEmail }: { refusesPersonalEmail: boolean; refusesDisposableEmail: boolean },
): 'personal' | 'disposable' | undefined {
  const domain = email.slice(email.lastIndexOf('@') + 1);
  if (refusesDisposableEmail && endings(domain).some((each) => mailchecker.blacklist().has(each))) return 'disposable';
  return refusesPersonalEmail && isPersonalDomain(domain) ? 'personal' : undefined;
}

/** A domain and those above it: whoever sells `throwaway.example` has all names below it. */
const endings = (domain: string) => {
  const labels = domain.split('.');
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'));
};
