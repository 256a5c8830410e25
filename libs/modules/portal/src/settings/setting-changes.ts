import { LOCALES, type Localized } from '@balcao/contracts';
import type { SettingChange, SettingValue, SettingsSection } from '@balcao/module-directory';
import { hslToHex, type Hsl, type Theme } from '@balcao/theming';

/** What of a portal has versions. */
export interface PortalState {
  name: string;
  settings: object;
}

/** The part of a portal that a setting belongs to: its section, or `name`. */
export const partOf = (setting: string): string => setting.split('.', 1)[0]!;

/** Setting by setting what customers get otherwise; a default that was only written down is no change. */
export function changesBetween(
  before: PortalState,
  after: PortalState,
  sections: readonly SettingsSection[],
): SettingChange[] {
  const [old, fresh] = [saidBy(before, sections), saidBy(after, sections)];
  return Object.entries(fresh)
    .map(([setting, value]) => ({ setting, before: old[setting] ?? null, after: value }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}

function saidBy({ name, settings: stored }: PortalState, sections: readonly SettingsSection[]) {
  const said: Record<string, SettingValue> = { name };
  for (const { name: section, settings, of } of sections) {
    const values = of(stored);
    for (const [member, { kind }] of Object.entries(settings)) {
      const value = values[member];
      for (const [part, plain] of Object.entries(plainParts(kind, value)))
        said[[section, member, part].filter(Boolean).join('.')] = plain;
    }
  }
  return said;
}

/** A value as parts that need no further words. */
function plainParts(kind: string, value: unknown): Record<string, SettingValue> {
  if (kind === 'texts')
    return Object.fromEntries(LOCALES.map((locale) => [locale, (value as Localized)[locale] ?? null]));
  if (kind === 'theme') {
    const colours = Object.entries(value as Theme).flatMap(([mode, { primary, secondary, accent }]) =>
      Object.entries({ primary, secondary, accent }).map(([name, colour]) => [`${mode}.${name}`, hexOf(colour)]),
    );
    return Object.fromEntries(colours) as Record<string, string | null>;
  }
  return { '': (value ?? null) as SettingValue };
}

const hexOf = (colour: Hsl | null | undefined): string | null => (colour ? hslToHex(colour) : null);
