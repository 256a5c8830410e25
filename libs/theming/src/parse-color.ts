import {
  modeHsl,
  modeHwb,
  modeLab,
  modeLch,
  modeLrgb,
  modeOklab,
  modeOklch,
  modeP3,
  modeRgb,
  modeXyz50,
  modeXyz65,
  parse,
  useMode,
} from 'culori/fn';
import { rgbToHsl, type Hsl } from './hsl.js';

const LONGEST = 100;
/** What culori reads and no colour of a brand is: not CSS or, at last, nothing to see. */
const NO_COLOUR = [
  // A function left open.
  /\([^)]*$/,
  // Digits without their #.
  /^[\da-f]+$/,
  // An angle in the place of a lightness or a chroma.
  /lch\([^/]*(?:deg|rad|turn)\s+[^/\s)]/,
  // Spaces of its own.
  /^color\(\s*--/,
  // An alpha that is 0 because it is missing.
  /\/\s*none\s*\)$/,
];

const toRgb = useMode(modeRgb);
for (const mode of [
  modeHsl,
  modeHwb,
  modeLab,
  modeLch,
  modeLrgb,
  modeOklab,
  modeOklch,
  modeP3,
  modeXyz50,
  modeXyz65,
] as Parameters<typeof useMode>[0][])
  useMode(mode);

/**
 * Reads a colour as CSS writes it: `#rgb`, `#rgba`, `#rrggbb`, `#rrggbbaa`, `rgb()`, `hsl()` (with commas or
 * spaces, `rgba` and `hsla` too), `hwb()`, `lab()`, `lch()`, `oklab()`, `oklch()`, `color()` and the named colours. A brand
 * is opaque. A colour that no screen of eight bits shows becomes the nearest in each channel. Answers `undefined` for
 * anything else, also for what can be seen through.
 */
export function parseColor(text: string): Hsl | undefined {
  if (text.length > LONGEST) return undefined;
  const colour = text.trim().toLowerCase();
  const parsed = NO_COLOUR.some((pattern) => pattern.test(colour)) ? undefined : parsedOrNothing(colour);
  if (!parsed || (parsed.alpha ?? 1) < 1) return undefined;
  // CSS takes what is missing (`none`) for 0.
  const { r = 0, g = 0, b = 0 } = toRgb(parsed);
  const rgb = [r * 255, g * 255, b * 255] as const;
  return rgb.every(Number.isFinite) ? rgbToHsl(rgb) : undefined;
}

/** culori throws at some malformed texts instead of answering `undefined`. */
function parsedOrNothing(colour: string): ReturnType<typeof parse> {
  try {
    return parse(colour);
  } catch {
    return undefined;
  }
}
