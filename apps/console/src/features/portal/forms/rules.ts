import {
  composed,
  emailDomain,
  isCleanLine,
  isCleanText,
  isLinkAddress,
  isOneLine,
  isVisibleText,
  textLength,
} from '@balcao/contracts';
import { parseColor } from '@balcao/theming';
import { emailProblem, telephoneProblem, translate } from '@balcao/ui';

/** What the API says of a setting: its kind, and its bounds. */
export interface SettingField {
  format:
    | 'switch'
    | 'integer'
    | 'text'
    | 'texts'
    | 'email'
    | 'telephone'
    | 'webAddress'
    | 'domains'
    | 'locale'
    | 'locales'
    | 'picture'
    | 'theme';
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  maxItems?: number;
}

/** From this length on a text may have several lines. */
export const LONGEST_LINE = 320;

/** What is wrong with a setting as it was typed: the API's own rules, before anything is sent. */
export function settingProblem(field: SettingField, typed: string | boolean): string | undefined {
  if (typeof typed === 'boolean') return undefined;
  switch (field.format) {
    case 'integer':
      return numberProblem(typed, field.minimum!, field.maximum!);
    case 'domains':
      return domainProblem(typed, field.maxItems);
    case 'email':
      return emailProblem(typed, { optional: true });
    case 'telephone':
      return telephoneProblem(typed);
    case 'webAddress':
      return typed.trim() === '' || isLinkAddress(typed.trim()) ? undefined : translate('portal.fields.linkInvalid');
    case 'text':
    case 'texts':
      return textProblem(typed, field.maxLength!);
    // What is chosen, not typed.
    default:
      return undefined;
  }
}

/** What is wrong with a text that may be left out. */
function textProblem(typed: string, max: number): string | undefined {
  const text = composed(typed.trim());
  if (text === '') return undefined;
  if (textLength(text) > max) return translate('portal.fields.textLong', { max });
  const clean = max <= LONGEST_LINE ? isCleanLine(text) && isOneLine(text) : isCleanText(text);
  return clean && isVisibleText(text) ? undefined : translate('portal.fields.textUnclean');
}

/** What is wrong with a colour as it was typed. */
export function colourProblem(text: string, { optional }: { optional: boolean }): string | undefined {
  if (optional && text.trim() === '') return undefined;
  return parseColor(text) ? undefined : translate('portal.fields.colourInvalid');
}

/** What is wrong with a number that has limits. */
function numberProblem(text: string, min: number, max: number): string | undefined {
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

/** Which of the domains cannot be one, or that they are too many. */
function domainProblem(text: string, max = Infinity): string | undefined {
  const domains = domainsOf(text);
  const wrong = domains.find((domain) => !emailDomain(domain));
  if (wrong) return translate('portal.fields.domainInvalid', { domain: wrong });
  return domains.length > max ? translate('portal.fields.tooMany', { max }) : undefined;
}
