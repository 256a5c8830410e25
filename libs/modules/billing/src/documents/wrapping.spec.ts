import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { evenly, wrapped } from './wrapping.js';

/** As on a typewriter. */
const measure = (text: string) => Array.from(text).length;

describe('a text in lines', () => {
  it.each([
    ['at spaces', 'um dois três', 8, ['um dois', 'três']],
    ['at line ends, with those that are empty', 'um\n\ndois', 8, ['um', '', 'dois']],
    ['within a word, behind what joins its parts', 'fatura-4390 x', 9, ['fatura-', '4390 x']],
    ['within a word without any', 'abcdefghij', 4, ['abcd', 'efgh', 'ij']],
    ['never within a letter', 'e\u0301e\u0301e\u0301', 3, ['e\u0301', 'e\u0301', 'e\u0301']],
    ['though nothing fits', 'ab', 0, ['a', 'b']],
  ] as [string, string, number, string[]][])('is parted %s', (_, text, width, lines) => {
    expect(wrapped(text, width, measure)).toEqual(lines);
  });

  it('loses nothing but spaces, and no line is too long', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (text, width) => {
        const lines = wrapped(text, width, measure);
        expect(lines.join('').replace(/ /g, '')).toBe(text.replace(/[ \n]/g, '').trimEnd());
        for (const line of lines) expect(measure(line)).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('that is one word keeps every character of it', () => {
    expect(evenly('abcdefghij', 9, measure)).toEqual(['abcdef', 'ghij']);
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 80 }), fc.integer({ min: 1, max: 20 }), (text, width) => {
        const lines = evenly(text, width, measure);
        expect(lines.join('')).toBe(text);
        expect(lines).toHaveLength(Math.ceil(text.length / width));
        for (const line of lines) expect(measure(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});
