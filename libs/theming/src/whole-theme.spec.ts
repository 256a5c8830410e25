import { describe, expect, it } from '@jest/globals';
import { defaultTheme } from './branding-css.js';
import { hexToHsl, hslToHex } from './hsl.js';
import { wholeTheme, type ChosenTheme } from './whole-theme.js';

const primaries = (chosen: ChosenTheme) => {
  const { light, dark } = wholeTheme(chosen);
  return [hslToHex(light.primary), hslToHex(dark.primary)];
};
const only = (mode: 'light' | 'dark', hex: string): ChosenTheme => ({ [mode]: { primary: hexToHsl(hex) } });
const hue = (hex: string) => Math.round(hexToHsl(hex).h);

describe('wholeTheme', () => {
  it.each(['#facc15', '#214ea1', '#7f1d1d'])(
    'S0.46 tones %s, chosen for the light scheme alone, for the dark one',
    (hex) => {
      const [light, dark] = primaries(only('light', hex));
      expect(light).toBe(hex);
      expect(Math.abs(hue(dark!) - hue(hex))).toBeLessThanOrEqual(1);
      expect(hexToHsl(dark!).l).toBeGreaterThanOrEqual(67);
      expect(hexToHsl(dark!).s).toBeLessThanOrEqual(80);
    },
  );

  it.each(['#facc15', '#93b4f0', '#0a0a0a'])(
    'S0.45 tones %s, chosen for the dark scheme alone, for the light one',
    (hex) => {
      const [light, dark] = primaries(only('dark', hex));
      expect(dark).toBe(hex);
      expect(Math.abs(hue(light!) - hue(hex))).toBeLessThanOrEqual(1);
      expect(hexToHsl(light!).l).toBeLessThanOrEqual(43);
    },
  );

  it('leaves what was chosen for each alone, and white is white at night', () => {
    expect(primaries({ ...only('light', '#214ea1'), ...only('dark', '#facc15') })).toEqual(['#214ea1', '#facc15']);
    expect(primaries(only('light', '#ffffff'))).toEqual(['#ffffff', '#ffffff']);
  });

  it.each([{}, undefined, { light: { primary: null }, dark: {} }])(
    "is Balcão's where nothing is chosen: %j",
    (chosen) => {
      expect(wholeTheme(chosen)).toMatchObject(defaultTheme);
    },
  );

  it('keeps the other colours where they were chosen', () => {
    const accent = hexToHsl('#ef4444');
    expect(wholeTheme({ dark: { accent } })).toMatchObject({ dark: { ...defaultTheme.dark, accent } });
  });
});
