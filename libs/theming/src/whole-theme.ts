import { defaultTheme, type Theme, type ThemeColours } from './branding-css.js';
import type { Hsl } from './hsl.js';
import type { Mode } from './neutrals.js';

/** The colours that a portal chose; what is missing or null follows what was chosen. */
export type ChosenTheme = Partial<Record<Mode, Partial<Record<keyof ThemeColours, Hsl | null>>>>;

const DARK = { leastLightness: 68, mostSaturation: 78 };
const LIGHT = { mostLightness: 42 };

/** A portal's colours in both schemes: a main colour chosen for one is toned for the other, with none Balcão's own stand. */
export function wholeTheme({ light, dark }: ChosenTheme = {}): Theme {
  const primary = {
    light: light?.primary ?? (dark?.primary ? forLight(dark.primary) : defaultTheme.light.primary),
    dark: dark?.primary ?? (light?.primary ? forDark(light.primary) : defaultTheme.dark.primary),
  };
  return { light: { ...light, primary: primary.light }, dark: { ...dark, primary: primary.dark } };
}

/** A colour for the dark scheme that still looks like the light one's. */
const forDark = ({ h, s, l }: Hsl): Hsl => ({
  h,
  s: Math.min(s, DARK.mostSaturation),
  l: Math.max(l, DARK.leastLightness),
});

/** A colour for the light scheme that still looks like the dark one's. */
const forLight = ({ h, s, l }: Hsl): Hsl => ({ h, s, l: Math.min(l, LIGHT.mostLightness) });
