import { expect, it } from 'vitest';
import { averageColour, faintOn } from './picture-advice.js';

it.each([
  ['a dark logo that has the dark theme to itself as well', '#1c1917', ['light', 'dark'], ['faintInDark']],
  ['a dark logo beside one for the dark theme', '#1c1917', ['light'], []],
  ['a white logo', '#ffffff', ['light', 'dark'], ['faint']],
  ['a dark logo for the dark theme', '#1c1917', ['dark'], ['faint']],
  ['a colour that is seen on both', '#2f80ed', ['light', 'dark'], []],
] as const)('says where %s is hardly seen', (_what, colour, grounds, advice) => {
  expect(faintOn(colour, grounds)).toEqual(advice);
});

it('takes each pixel as much as it is opaque', () => {
  expect(averageColour([0, 0, 0, 255, 255, 255, 255, 0])).toBe('#000000');
  expect(averageColour([9, 9, 9, 0])).toBeUndefined();
});
