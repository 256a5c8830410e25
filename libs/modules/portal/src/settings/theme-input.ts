import { refusedField } from '@balcao/platform-errors';
import { parseColor, type Hsl, type Mode, type Theme, type ThemeColours } from '@balcao/theming';

/** Colours as typed: any CSS colour; null takes the default, or for secondary and accent the primary. */
export type ThemeInput = Partial<Record<Mode, Partial<Record<keyof ThemeColours, string | null>>>>;

/**
 * @param path where the theme stands in the request
 * @throws DomainError validation_failed for what is no colour
 */
export function mergedTheme(
  stored: Theme | undefined,
  input: ThemeInput,
  path = 'settings.branding.theme',
): Theme | undefined {
  const light = mergedColours(stored?.light, input.light, `${path}.light`);
  const dark = mergedColours(stored?.dark, input.dark, `${path}.dark`);
  // A portal with one colour shows it in both schemes; with none it wears the default.
  return light && dark ? { light, dark } : (light ?? dark) && { light: light ?? dark!, dark: dark ?? light! };
}

function mergedColours(
  stored: ThemeColours | undefined,
  input: ThemeInput[Mode] = {},
  path: string,
): ThemeColours | undefined {
  const colours: Partial<Record<keyof ThemeColours, Hsl | null>> = { ...stored };
  for (const [name, value] of Object.entries(input) as [keyof ThemeColours, string | null | undefined][]) {
    if (value === undefined) continue;
    const colour = value === null ? null : parseColor(value);
    if (colour === undefined) throw refusedField(`${path}.${name}`, 'isColour');
    colours[name] = colour;
  }
  return colours.primary ? { ...colours, primary: colours.primary } : undefined;
}
