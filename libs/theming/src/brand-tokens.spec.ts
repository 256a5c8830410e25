import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { brandTokens } from './brand-tokens.js';
import { contrast, mix } from './contrast.js';
import { rgbToHsl, type Hsl } from './hsl.js';
import { neutrals, type Mode } from './neutrals.js';
import { parseColor } from './parse-color.js';

/** `npm test -- exhaustive` looks at ten times as many colours; the corners and edges of the cube are always among them. */
const EXHAUSTIVE = process.env['EXHAUSTIVE'] === '1';
const GRID = EXHAUSTIVE ? 15 : 51;

const MODES: Mode[] = ['light', 'dark'];
const FIXTURES = ['#facc15', '#ffffff', '#000000', '#808080', '#ef4444', '#00a155'];

/** The lowest contrast of each promise, for one colour in one scheme. */
function worst(colour: Hsl, mode: Mode) {
  const tokens = brandTokens(colour, mode);
  const { bg, surface, raised, textMuted, success, warning, danger, info } = neutrals[mode];
  const surfaces = [surface, bg, raised];
  const tints = surfaces.map((background) => mix(tokens.line, background, 0.15));
  const lowest = (pairs: [string, string][]) => Math.min(...pairs.map(([one, other]) => contrast(one, other)));
  return {
    fg: lowest([tokens.brand, tokens.hover, tokens.active].map((fill) => [tokens.fg, fill])),
    lineFg: contrast(tokens.lineFg, tokens.line),
    text: lowest([...surfaces, tokens.subtle, ...tints].map((background) => [tokens.text, background])),
    line: lowest(surfaces.map((background) => [tokens.line, background])),
    focus: lowest(surfaces.map((background) => [tokens.focus, background])),
    outline: lowest(
      surfaces.map((background) => [tokens.edge === 'transparent' ? tokens.brand : tokens.edge, background]),
    ),
    onSubtle: lowest([textMuted, success, warning, danger, info].map((text) => [text, tokens.subtle])),
  };
}

function expectReadable(colour: Hsl, mode: Mode) {
  const lowest = worst(colour, mode);
  expect(lowest.fg).toBeGreaterThanOrEqual(4.5);
  expect(lowest.lineFg).toBeGreaterThanOrEqual(4.5);
  expect(lowest.text).toBeGreaterThanOrEqual(4.5);
  expect(lowest.onSubtle).toBeGreaterThanOrEqual(4.5);
  expect(lowest.line).toBeGreaterThanOrEqual(3);
  expect(lowest.focus).toBeGreaterThanOrEqual(3);
  expect(lowest.outline).toBeGreaterThanOrEqual(3);
}

describe('B.7 brandTokens', () => {
  describe.each(MODES)('in the %s scheme', (mode) => {
    it.each(FIXTURES)('keeps %s readable', (hex) => {
      expectReadable(parseColor(hex)!, mode);
    });

    it('keeps every colour of a grid over the whole cube readable', () => {
      for (let red = 0; red <= 255; red += GRID)
        for (let green = 0; green <= 255; green += GRID)
          for (let blue = 0; blue <= 255; blue += GRID) expectReadable(rgbToHsl([red, green, blue]), mode);
    });

    it('keeps any hue, saturation and lightness readable', () => {
      const colour = fc.record({
        h: fc.double({ min: 0, max: 360, noNaN: true }),
        s: fc.double({ min: 0, max: 100, noNaN: true }),
        l: fc.double({ min: 0, max: 100, noNaN: true }),
      });
      fc.assert(
        fc.property(colour, (hsl) => expectReadable(hsl, mode)),
        { numRuns: EXHAUSTIVE ? 5_000 : 100 },
      );
    });

    it('shows a difference under the pointer and while pressed', () => {
      for (const hex of FIXTURES) {
        const { brand, hover, active } = brandTokens(parseColor(hex)!, mode);
        expect(new Set([brand, hover, active]).size).toBe(3);
      }
    });
  });

  it('leaves a colour alone where it is readable already', () => {
    const tokens = brandTokens(parseColor('#214ea1')!, 'light');
    expect(tokens).toMatchObject({
      brand: '#214ea1',
      text: '#214ea1',
      line: '#214ea1',
      edge: 'transparent',
      fg: '#ffffff',
    });
  });

  it('outlines a fill that the page would swallow', () => {
    expect(brandTokens(parseColor('#ffffff')!, 'light').edge).not.toBe('transparent');
    expect(brandTokens(parseColor('#ffffff')!, 'dark').edge).toBe('transparent');
  });
});
