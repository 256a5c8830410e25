import { hexToHsl, hslToHex, wholeTheme } from '@balcao/theming';
import { describe, expect, it } from 'vitest';
import { chosenOf, coloursOf } from './colours.js';

const typed = {
  primaryLight: 'rgb(33, 78, 161)',
  primaryDark: 'not a colour',
  secondaryLight: '',
  secondaryDark: '',
  accentLight: '#FACC15',
  accentDark: '',
};
const stored = { dark: { primary: hexToHsl('#4abfa4') } };

describe('colours of a portal', () => {
  it('read what CSS reads and keep the stored colour where nothing can be read', () => {
    const { light, dark } = chosenOf(typed, stored);
    expect(hslToHex(light!.primary!)).toBe('#214ea1');
    expect(dark!.primary).toEqual(stored.dark.primary);
    expect(hslToHex(light!.accent!)).toBe('#facc15');
    expect(light!.secondary).toBeNull();
  });

  it('come back as they were stored', () => {
    const chosen = chosenOf(typed, stored);
    expect(coloursOf(chosen)).toMatchObject({ primaryLight: '#214ea1', accentLight: '#facc15', secondaryDark: '' });
  });

  it('S0.46 are not chosen where nothing is typed, whatever was stored', () => {
    const chosen = chosenOf({ ...typed, primaryDark: ' ' }, stored);
    expect(chosen.dark!.primary).toBeNull();
    expect(coloursOf(chosen).primaryDark).toBe('');
    expect(wholeTheme(chosen).dark.primary.h).toBe(hexToHsl('#214ea1').h);
  });
});
