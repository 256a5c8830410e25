import mailchecker from 'mailchecker';

/** Mail services where anybody has an address, of those that are used in Brazil. */
const PERSONAL = new Set([
  ...['gmail.com', 'googlemail.com', 'hotmail.com', 'hotmail.com.br', 'outlook.com', 'outlook.com.br', 'live.com'],
  ...['msn.com', 'yahoo.com', 'yahoo.com.br', 'ymail.com', 'rocketmail.com', 'icloud.com', 'me.com', 'mac.com'],
  ...['uol.com.br', 'bol.com.br', 'terra.com.br', 'ig.com.br', 'globo.com', 'globomail.com', 'r7.com', 'oi.com.br'],
  ...['zipmail.com.br', 'pop.com.br', 'superig.com.br', 'ibest.com.br', 'proton.me', 'protonmail.com', 'pm.me'],
  ...['aol.com', 'gmx.com', 'gmx.net', 'mail.com', 'zoho.com', 'yandex.com', 'tutanota.com', 'fastmail.com'],
]);

/** Why an address is no company's, where that is so. */
export function emailProblem(
  email: string,
  { refusesPersonalEmail, refusesDisposableEmail }: { refusesPersonalEmail: boolean; refusesDisposableEmail: boolean },
): 'personal' | 'disposable' | undefined {
  const domain = email.slice(email.lastIndexOf('@') + 1);
  if (refusesDisposableEmail && endings(domain).some((each) => mailchecker.blacklist().has(each))) return 'disposable';
  return refusesPersonalEmail && PERSONAL.has(domain) ? 'personal' : undefined;
}

/** A domain and those above it: whoever sells `throwaway.example` has all names below it. */
const endings = (domain: string) => {
  const labels = domain.split('.');
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'));
};
