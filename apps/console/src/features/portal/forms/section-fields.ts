import { SettingsSchema } from '@balcao/api-client';
import { LOCALES, type Locale } from '@balcao/contracts';
import { orNull, problems, type FormErrors } from '@balcao/ui';
import type { Portal } from '../../../data/types.js';
import { domainsOf, settingProblem, type SettingField } from './rules.js';
import { textField } from './texts.js';

/** The sections that modules declare. */
export type SettingsSection = keyof typeof SettingsSchema.properties;

/** The labels and helps of settings stand below their sections' names. */
const SECTIONS: {
  [Section in SettingsSection]: { properties: Record<keyof Portal['settings'][Section], SettingField> };
} = SettingsSchema.properties;

export const SETTINGS_SECTIONS = Object.keys(SECTIONS) as SettingsSection[];

/** Fields by their names; a text has one for each language. */
export type SectionValues = Record<string, string | boolean>;

export const fieldsOf = (section: SettingsSection): [name: string, field: SettingField][] =>
  Object.entries(SECTIONS[section].properties);

/** Bounds of one setting, for forms of their own. */
export const boundsOf = <Section extends SettingsSection>(section: Section, name: keyof Portal['settings'][Section]) =>
  SECTIONS[section].properties[name];

/** Stored values as a form holds them. */
export function sectionValues(section: SettingsSection, { settings }: Portal): SectionValues {
  const stored = settings[section] as unknown as Record<string, unknown>;
  return Object.fromEntries(fieldsOf(section).flatMap(([name, field]) => typedOf(name, field, stored[name])));
}

function typedOf(name: string, { format }: SettingField, value: unknown): [field: string, value: string | boolean][] {
  if (typeof value === 'boolean') return [[name, value]];
  if (format === 'texts') {
    const texts = value as Partial<Record<Locale, string | null>>;
    return LOCALES.map((locale) => [textField(name, locale), texts[locale] ?? '']);
  }
  if (Array.isArray(value)) return [[name, value.join('\n')]];
  return [[name, value === null || value === undefined ? '' : String(value as string | number)]];
}

export function sectionProblems(section: SettingsSection, values: SectionValues): FormErrors<SectionValues> {
  return problems(
    Object.fromEntries(
      fieldsOf(section).flatMap(([name, field]) =>
        namesOf(name, field).map((each) => [each, settingProblem(field, values[each]!)]),
      ),
    ),
  );
}

/** What was filled in, as the API takes it. */
export function sectionPatch(section: SettingsSection, values: SectionValues) {
  const taken = fieldsOf(section).map(([name, field]) => [name, takenOf(name, field, values)]);
  return { settings: { [section]: Object.fromEntries(taken) as object } };
}

function takenOf(name: string, { format }: SettingField, values: SectionValues): unknown {
  if (format === 'texts')
    return Object.fromEntries(LOCALES.map((locale) => [locale, orNull(values[textField(name, locale)] as string)]));
  const value = values[name]!;
  if (typeof value === 'boolean') return value;
  if (format === 'integer') return Number(value);
  return format === 'domains' ? domainsOf(value) : orNull(value);
}

/** The fields of a setting. */
const namesOf = (name: string, { format }: SettingField): string[] =>
  format === 'texts' ? LOCALES.map((locale) => textField(name, locale)) : [name];
