/** A switch, or a number within bounds; described once for checks, documents and defaults. */
export type Setting =
  | { kind: 'switch'; default: boolean; description: string }
  | { kind: 'integer'; default: number; min: number; max: number; description: string };

type Settings = Record<string, Setting>;

/** What a portal's row keeps: values by section and name, where they were ever set. */
export type StoredSettings = Record<string, Record<string, boolean | number> | undefined>;

/** The settings of a portal that one module keeps. */
export interface SettingsSection<Values extends object = object> {
  name: string;
  settings: Settings;
  /** The values of a portal, with defaults where it says nothing. */
  of(stored: StoredSettings): Values;
}

type ValuesOf<Declared extends Settings> = {
  [Name in keyof Declared]: Declared[Name]['kind'] extends 'switch' ? boolean : number;
};

/** Declares a section. Everything else is made from it: what the API takes and answers, its document, the defaults. */
export function defineSettings<const Declared extends Settings>(
  name: string,
  settings: Declared,
): SettingsSection<ValuesOf<Declared>> {
  const names = Object.keys(settings);
  const of = (stored: StoredSettings) =>
    Object.fromEntries(names.map((each) => [each, stored[name]?.[each] ?? settings[each]!.default]));
  return { name, settings, of: of as SettingsSection<ValuesOf<Declared>>['of'] };
}
