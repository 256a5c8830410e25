import type { TypedTheme } from '../../../data/portals.js';
import { hslToHex, parseColor, type Hsl, type Mode, type Theme } from '@balcao/theming';

export const KINDS = ['primary', 'secondary', 'accent'] as const;
export type Kind = (typeof KINDS)[number];
export const MODES: readonly Mode[] = ['light', 'dark'];

/** The name of a colour's field, for example `primaryDark`. */
export type ColourField = `${Kind}${'Light' | 'Dark'}`;
export const fieldOf = (kind: Kind, mode: Mode): ColourField => `${kind}${mode === 'light' ? 'Light' : 'Dark'}`;

export type ColourValues = Record<ColourField, string>;

/** A stored theme as people read colours; a colour that follows the brand stays empty. */
export function coloursOf(theme: Theme): ColourValues {
  const text = (colour: Hsl | null | undefined) => (colour ? hslToHex(colour) : '');
  return Object.fromEntries(
    MODES.flatMap((mode) => KINDS.map((kind) => [fieldOf(kind, mode), text(theme[mode][kind])])),
  ) as ColourValues;
}

/** What was typed as a theme; what cannot be read yet is taken from `fallback`. */
export function themeOf(values: ColourValues, fallback: Theme): Theme {
  const coloursFor = (mode: Mode) => ({
    primary: parseColor(values[fieldOf('primary', mode)]) ?? fallback[mode].primary,
    secondary: parseColor(values[fieldOf('secondary', mode)]) ?? null,
    accent: parseColor(values[fieldOf('accent', mode)]) ?? null,
  });
  return { light: coloursFor('light'), dark: coloursFor('dark') };
}

/** What was typed, as the API takes it. */
export function typedTheme(values: ColourValues): TypedTheme {
  const coloursFor = (mode: Mode) =>
    Object.fromEntries(KINDS.map((kind) => [kind, values[fieldOf(kind, mode)].trim() || null])) as Record<
      Kind,
      string | null
    >;
  return { light: coloursFor('light'), dark: coloursFor('dark') };
}

const DARK_LIGHTNESS = 68;
const DARK_SATURATION = 78;

/** A colour for the dark theme that still looks like the light one's. */
export function suggestDark(light: string): string | undefined {
  const colour = parseColor(light);
  if (!colour) return undefined;
  const { h, s, l } = colour;
  return hslToHex({ h, s: Math.min(s, DARK_SATURATION), l: Math.max(l, DARK_LIGHTNESS) });
}
