import { emailDomain } from '@balcao/contracts';
import { parseColor } from '@balcao/theming';
import { translate } from '@balcao/ui';

/** What is wrong with a colour as it was typed. */
export function colourProblem(text: string, { optional }: { optional: boolean }): string | undefined {
  if (optional && text.trim() === '') return undefined;
  return parseColor(text) ? undefined : translate('portal.fields.colourInvalid');
}

/** What is wrong with a number that has limits. */
export function numberProblem(text: string, min: number, max: number): string | undefined {
  const value = Number(text);
  const fits = text.trim() !== '' && Number.isInteger(value) && value >= min && value <= max;
  return fits ? undefined : translate('portal.fields.numberInvalid', { min, max });
}

/** Domains as they were typed, one a line. */
export const domainsOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\s,;]+/)
      .filter(Boolean)
      .map((domain) => domain.replace(/^@/, ''))
      .map((domain) => emailDomain(domain) ?? domain),
  ),
];

/** Which of the domains cannot be one. */
export function domainProblem(text: string): string | undefined {
  const wrong = domainsOf(text).find((domain) => !emailDomain(domain));
  return wrong && translate('portal.fields.domainInvalid', { domain: wrong });
}
