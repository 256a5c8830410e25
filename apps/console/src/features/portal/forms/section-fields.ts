import { SettingsSchema } from '@balcao/api-client';
import { problems, type FormErrors } from '@balcao/ui';
import type { Portal } from '../../../data/types.js';
import { domainProblem, domainsOf, numberProblem } from './rules.js';

/** What the API says of a setting: a switch, a whole number with its bounds, or a list of domains, typed one a line. */
export type SectionField =
  { type: 'boolean' } | { type: 'integer'; minimum: number; maximum: number } | { type: 'array' };

/** The sections that are nothing but such fields. A module declares them; their labels and helps stand below their names. */
export type FieldSection = keyof typeof SettingsSchema.properties;
const SECTIONS: {
  [Section in FieldSection]: { properties: Record<keyof Portal['settings'][Section], SectionField> };
} = SettingsSchema.properties;

export type SectionValues = Record<string, string | boolean>;

export const fieldsOf = (section: FieldSection): [name: string, field: SectionField][] =>
  Object.entries(SECTIONS[section].properties);

/** Stored values as a form holds them. */
export function sectionValues(section: FieldSection, { settings }: Portal): SectionValues {
  const stored = settings[section] as unknown as Record<string, boolean | number | string[]>;
  return Object.fromEntries(
    fieldsOf(section).map(([name]) => {
      const value = stored[name]!;
      return [name, typeof value === 'boolean' ? value : Array.isArray(value) ? value.join('\n') : String(value)];
    }),
  );
}

export function sectionProblems(section: FieldSection, values: SectionValues): FormErrors<SectionValues> {
  const problemOf = (field: SectionField, value: string | boolean) => {
    if (typeof value === 'boolean') return undefined;
    return field.type === 'integer' ? numberProblem(value, field.minimum, field.maximum) : domainProblem(value);
  };
  return problems(
    Object.fromEntries(fieldsOf(section).map(([name, field]) => [name, problemOf(field, values[name]!)])),
  );
}

/** What was filled in, as the API takes it. */
export function sectionPatch(section: FieldSection, values: SectionValues) {
  const taken = fieldsOf(section).map(([name, { type }]) => {
    const value = values[name]!;
    return [name, typeof value === 'boolean' ? value : type === 'integer' ? Number(value) : domainsOf(value)];
  });
  return { settings: { [section]: Object.fromEntries(taken) as object } };
}
