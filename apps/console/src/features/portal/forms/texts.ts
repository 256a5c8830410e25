import { LOCALES, type Locale, type Localized } from '@balcao/contracts';
import type { PortalBranding } from '../../../data/types.js';

/** What a portal says of itself in each of its languages, and how long that may be. */
export const TEXTS = { welcomeMessage: 500, supportHours: 100, footerText: 500 } as const;
export type TextName = keyof typeof TEXTS;
const NAMES = Object.keys(TEXTS) as TextName[];

/** The name of a text's field, for example `footerText-pt-BR`. */
export type TextField = `${TextName}-${Locale}`;
export const textField = (name: TextName, locale: Locale): TextField => `${name}-${locale}`;

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
