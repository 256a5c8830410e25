/** Mail services whose names are often mistyped in Brazil; what looks like one of them, and is none, is asked about. */
const SERVICES = [
  ...['gmail.com', 'hotmail.com', 'outlook.com', 'yahoo.com', 'yahoo.com.br', 'icloud.com', 'live.com'],
  ...['uol.com.br', 'bol.com.br', 'terra.com.br', 'ig.com.br', 'globo.com'],
];
/** Names that are somebody's own, however near they are to another. */
const GENUINE = new Set([
  ...SERVICES,
  'hotmail.com.br',
  'outlook.com.br',
  'gmx.com',
  'mail.com',
  'ymail.com',
  'email.com',
]);
/** Shorter names have too many neighbours that are right. */
const SHORTEST = 8;

/** The address that was probably meant, where its service is mistyped by one sign, or two that are swapped; otherwise undefined. */
export function meantAddress(text: string): string | undefined {
  const [, local, typed] = /^([^\s@]+)@([^\s@]+)$/.exec(text.trim()) ?? [];
  const domain = typed?.toLowerCase();
  if (!domain || GENUINE.has(domain) || domain.length < SHORTEST) return undefined;
  const meant = SERVICES.find((service) => isSlip(domain, service));
  return meant && `${local}@${meant}`;
}

/** Whether one is the other but for one sign that is missing, added, another, or swapped with the next. */
function isSlip(typed: string, meant: string): boolean {
  const [short, long] = typed.length < meant.length ? [typed, meant] : [meant, typed];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  const rest = (text: string, from: number) => text.slice(from);
  if (short.length < long.length) return rest(short, at) === rest(long, at + 1);
  const swapped = short[at] === long[at + 1] && short[at + 1] === long[at];
  return rest(short, at + 1) === rest(long, at + 1) || (swapped && rest(short, at + 2) === rest(long, at + 2));
}
