import { refusedField } from '@balcao/platform-errors';
import { parseColor, type ChosenTheme, type Mode, type ThemeColours } from '@balcao/theming';

/** Colours as typed: any CSS colour; null is for one that was not chosen, and follows those that were. */
export type ThemeInput = Partial<Record<Mode, Partial<Record<keyof ThemeColours, string | null>>>>;

/**
 * What is chosen after a change.
 * @param path where the theme stands in the request
 * @throws DomainError validation_failed for what is no colour
 */
export const mergedTheme = (
  stored: ChosenTheme | undefined,
  input: ThemeInput,
  path = 'settings.branding.theme',
): ChosenTheme => ({
  light: mergedColours(stored?.light, input.light, `${path}.light`),
  dark: mergedColours(stored?.dark, input.dark, `${path}.dark`),
});

function mergedColours(
  stored: ChosenTheme[Mode],
  input: ThemeInput[Mode] = {},
  path: string,
): NonNullable<ChosenTheme[Mode]> {
  const colours = { ...stored };
  for (const [name, value] of Object.entries(input) as [keyof ThemeColours, string | null | undefined][]) {
    if (value === undefined) continue;
    const colour = value === null ? null : parseColor(value);
    if (colour === undefined) throw refusedField(`${path}.${name}`, 'isColour');
    colours[name] = colour;
  }
  return colours;
}
