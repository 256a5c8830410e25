import { describe, expect, it } from '@jest/globals';
import { brandingCss, brandVariables, defaultTheme, type Theme } from './branding-css.js';
import { parseColor } from './parse-color.js';

const yellow: Theme = {
  light: { primary: parseColor('#facc15')!, accent: parseColor('#ef4444') },
  dark: { primary: parseColor('#facc15')! },
};

describe('brandingCss', () => {
  it('writes one rule for each scheme', () => {
    const [light, dark, end] = brandingCss(yellow).split('\n');
    expect(light).toMatch(/^:root,\.light\{--brand:#facc15;.*--brand-fg:#000000;.*\}$/);
    expect(dark).toMatch(/^\.dark\{--brand:#facc15;.*\}$/);
    expect(end).toBe('');
  });

  it('holds nothing but custom properties with plain colours', () => {
    for (const rule of brandingCss(yellow).trim().split('\n')) {
      const declarations = rule.slice(rule.indexOf('{') + 1, -1).split(';');
      for (const declaration of declarations) expect(declaration).toMatch(/^--[a-z-]+:(#[\da-f]{6}|transparent)$/);
    }
  });

  it('lets secondary and accent follow the primary colour until they are chosen', () => {
    const light = brandVariables(yellow, 'light');
    expect(light['--secondary-text']).toBe(light['--brand-text']);
    expect(light['--accent']).toBe('#ef4444');
    expect(brandVariables(yellow, 'dark')['--accent']).toBe('#facc15');
  });

  it('has a green of its own', () => {
    expect(brandVariables(defaultTheme, 'light')).toMatchObject({
      '--brand': '#13725c',
      '--brand-fg': '#ffffff',
    });
    expect(brandVariables(defaultTheme, 'dark')).toMatchObject({
      '--brand': '#4abfa4',
      '--brand-fg': '#000000',
    });
  });
});
