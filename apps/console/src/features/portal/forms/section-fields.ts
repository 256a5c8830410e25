import { PORTAL_FEATURES, type PortalFeature } from '@balcao/contracts';
import { problems, type FormErrors } from '@balcao/ui';
import type { Portal } from '../../../data/types.js';
import { domainProblem, domainsOf, numberProblem } from './rules.js';

/** A switch, a whole number from and to, or domains one a line. */
export type SectionField = 'switch' | 'domains' | readonly [min: number, max: number];

type Declared = 'features' | 'tickets' | 'security' | 'invitations';

/**
 * The sections that are nothing but such fields, in the order of their forms: every setting that the API knows has one.
 * Labels and helps stand below their names.
 */
export const SECTION_FIELDS = {
  features: Object.fromEntries(Object.keys(PORTAL_FEATURES).map((name) => [name, 'switch'])) as Record<
    PortalFeature,
    'switch'
  >,
  tickets: { firstAnswerHours: [0, 720], autoCloseDays: [0, 365] },
  security: { sessionAbsoluteDays: [1, 365], lockThreshold: [3, 100], lockMinutes: [0, 10_080] },
  invitations: { allowedDomains: 'domains' },
} as const satisfies { [Section in Declared]: Record<keyof Portal['settings'][Section], SectionField> };

export type FieldSection = Declared;
export type SectionValues = Record<string, string | boolean>;

export const fieldsOf = (section: FieldSection): [name: string, field: SectionField][] =>
  Object.entries(SECTION_FIELDS[section]);

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
  const problemOf = (field: SectionField, value: string | boolean) =>
    typeof value === 'boolean'
      ? undefined
      : field === 'domains'
        ? domainProblem(value)
        : numberProblem(value, Number(field[0]), Number(field[1]));
  return problems(
    Object.fromEntries(fieldsOf(section).map(([name, field]) => [name, problemOf(field, values[name]!)])),
  );
}

/** What was filled in, as the API takes it. */
export function sectionPatch(section: FieldSection, values: SectionValues) {
  const taken = fieldsOf(section).map(([name, field]) => {
    const value = values[name]!;
    return [name, typeof value === 'boolean' ? value : field === 'domains' ? domainsOf(value) : Number(value)];
  });
  return { settings: { [section]: Object.fromEntries(taken) as object } };
}
