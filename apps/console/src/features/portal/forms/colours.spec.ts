import { defaultTheme, hslToHex } from '@balcao/theming';
import { describe, expect, it } from 'vitest';
import { coloursOf, suggestDark, themeOf } from './colours.js';

const typed = {
  primaryLight: 'rgb(33, 78, 161)',
  primaryDark: 'not a colour',
  secondaryLight: '',
  secondaryDark: '',
  accentLight: '#FACC15',
  accentDark: '',
};

describe('colours of a portal', () => {
  it('read what CSS reads and keep the stored colour where nothing can be read', () => {
    const theme = themeOf(typed, defaultTheme);
    expect(hslToHex(theme.light.primary)).toBe('#214ea1');
    expect(theme.dark.primary).toEqual(defaultTheme.dark.primary);
    expect(hslToHex(theme.light.accent!)).toBe('#facc15');
    expect(theme.light.secondary).toBeNull();
  });

  it('come back as they were stored', () => {
    const theme = themeOf(typed, defaultTheme);
    expect(coloursOf(theme)).toMatchObject({ primaryLight: '#214ea1', accentLight: '#facc15', secondaryDark: '' });
  });

  it('suggest a light tone of the same hue for the dark theme', () => {
    expect(suggestDark('#214ea1')).toMatch(/^#[0-9a-f]{6}$/);
    expect(suggestDark('#ffffff')).toBe('#ffffff');
    expect(suggestDark('nothing')).toBeUndefined();
  });
});
