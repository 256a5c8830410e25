import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hslToHex, rgbToHex, type Rgb } from './hsl.js';
import { parseColor } from './parse-color.js';

const hexOf = (text: string) => {
  const colour = parseColor(text);
  return colour && hslToHex(colour);
};
const channel = fc.integer({ min: 0, max: 255 });

describe('parseColor', () => {
  it.each([
    ['#facc15', '#facc15'],
    ['#FACC15', '#facc15'],
    ['  #fc1  ', '#ffcc11'],
    ['#fc1f', '#ffcc11'],
    ['#facc15FF', '#facc15'],
    ['rgb(250, 204, 21)', '#facc15'],
    ['rgb(250 204 21 / 100%)', '#facc15'],
    ['rgba(250, 204, 21, 1.0)', '#facc15'],
    ['rgb(100% 0% 50%)', '#ff0080'],
    ['rgb(300 -10 0)', '#ff0000'],
    ['hsl(166 72% 26%)', '#13725c'],
    ['hsl(166deg, 72%, 26%)', '#13725c'],
    ['hsla(166 72 26 / 1)', '#13725c'],
    ['hsl(0.5turn 100% 50%)', '#00ffff'],
    ['hsl(200grad 100% 50%)', '#00ffff'],
    ['hsl(-120 100% 50%)', '#0000ff'],
    ['hwb(0 0% 0%)', '#ff0000'],
    ['hwb(120 60% 60%)', '#808080'],
    ['RebeccaPurple', '#663399'],
    // Pairs of web-platform-tests and of CSS Color 4's own examples.
    ['lab(46.2775% -47.5621 48.5837)', '#008000'],
    ['lab(0 0 0)', '#000000'],
    ['lab(100% 0 0 / 1)', '#ffffff'],
    ['lch(46.2775% 67.9892 134.3912)', '#008000'],
    ['oklab(51.975% -0.1403 0.10768)', '#008000'],
    ['oklch(51.975% 0.17686 142.495)', '#008000'],
    ['oklch(0.51975 44.215% 142.495deg)', '#008000'],
    ['oklch(none none none)', '#000000'],
    ['color(srgb 0 0.50196 0)', '#008000'],
    ['color(srgb-linear 0 0.21586 0)', '#008000'],
    ['color(display-p3 0.21604 0.49418 0.13151)', '#008000'],
    ['color(xyz 0.07719 0.15438 0.02573)', '#008000'],
    ['color(xyz-d50 0.08312 0.154746 0.020961)', '#008000'],
    ['color(display-p3 0 1 0)', '#00ff00'],
    ['white', '#ffffff'],
    ['rgb(none 0 255)', '#0000ff'],
    ['hsl(0 120% 50%)', '#ff0000'],
    ['hsl(0 100% 120%)', '#ffffff'],
    ['lch(46.2775% 67.9892 134.3912deg / 1)', '#008000'],
  ])('reads %s as %s', (text, hex) => {
    expect(hexOf(text)).toBe(hex);
  });

  it.each([
    '',
    '#',
    '#12',
    '#12345',
    '#1234567',
    '#ggg',
    'facc15',
    'rgb(1,2)',
    'rgb(1 2 3 4)',
    'rgb(1, 2, 3 / 4)',
    'rgb(1 2 3',
    'rgb(1deg 2 3)',
    'rgb(1 2 3 / x)',
    'hsl(10%, 20%, 30%)',
    'hsl(1, 2, 3)',
    'hwb(0, 0%, 0%)',
    'rgb(1. 2 3)',
    'rgb(1 2 3 / 5deg)',
    'lch(1 2 3 / 5deg)',
    'oklch(1 20deg 50)',
    'lch(1 20rad 50deg)',
    'color(--hsl 1 1 1)',
    'rgb(calc(1) 2 3)',
    'color-mix(in srgb, red, blue)',
    'light-dark(red, blue)',
    'canvas',
    'inherit',
    'lab(1, 2, 3)',
    'oklch(1 2)',
    'oklch(1 2 50%)',
    'color(1 2 3)',
    'color(rec2100-pq 1 2 3)',
    'color(constructor 1 2 3)',
    'color(srgb 1 2)',
    'transparent',
    '#fc18',
    '#facc1580',
    '#facc15fe',
    'rgb(250 204 21 / 50%)',
    'rgba(250, 204, 21, .5)',
    'rgb(1 2 3 / none)',
    'lab(50 1 2 / none )',
    'lab(100% 0 0 / 40%)',
    'hwb(0 0% 0% / 0)',
    'color(srgb 0 1 0 / .99)',
    'currentcolor',
    'constructor',
    '__proto__',
    'var(--x)',
    'url(x)',
    'red;}',
    `#fff${' '.repeat(200)}`,
  ])('refuses %j', (text) => {
    expect(parseColor(text)).toBeUndefined();
  });

  it('gives back the same eight bits for every channel value', () => {
    fc.assert(
      fc.property(fc.tuple(channel, channel, channel), (rgb) => {
        const hex = rgbToHex(rgb as Rgb);
        expect(hexOf(hex)).toBe(hex);
        expect(hexOf(`rgb(${rgb.join(' ')})`)).toBe(hex);
      }),
      { numRuns: 500 },
    );
  });

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^(rgb|hsl|hwb|lab|oklch|color)\([\d ,./%a-z-]{0,40}\)$/)),
        (text) => {
          const colour = parseColor(text);
          if (colour) expect(hslToHex(colour)).toMatch(/^#[\da-f]{6}$/);
        },
      ),
    );
  });
});
