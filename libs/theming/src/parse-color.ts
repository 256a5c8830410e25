import { hslToRgb, rgbToHsl, type Hsl, type Rgb } from './hsl.js';
import { namedColours } from './named-colours.js';

const LONGEST = 100;
const NUMBER = '[+-]?(?:\\d{1,12}\\.?\\d{0,12}|\\.\\d{1,12})(?:e[+-]?\\d{1,2})?';
const COMPONENT = new RegExp(`^(${NUMBER})(%|deg|grad|rad|turn)?$`);
const DEGREES_PER_UNIT: Record<string, number> = { deg: 1, grad: 0.9, rad: 180 / Math.PI, turn: 360 };

/**
 * Reads a colour as CSS writes it: `#rgb`, `#rgba`, `#rrggbb`, `#rrggbbaa`, `rgb()`, `hsl()` (with commas or
 * spaces, `rgba` and `hsla` too), `hwb()` and the named colours. Alpha must be well-formed and is then
 * dropped: a brand is opaque. Answers `undefined` for anything else, also for `transparent`.
 */
export function parseColor(text: string): Hsl | undefined {
  if (text.length > LONGEST) return undefined;
  const colour = text.trim().toLowerCase();
  if (colour.startsWith('#')) return parseHex(colour.slice(1));
  const named = namedColours[colour];
  if (named !== undefined && Object.hasOwn(namedColours, colour)) return parseHex(named);
  return parseFunction(colour);
}

function parseHex(digits: string): Hsl | undefined {
  if (!/^(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/.test(digits)) return undefined;
  const long = digits.length < 6 ? [...digits].map((digit) => digit + digit).join('') : digits;
  return rgbToHsl([0, 2, 4].map((start) => Number.parseInt(long.slice(start, start + 2), 16)) as unknown as Rgb);
}

function parseFunction(colour: string): Hsl | undefined {
  const match = /^(rgba?|hsla?|hwb)\(([^()]*)\)$/.exec(colour);
  if (!match) return undefined;
  const parts = splitArguments(match[2]!);
  if (!parts) return undefined;
  const [first, second, third, alpha] = parts;
  if (alpha !== undefined && numberOf(alpha, 1) === undefined) return undefined;
  switch (match[1]) {
    case 'rgb':
    case 'rgba':
      return fromRgb(first, second, third);
    case 'hwb':
      return fromHwb(first, second, third);
    default:
      return fromHsl(first, second, third);
  }
}

type Parts = [first: string, second: string, third: string, alpha?: string];

/** `1, 2, 3, 0.5` or `1 2 3 / 50%`; the two ways are not mixed. */
function splitArguments(text: string): Parts | undefined {
  const list = text.includes(',')
    ? text.split(',').map((part) => part.trim())
    : (() => {
        const [colour = '', ...alpha] = text.split('/').map((part) => part.trim());
        const channels = colour.split(/\s+/);
        return channels.length === 3 ? [...channels, ...alpha] : [];
      })();
  return list.length === 3 || list.length === 4 ? (list as Parts) : undefined;
}

function fromRgb(...channels: string[]): Hsl | undefined {
  const rgb = channels.map((channel) => numberOf(channel, 255));
  return rgb.every((value) => value !== undefined) ? rgbToHsl(rgb as unknown as Rgb) : undefined;
}

function fromHsl(hue: string, saturation: string, lightness: string): Hsl | undefined {
  const [h, s, l] = [hueOf(hue), percentOf(saturation), percentOf(lightness)];
  if (h === undefined || s === undefined || l === undefined) return undefined;
  return { h: Math.round(h * 100) / 100, s: Math.min(100, Math.max(0, s)), l: Math.min(100, Math.max(0, l)) };
}

function fromHwb(hue: string, whiteness: string, blackness: string): Hsl | undefined {
  const [h, w, b] = [hueOf(hue), percentOf(whiteness), percentOf(blackness)];
  if (h === undefined || w === undefined || b === undefined) return undefined;
  const white = Math.min(100, Math.max(0, w)) / 100;
  const black = Math.min(100, Math.max(0, b)) / 100;
  if (white + black >= 1) {
    const grey = (255 * white) / (white + black);
    return rgbToHsl([grey, grey, grey]);
  }
  const pure = hslToRgb({ h, s: 100, l: 50 });
  return rgbToHsl(pure.map((channel) => channel * (1 - white - black) + 255 * white) as unknown as Rgb);
}

/** A plain number, or a percentage of `whole`. */
function numberOf(text: string, whole: number): number | undefined {
  const match = COMPONENT.exec(text);
  if (!match || (match[2] !== undefined && match[2] !== '%')) return undefined;
  return match[2] === '%' ? (Number(match[1]) / 100) * whole : Number(match[1]);
}

function percentOf(text: string): number | undefined {
  const value = numberOf(text, 100);
  return value === undefined ? undefined : Math.round(value * 100) / 100;
}

function hueOf(text: string): number | undefined {
  const match = COMPONENT.exec(text);
  if (!match || match[2] === '%') return undefined;
  const degrees = Number(match[1]) * DEGREES_PER_UNIT[match[2] ?? 'deg']!;
  return ((degrees % 360) + 360) % 360;
}
