import {
  composed,
  emailDomain,
  holdsAddress,
  isCleanLine,
  isCleanText,
  isLinkAddress,
  isOneLine,
  isVisibleText,
  textLength,
} from '@balcao/contracts';
import { parseColor } from '@balcao/theming';
import { emailProblem, telephoneProblem, translate } from '@balcao/ui';

/** Kinds of settings; what is asked of each stands here and in `SectionField`. */
export type SettingKind =
  | 'switch'
  | 'integer'
  | 'text'
  | 'companyName'
  | 'texts'
  | 'email'
  | 'telephone'
  | 'webAddress'
  | 'domains'
  | 'locale'
  | 'locales'
  | 'picture'
  | 'theme';

/** What the API says of a setting: its kind, and its bounds. */
export interface SettingField {
  format: SettingKind;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  maxItems?: number;
}

/** From this length on a text may have several lines. */
export const LONGEST_LINE = 320;

/** Names that mails bear lead nowhere by themselves. */
export const companyNameProblem = (typed: string): string | undefined =>
  holdsAddress(typed) ? translate('portal.fields.nameInvalid') : undefined;

/** What is chosen, not typed. */
const nothing = () => undefined;
const RULES: Record<SettingKind, (typed: string, field: SettingField) => string | undefined> = {
  switch: nothing,
  integer: (typed, { minimum, maximum }) => numberProblem(typed, minimum!, maximum!),
  text: (typed, { maxLength }) => textProblem(typed, maxLength!),
  companyName: (typed, { maxLength }) => textProblem(typed, maxLength!) ?? companyNameProblem(typed),
  texts: (typed, { maxLength }) => textProblem(typed, maxLength!),
  email: (typed) => emailProblem(typed, { optional: true }),
  telephone: (typed) => telephoneProblem(typed),
  webAddress: (typed) => linkProblem(typed.trim()),
  domains: (typed, { maxItems }) => domainProblem(typed, maxItems),
  locale: nothing,
  locales: nothing,
  picture: nothing,
  theme: nothing,
};

/** What is wrong with a setting as it was typed: the API's own rules, before anything is sent. */
export const settingProblem = (field: SettingField, typed: string | boolean): string | undefined =>
  typeof typed === 'boolean' ? undefined : RULES[field.format](typed, field);

/** What is wrong with a text that may be left out. */
function textProblem(typed: string, max: number): string | undefined {
  const text = composed(typed.trim());
  if (text === '') return undefined;
  if (textLength(text) > max) return translate('portal.fields.textLong', { max });
  const clean = max <= LONGEST_LINE ? isCleanLine(text) && isOneLine(text) : isCleanText(text);
  return clean && isVisibleText(text) ? undefined : translate('portal.fields.textUnclean');
}

/** What is wrong with the address of a page that customers are led to. */
function linkProblem(text: string): string | undefined {
  if (text === '' || isLinkAddress(text)) return undefined;
  return translate(/^http:/i.test(text) ? 'portal.fields.linkInsecure' : 'portal.fields.linkInvalid');
}

/** What is wrong with a colour as it was typed; none is chosen where nothing is. */
export function colourProblem(text: string): string | undefined {
  return text.trim() === '' || parseColor(text) ? undefined : translate('portal.fields.colourInvalid');
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
