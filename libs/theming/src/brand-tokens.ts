import { contrast, mix } from './contrast.js';
import { hexToHsl, hslToHex, type Hsl } from './hsl.js';
import { neutrals, type Mode } from './neutrals.js';

/** Colours computed from one tenant colour for one scheme, each as `#rrggbb` (`edge` may be `transparent`). */
export interface BrandTokens {
  /** The colour as chosen: the fill of the primary button. */
  brand: string;
  /** The fill under the pointer. */
  hover: string;
  /** The fill while pressed. */
  active: string;
  /** Text on `brand`, `hover` and `active`, at least 4.5:1. */
  fg: string;
  /** Outline of a `brand` fill: visible (3:1) where the fill itself is not, else `transparent`. */
  edge: string;
  /** Lines and marks that carry meaning (rule of a tab, progress, checked box), at least 3:1 on every surface. */
  line: string;
  /** Text or tick on a `line` fill, at least 4.5:1. */
  lineFg: string;
  /** Links and active navigation, at least 4.5:1 on every surface, on `subtle` and on the kit's tints. */
  text: string;
  /** Background of what is selected; muted and status texts keep 4.5:1 on it. */
  subtle: string;
  /** The focus ring, at least 3:1 on every surface. */
  focus: string;
}

const TEXT_RATIO = 4.5;
const LINE_RATIO = 3;
/** A little more than required, so that a colour which was moved is not on the very edge. */
const MARGIN = 0.06;
const HOVER_STEP = 6;
const ACTIVE_STEP = 10;
/** The kit tints selected and soft elements with up to this share of the line colour. */
const KIT_TINT = 0.15;
const SUBTLE_SHARE: Record<Mode, number> = { light: 0.09, dark: 0.16 };
const SMALLEST_SUBTLE_SHARE = 0.02;

/** Computes what a scheme needs of a tenant's colour, so that everything stays readable whatever was chosen. */
export function brandTokens(colour: Hsl, mode: Mode): BrandTokens {
  const { bg, surface, raised } = neutrals[mode];
  const surfaces = [surface, bg, raised];
  const brand = hslToHex(colour);
  const fg = betterForeground(brand);
  const line = reach(brand, mode, surfaces, LINE_RATIO);
  const subtle = subtleTint(brand, mode);
  const tints = surfaces.map((background) => mix(line, background, KIT_TINT));
  return {
    brand,
    hover: shade(brand, fg, HOVER_STEP),
    active: shade(brand, fg, ACTIVE_STEP),
    fg,
    edge: surfaces.every((background) => contrast(brand, background) >= LINE_RATIO) ? 'transparent' : line,
    line,
    lineFg: betterForeground(line),
    text: reach(brand, mode, [...surfaces, subtle, ...tints], TEXT_RATIO),
    subtle,
    focus: line,
  };
}

/** White or black, whichever is easier to read on the colour: never below 4.58:1. */
export function betterForeground(background: string): string {
  return contrast(background, '#ffffff') >= contrast(background, '#000000') ? '#ffffff' : '#000000';
}

/** Moves the lightness towards the far end of the scheme until the ratio holds on every background. */
function reach(colour: string, mode: Mode, backgrounds: string[], ratio: number): string {
  const holds = (candidate: string, wanted: number) =>
    backgrounds.every((background) => contrast(candidate, background) >= wanted);
  if (holds(colour, ratio)) return colour;
  const { h, s, l } = hexToHsl(colour);
  const end = mode === 'light' ? 0 : 100;
  for (let lightness = l; lightness !== end;) {
    lightness = mode === 'light' ? Math.max(end, lightness - 1) : Math.min(end, lightness + 1);
    const candidate = hslToHex({ h, s, l: lightness });
    if (holds(candidate, ratio + MARGIN)) return candidate;
  }
  return mode === 'light' ? '#000000' : '#ffffff';
}

/** Moves the fill away from its text, or back towards it where black or white leaves no room. */
function shade(brand: string, fg: string, step: number): string {
  const { h, s, l } = hexToHsl(brand);
  const away = fg === '#ffffff' ? -1 : 1;
  const room = fg === '#ffffff' ? l : 100 - l;
  return hslToHex({ h, s, l: room < ACTIVE_STEP + 4 ? l - away * step : l + away * step });
}

/** The strongest tint of a surface on which muted and status texts can still be read. */
function subtleTint(brand: string, mode: Mode): string {
  const { surface, text, textMuted, success, warning, danger, info } = neutrals[mode];
  const texts = [text, textMuted, success, warning, danger, info];
  for (let share = SUBTLE_SHARE[mode]; share > SMALLEST_SUBTLE_SHARE; share -= 0.01) {
    const tint = mix(brand, surface, share);
    if (texts.every((colour) => contrast(colour, tint) >= TEXT_RATIO + MARGIN)) return tint;
  }
  return mix(brand, surface, SMALLEST_SUBTLE_SHARE);
}
