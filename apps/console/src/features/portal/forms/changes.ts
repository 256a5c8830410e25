import { SettingsSchema, type SettingChangeResponse } from '@balcao/api-client';
import { LOCALES, type Locale } from '@balcao/contracts';
import { i18n, LOCALE_NAMES, translate } from '@balcao/ui';
import type { usePortalVersion } from '../../../data/portals.js';
import { PICTURE_GROUNDS } from './picture-grounds.js';
import type { SettingField } from './rules.js';

export type Change = SettingChangeResponse;

/** Looks at one version, with what putting it back would change today. */
export type FindVersion = (version: () => number) => ReturnType<typeof usePortalVersion>;

/** Makes parts of an earlier version a new one. @returns what stays as it is */
export type PutBack = (request: {
  /** The version that was compared with. */
  version: number;
  to: number;
  parts: string[];
  note?: string;
}) => Promise<{ leftOut?: { setting: string }[] }>;

/** How a value of a change is shown. */
export type Shown = SettingField['format'] | 'name' | 'colour' | 'stylesheet';

/** What kind of value a setting has, named as in `branding.theme.light.primary`. */
export function kindOf(setting: string): Shown {
  if (setting === 'name' || setting === 'organizationName') return 'name';
  if (setting === 'style.customCss') return 'stylesheet';
  const [section, name] = setting.split('.') as [string, string];
  const { properties }: { properties: Record<string, { properties: Record<string, { format: string }> }> } =
    SettingsSchema;
  const format = properties[section]?.properties[name]?.format as SettingField['format'] | undefined;
  return format === 'theme' ? 'colour' : (format ?? 'text');
}

/** What is in no section. */
const PLAIN: Record<string, string | undefined> = {
  name: 'portal.fields.name',
  slug: 'portal.access.slug.label',
  signupSlug: 'portal.signupPage.label',
  roles: 'portal.access.roles.who',
  organizationName: 'portal.access.company.label',
};
/** What of a portal is in none. */
export const PLAIN_PARTS = ['name', 'slug', 'signupSlug', 'roles'];

/** What people call a setting, such as "Cor da marca no tema claro"; its own name where nobody has words for it. */
export function labelOf(setting: string): string {
  const plain = PLAIN[setting];
  if (plain) return translate(plain);
  if (setting === 'style.customCss') return translate('portal.style.label');
  const [section, name, mode, colour] = setting.split('.') as [string, string, string?, string?];
  if (name === 'theme' && colour)
    return translate('portal.history.colour', {
      colour: translate(`portal.colours.${colour}.title`),
      theme: translate(`portal.history.themes.${mode}`),
    });
  // A picture bears the name of its field.
  if (name in PICTURE_GROUNDS) return translate(`portal.fields.${name}`);
  const key = [`portal.history.${section}.${name}`, `portal.${section}.${name}.label`].find((each) =>
    i18n.global.te(each),
  );
  const label = key ? translate(key) : setting;
  const locale = LOCALES.find((each) => each === mode);
  return locale ? `${label} (${LOCALE_NAMES[locale]})` : label;
}

/** The ground that the picture of a setting stands on. */
export const groundOf = (setting: string) => PICTURE_GROUNDS[setting.split('.')[1] as keyof typeof PICTURE_GROUNDS];

/** A plain value in words. */
export function wordsOf(kind: Shown, value: Change['after']): string {
  if (value === null || value === '') return translate('portal.history.empty');
  if (typeof value === 'boolean') return translate(`portal.history.${value ? 'on' : 'off'}`);
  if (kind === 'locale') return LOCALE_NAMES[value as Locale] ?? String(value);
  return String(value);
}

/** What came to a list, and what went. */
export function listChange({ before, after }: Change): { added: string[]; removed: string[] } {
  const [old, fresh] = [before, after].map((value) => (Array.isArray(value) ? value : [])) as [string[], string[]];
  return {
    added: fresh.filter((item) => !old.includes(item)),
    removed: old.filter((item) => !fresh.includes(item)),
  };
}

/** What people call a section, or what is in none. */
export const partLabel = (part: string): string => translate(PLAIN[part] ?? `portal.sections.${part}`);
