import { LOCALES, type Locale, type Localized } from '@balcao/contracts';
import { wholeTheme, type ChosenTheme, type Theme } from '@balcao/theming';

/** What kinds of settings there are, and the values that each of them has. */
interface Kinds {
  switch: boolean;
  integer: number;
  text: string | null;
  /** What a company is called, without an address in it. */
  companyName: string | null;
  email: string | null;
  telephone: string | null;
  /** Where a link leads; https only. */
  webAddress: string | null;
  picture: string | null;
  /** A text for each language. */
  texts: Localized;
  domains: string[];
  locale: Locale;
  locales: Locale[];
  theme: Theme;
}

/** What a kind needs to know beside its default. */
interface Bounds {
  integer: { min: number; max: number };
  text: { max: number; verbatim?: boolean };
  companyName: { max: number };
  texts: { max: number };
  domains: { max: number };
}

/** One setting, described once for checks, documents and defaults. */
export type Setting<Kind extends keyof Kinds = keyof Kinds> = {
  [Each in Kind]: {
    kind: Each;
    default: Kinds[Each];
    description: string;
    example?: unknown;
  } & (Each extends keyof Bounds ? Bounds[Each] : object);
}[Kind];

type Settings = Record<string, Setting>;

/** What a portal's row keeps: values by section and name, where they were ever set. */
export type StoredSettings = Record<string, Record<string, unknown> | undefined>;

/** The settings of a portal that one module keeps. */
export interface SettingsSection<Values extends object = Record<string, unknown>> {
  name: string;
  settings: Record<keyof Values & string, Setting>;
  /** The values of a portal, with defaults where it says nothing. */
  of(stored: object): Values;
  /** Some of them: what nobody asks for is not worked out. */
  some<Name extends keyof Values & string>(stored: object, ...names: Name[]): Pick<Values, Name>;
}

const NOT_SAID = Object.fromEntries(LOCALES.map((locale) => [locale, null])) as Localized;

type ValuesOf<Declared extends Settings> = { -readonly [Name in keyof Declared]: Kinds[Declared[Name]['kind']] };

/** Declares a section. Everything else is made from it: what the API takes and answers, its document, the defaults. */
export function defineSettings<const Declared extends Settings>(
  name: string,
  settings: Declared,
): SettingsSection<ValuesOf<Declared>> {
  const names = Object.keys(settings);
  const valueOf = (setting: Setting, stored: unknown) => {
    if (setting.kind === 'texts') return { ...NOT_SAID, ...(stored as Localized) };
    return setting.kind === 'theme' ? wholeTheme((stored ?? {}) as ChosenTheme) : (stored ?? setting.default);
  };
  const some = (stored: object, ...wanted: string[]) => {
    const section = (stored as StoredSettings)[name];
    return Object.fromEntries(wanted.map((each) => [each, valueOf(settings[each]!, section?.[each])]));
  };
  const of = (stored: object) => some(stored, ...names);
  return { name, settings, of, some } as unknown as SettingsSection<ValuesOf<Declared>>;
}
