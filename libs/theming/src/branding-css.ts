import { brandTokens, type BrandTokens } from './brand-tokens.js';
import { hexToHsl, type Hsl } from './hsl.js';
import type { Mode } from './neutrals.js';

/** A scheme's colours as a portal stores them. What is missing follows `primary`. */
export interface ThemeColours {
  primary: Hsl;
  secondary?: Hsl | null;
  accent?: Hsl | null;
}

/** A portal's colours for both schemes. */
export type Theme = Record<Mode, ThemeColours>;

/** Balcão's own deep green: the console's brand, and that of a portal which chose none. */
export const defaultTheme: Theme = {
  light: { primary: hexToHsl('#13725c') },
  dark: { primary: hexToHsl('#4abfa4') },
};

/** CSS custom properties by name, for example `--brand-text`. */
export type BrandVariables = Record<`--${string}`, string>;

/**
 * The custom properties of one scheme. `--brand…` comes from `primary`; `--secondary-text` and
 * `--secondary-subtle` colour the organization's own people; `--accent`, `--accent-line` and `--accent-subtle`
 * mark what is found or new.
 */
export function brandVariables(theme: Theme, mode: Mode): BrandVariables {
  const { primary, secondary, accent } = theme[mode];
  const brand = brandTokens(primary, mode);
  const people = brandTokens(secondary ?? primary, mode);
  const marks = brandTokens(accent ?? primary, mode);
  return {
    ...primaryVariables(brand),
    '--secondary-text': people.text,
    '--secondary-subtle': people.subtle,
    '--accent': marks.brand,
    '--accent-line': marks.line,
    '--accent-subtle': marks.subtle,
  };
}

/** The text of `branding.css`: both schemes, to be loaded after the application's own stylesheet or before it. */
export function brandingCss(theme: Theme): string {
  return `${rule(':root,.light', brandVariables(theme, 'light'))}\n${rule('.dark', brandVariables(theme, 'dark'))}\n`;
}

function primaryVariables(tokens: BrandTokens): BrandVariables {
  return {
    '--brand': tokens.brand,
    '--brand-hover': tokens.hover,
    '--brand-active': tokens.active,
    '--brand-fg': tokens.fg,
    '--brand-edge': tokens.edge,
    '--brand-line': tokens.line,
    '--brand-line-fg': tokens.lineFg,
    '--brand-text': tokens.text,
    '--brand-subtle': tokens.subtle,
    '--focus': tokens.focus,
  };
}

function rule(selector: string, variables: BrandVariables): string {
  const body = Object.entries(variables).map(([name, value]) => `${name}:${value}`);
  return `${selector}{${body.join(';')}}`;
}
