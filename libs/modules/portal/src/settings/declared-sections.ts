import type { SettingsSection } from '@balcao/module-directory';
import type { FieldError } from '@balcao/platform-errors';

/** What today's rules have against a value of one setting; undefined for nothing. */
export type SettingRule = (section: string, setting: string, value: unknown) => Promise<FieldError | undefined>;

const declared = new Map<string, SettingsSection>();

/** Adds sections to what this process knows; each once. @returns those that are new */
export function addSections(sections: readonly SettingsSection[]): SettingsSection[] {
  return sections.filter((section) => {
    if (declared.get(section.name) === section) return false;
    if (declared.has(section.name)) throw new Error(`two modules declare the settings "${section.name}"`);
    declared.set(section.name, section);
    return true;
  });
}

/** The sections of all modules, in the order in which they were declared. */
export const declaredSections = (): SettingsSection[] => [...declared.values()];
