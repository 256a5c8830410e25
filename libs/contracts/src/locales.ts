/** The languages that every text of the product exists in; the first is the default. */
export const LOCALES = ['pt-BR', 'en-US'] as const;
export type Locale = (typeof LOCALES)[number];
export const DEFAULT_LOCALE: Locale = 'pt-BR';

export function isLocale(value: unknown): value is Locale {
  return LOCALES.includes(value as Locale);
}

/** Chooses the locale for an `Accept-Language` header: the one that it asks for, else `fallback`. */
export const matchLocale = (
  acceptLanguage: string | undefined,
  fallback: Locale = DEFAULT_LOCALE,
  offered: readonly Locale[] = LOCALES,
): Locale => askedLocale(acceptLanguage, offered) ?? fallback;

/**
 * What an `Accept-Language` header (RFC 9110 §12.5.4) asks for: the best-weighted range whose primary language is
 * `offered`. At most 20 ranges are looked at.
 */
export function askedLocale(acceptLanguage: string | undefined, offered: readonly Locale[]): Locale | undefined {
  if (!acceptLanguage) return undefined;
  let best: { locale: Locale; weight: number } | undefined;
  for (const range of acceptLanguage.split(',', 20)) {
    const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
    const quality = parameters.map((parameter) => /^\s*q=([\d.]{1,5})$/.exec(parameter)?.[1]).find(Boolean);
    const weight = quality === undefined ? 1 : Number(quality);
    const locale = offered.find((candidate) => candidate.slice(0, 2) === tag.slice(0, 2));
    if (locale && weight > 0 && weight > (best?.weight ?? 0)) best = { locale, weight };
  }
  return best?.locale;
}
