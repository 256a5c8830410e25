import { hexToRgb, rgbToHex, type Rgb } from './hsl.js';

const linear = (channel: number) => {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
};

/** Relative luminance of `#rrggbb` as WCAG 2.2 defines it: 0 for black, 1 for white. */
export function luminance(hex: string): number {
  const [red, green, blue] = hexToRgb(hex).map(linear) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio of two colours `#rrggbb` as WCAG 2.2 defines it, 1–21. */
export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** Lays `share` (0–1) of a colour over another, in sRGB as a browser composites. */
export function mix(colour: string, over: string, share: number): string {
  const below = hexToRgb(over);
  return rgbToHex(hexToRgb(colour).map((v, i) => v * share + below[i]! * (1 - share)) as unknown as Rgb);
}
