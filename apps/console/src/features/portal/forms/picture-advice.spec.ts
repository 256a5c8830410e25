import { afterEach, expect, it, vi } from 'vitest';
import { averageColour, faintOn, hasLetters } from './picture-advice.js';

it.each([
  ['a dark logo that has the dark theme to itself as well', '#1c1917', ['light', 'dark'], ['faintInDark']],
  ['a dark logo beside one for the dark theme', '#1c1917', ['light'], []],
  ['a white logo', '#ffffff', ['light', 'dark'], ['faint']],
  ['a dark logo for the dark theme', '#1c1917', ['dark'], ['faint']],
  ['a pale logo, 1.9:1 on white', '#bcbcbc', ['light'], ['faint']],
  ['a pale logo, 1.9:1 on white, for both', '#bcbcbc', ['light', 'dark'], ['faint']],
  ['a colour that is seen on both', '#2f80ed', ['light', 'dark'], []],
] as const)('says where %s is hardly seen', (_what, colour, grounds, advice) => {
  expect(faintOn(colour, grounds)).toEqual(advice);
});

it('takes each pixel as much as it is opaque', () => {
  expect(averageColour([0, 0, 0, 255, 255, 255, 255, 0])).toBe('#000000');
  expect(averageColour([9, 9, 9, 0])).toBeUndefined();
});

afterEach(() => vi.unstubAllGlobals());

it.each([
  ['letters', 'svg', () => new Response('<svg><g><text x="1">Aurora</text></g></svg>'), true],
  ['letters without a place', 'svg', () => new Response('<svg><text>Aurora</text></svg>'), true],
  [
    'words that are not drawn',
    'svg',
    () => new Response('<svg><title>&#60;text></title><path d="M0 0"/></svg>'),
    false,
  ],
  ['paths', 'svg', () => new Response('<svg><path d="M0 0"/></svg>'), false],
  ['pixels', 'png', () => new Response('<text>'), false],
  ['nothing any more', 'svg', () => new Response('<text>', { status: 404 }), false],
  ['an answer that does not come', 'svg', () => Promise.reject(new TypeError('offline')), false],
] as const)('knows a drawing with %s', async (_what, extension, answer, expected) => {
  vi.stubGlobal('fetch', async () => answer());
  const address = `/pictures/01890a5d-ac96-774b-bcce-b302099a8057/${'0'.repeat(32)}.${extension}`;
  expect(await hasLetters(address)).toBe(expected);
});
