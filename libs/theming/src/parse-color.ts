import { hslToRgb, rgbToHsl, type Hsl, type Rgb } from './hsl.js';
import { hueOf, numberOf, percentOf } from './components.js';
import { namedColours } from './named-colours.js';
import { deviceIndependentRgb } from './device-independent.js';

const LONGEST = 100;
/**
 * Reads a colour as CSS writes it: `#rgb`, `#rgba`, `#rrggbb`, `#rrggbbaa`, `rgb()`, `hsl()` (with commas or
 * spaces, `rgba` and `hsla` too), `hwb()`, `lab()`, `lch()`, `oklab()`, `oklch()`, `color()` and the named colours. Alpha
 * must be well-formed and is then dropped: a brand is opaque. A colour that no screen of eight bits shows becomes the
 * nearest in each channel. Answers `undefined` for anything else, also for `transparent`.
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
  const match = /^(rgba?|hsla?|hwb|(?:ok)?lab|(?:ok)?lch|color)\(([^()]*)\)$/.exec(colour);
  if (!match) return undefined;
  const [, name = '', text = ''] = match;
  // `color()` names its space before the channels.
  const [, space = name, channels = text] = (name === 'color' && /^\s*([a-z0-9-]+)\s+(.*)$/.exec(text)) || [];
  const isNew = name !== 'hwb' && !/^(?:rgb|hsl)/.test(name);
  const parts = isNew && text.includes(',') ? undefined : splitArguments(channels);
  if (!parts) return undefined;
  const [first, second, third, alpha] = parts;
  if (alpha !== undefined && numberOf(alpha, 1) === undefined) return undefined;
  if (isNew) {
    const rgb = deviceIndependentRgb(space, [first, second, third]);
    return rgb && rgbToHsl(rgb);
  }
  switch (name) {
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
