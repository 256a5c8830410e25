import type { TypedTheme } from '../../../data/portals.js';
import { hslToHex, parseColor, type ChosenTheme, type Hsl, type Mode } from '@balcao/theming';

export const KINDS = ['primary', 'secondary', 'accent'] as const;
export type Kind = (typeof KINDS)[number];
export const MODES: readonly Mode[] = ['light', 'dark'];

/** The name of a colour's field, for example `primaryDark`. */
export type ColourField = `${Kind}${'Light' | 'Dark'}`;
export const fieldOf = (kind: Kind, mode: Mode): ColourField => `${kind}${mode === 'light' ? 'Light' : 'Dark'}`;

export type ColourValues = Record<ColourField, string>;

/** A stored theme as people read colours; one that was not chosen stays empty. */
export function coloursOf(theme: ChosenTheme): ColourValues {
  const text = (colour: Hsl | null | undefined) => (colour ? hslToHex(colour) : '');
  return Object.fromEntries(
    MODES.flatMap((mode) => KINDS.map((kind) => [fieldOf(kind, mode), text(theme[mode]?.[kind])])),
  ) as ColourValues;
}

/** What was chosen by typing; what cannot be read yet is taken from `fallback`. */
export function chosenOf(values: ColourValues, fallback: ChosenTheme): ChosenTheme {
  const colourOf = (kind: Kind, mode: Mode) => {
    const typed = values[fieldOf(kind, mode)].trim();
    return typed === '' ? null : (parseColor(typed) ?? fallback[mode]?.[kind] ?? null);
  };
  const coloursFor = (mode: Mode) => Object.fromEntries(KINDS.map((kind) => [kind, colourOf(kind, mode)]));
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
