import { refusedField } from '@balcao/platform-errors';
import { parseColor, type Hsl, type Mode, type Theme, type ThemeColours } from '@balcao/theming';

/** Colours as typed: any CSS colour; null takes the default, or for secondary and accent the primary. */
export type ThemeInput = Partial<Record<Mode, Partial<Record<keyof ThemeColours, string | null>>>>;

/** @throws DomainError validation_failed for what is no colour */
export function mergedTheme(stored: Theme | undefined, input: ThemeInput): Theme | undefined {
  const light = mergedColours(stored?.light, input.light, 'light');
  const dark = mergedColours(stored?.dark, input.dark, 'dark');
  // A portal with one colour shows it in both schemes; with none it wears the default.
  return light && dark ? { light, dark } : (light ?? dark) && { light: light ?? dark!, dark: dark ?? light! };
}

function mergedColours(
  stored: ThemeColours | undefined,
  input: ThemeInput[Mode] = {},
  mode: Mode,
): ThemeColours | undefined {
  const colours: Partial<Record<keyof ThemeColours, Hsl | null>> = { ...stored };
  for (const [name, value] of Object.entries(input) as [keyof ThemeColours, string | null | undefined][]) {
    if (value === undefined) continue;
    const colour = value === null ? null : parseColor(value);
    if (colour === undefined) throw refusedField(`settings.branding.theme.${mode}.${name}`, 'isColour');
    colours[name] = colour;
  }
  return colours.primary ? { ...colours, primary: colours.primary } : undefined;
}
