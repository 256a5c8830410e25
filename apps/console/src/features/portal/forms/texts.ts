import type { LocalizedText } from '@balcao/api-client';
import { LOCALES, type Locale, type Localized } from '@balcao/contracts';
import type { PortalBranding } from '../../../data/types.js';

/** The name of the field of a text in one language, for example `footerText-pt-BR`. */
export const textField = <Name extends string>(name: Name, locale: Locale) => `${name}-${locale}` as const;

/** What a portal says of itself in each of its languages. */
export type TextName = {
  [Name in keyof PortalBranding]: PortalBranding[Name] extends LocalizedText ? Name : never;
}[keyof PortalBranding];
const EACH: Record<TextName, true> = { welcomeMessage: true, supportHours: true, footerText: true };
const NAMES = Object.keys(EACH) as TextName[];
export type TextField = `${TextName}-${Locale}`;

export type TextValues = Record<TextField, string>;

export const textsOf = (branding: Pick<PortalBranding, TextName>): TextValues =>
  Object.fromEntries(
    NAMES.flatMap((name) => LOCALES.map((locale) => [textField(name, locale), branding[name][locale] ?? ''])),
  ) as TextValues;

/** One of the texts as it was typed; what is empty is none. */
export const typedText = (values: TextValues, name: TextName): Localized =>
  Object.fromEntries(LOCALES.map((locale) => [locale, values[textField(name, locale)].trim() || null]));

export const typedTexts = (values: TextValues) =>
  Object.fromEntries(NAMES.map((name) => [name, typedText(values, name)])) as Record<TextName, Localized>;
