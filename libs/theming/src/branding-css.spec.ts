import { describe, expect, it } from '@jest/globals';
import { brandingCss, brandVariables, defaultTheme, type Theme } from './branding-css.js';
import { contrast } from './contrast.js';
import { neutrals, type Mode } from './neutrals.js';
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

/** What a portal's page is read by: each front on each ground, as the stylesheet says them, and the least contrast. */
const PAIRS = [
  ['the words of a button', '--brand-fg', '--brand', 4.5],
  ['its words under the pointer', '--brand-fg', '--brand-hover', 4.5],
  ['its words while pressed', '--brand-fg', '--brand-active', 4.5],
  ['the tick of a box', '--brand-line-fg', '--brand-line', 4.5],
  ['a link on a card', '--brand-text', 'surface', 4.5],
  ['a link on the page', '--brand-text', 'bg', 4.5],
  ['a link where the pointer is', '--brand-text', 'raised', 4.5],
  ['a link on what is selected', '--brand-text', '--brand-subtle', 4.5],
  ['the initials of a person', '--secondary-text', '--secondary-subtle', 4.5],
  ['the ring of the focus on a card', '--focus', 'surface', 3],
  ['the ring of the focus on the page', '--focus', 'bg', 3],
  ['the rule of a tab', '--brand-line', 'surface', 3],
  ['the outline of a button on a card', '--brand-edge', 'surface', 3],
  ['the outline of a button on the page', '--brand-edge', 'bg', 3],
] as const;

describe.each(['#facc15', '#13725c', '#0b1d51'])('the stylesheet of the brand %s', (brand) => {
  const primary = parseColor(brand)!;
  const rules = brandingCss({ light: { primary }, dark: { primary } }).trim().split('\n');

  describe.each<Mode>(['light', 'dark'])('in the %s scheme', (mode) => {
    const colours: Record<string, string> = {
      ...neutrals[mode],
      ...Object.fromEntries(
        [...rules[mode === 'light' ? 0 : 1]!.matchAll(/(--[a-z-]+):([^;}]+)/g)].map(([, ...pair]) => pair),
      ),
    };

    it.each(PAIRS)('lets %s be seen', (_what, front, ground, least) => {
      // A fill that is seen by itself has no outline.
      const shown = colours[front] === 'transparent' ? colours['--brand']! : colours[front]!;
      expect(contrast(shown, colours[ground]!)).toBeGreaterThanOrEqual(least);
    });
  });
});
