/**
 * Where companies here have their domains, and how a record is written there: with the whole name, or without the registered
 * domain, which the provider adds; and whether texts stand in quotes.
 */
export const PROVIDERS = {
  registrobr: { name: 'Registro.br', whole: false, quotes: false },
  cloudflare: { name: 'Cloudflare', whole: false, quotes: false },
  godaddy: { name: 'GoDaddy', whole: false, quotes: false },
  hostinger: { name: 'Hostinger', whole: false, quotes: false },
  locaweb: { name: 'Locaweb', whole: false, quotes: false },
  route53: { name: 'AWS Route 53', whole: false, quotes: true },
  cpanel: { name: 'cPanel', whole: true, quotes: false },
} as const;
export type Provider = keyof typeof PROVIDERS | 'other';

interface Written {
  type: string;
  name: string;
  relativeName: string;
  value: string;
}

/** A record as somebody types it at a provider. */
export function asTyped({ type, name, relativeName, value }: Written, provider: Provider) {
  const { whole, quotes } = provider === 'other' ? { whole: false, quotes: false } : PROVIDERS[provider];
  return { name: whole ? name : relativeName, value: quotes && type === 'TXT' ? `"${value}"` : value };
}

/**
 * The domain of a page's address that somebody pastes, in the letters that they see; whatever else is wrong is for the API to
 * say, as is an address with a port or a person before its domain.
 */
export function domainOf(typed: string): string {
  const text = typed.trim();
  const host = /^https?:\/\/([^\s/?#@:]+)(?:[/?#]|$)/i.exec(text)?.[1]?.toLowerCase();
  return host ?? text.replace(/\/$/, '');
}
