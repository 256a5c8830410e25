/** A colour as hue in degrees (0–360) and saturation and lightness in percent (0–100). */
export interface Hsl {
  h: number;
  s: number;
  l: number;
}

/** Red, green and blue, each 0–255; fractions are allowed while computing. */
export type Rgb = readonly [red: number, green: number, blue: number];

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
const round = (value: number) => Math.round(value * 100) / 100;

/**
 * Converts red, green and blue (0–255) to HSL, rounded to two decimals: enough for `hslToHex` to give back
 * the same eight bits.
 */
export function rgbToHsl([red, green, blue]: Rgb): Hsl {
  const [r, g, b] = [red, green, blue].map((channel) => clamp(channel, 0, 255) / 255) as [number, number, number];
  const max = Math.max(r, g, b);
  const min = Math.min(r, g, b);
  const chroma = max - min;
  const l = (max + min) / 2;
  if (chroma === 0) return { h: 0, s: 0, l: round(l * 100) };
  const s = chroma / (1 - Math.abs(2 * l - 1));
  const sector = max === r ? (g - b) / chroma : max === g ? (b - r) / chroma + 2 : (r - g) / chroma + 4;
  return { h: round((sector * 60 + 360) % 360), s: round(s * 100), l: round(l * 100) };
}

/** Converts HSL to red, green and blue (0–255, not rounded). The hue may lie outside 0–360. */
export function hslToRgb({ h, s, l }: Hsl): Rgb {
  const lightness = clamp(l, 0, 100) / 100;
  const amplitude = (clamp(s, 0, 100) / 100) * Math.min(lightness, 1 - lightness);
  const hue = ((h % 360) + 360) % 360;
  const channel = (n: number) => {
    const k = (n + hue / 30) % 12;
    return 255 * (lightness - amplitude * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return [channel(0), channel(8), channel(4)];
}

/** Writes a colour as `#rrggbb`. */
export function rgbToHex(rgb: Rgb): string {
  return `#${rgb.map((channel) => clamp(Math.round(channel), 0, 255).toString(16).padStart(2, '0')).join('')}`;
}

/** Writes a colour as `#rrggbb`. */
export function hslToHex(hsl: Hsl): string {
  return rgbToHex(hslToRgb(hsl));
}

/** Reads `#rrggbb`, the form that this library itself writes. Use `parseColor` for what a person typed. */
export function hexToRgb(hex: string): Rgb {
  return [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16)) as unknown as Rgb;
}

/** Reads `#rrggbb` as HSL. */
export function hexToHsl(hex: string): Hsl {
  return rgbToHsl(hexToRgb(hex));
}
