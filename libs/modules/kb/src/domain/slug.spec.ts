import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SLUG_PATTERN, freeName, slugOf } from './slug.js';

describe('an address', () => {
  it.each([
    ['Wi-Fi fraco: onde pôr o roteador', 'wi-fi-fraco-onde-por-o-roteador'],
    ['日本語', 'artigo-89abcdef'],
    ['🎉', 'artigo-89abcdef'],
    ['x'.repeat(300), 'x'.repeat(80)],
  ])('of %j is %s', (title, slug) => {
    expect(slugOf(title, 'artigo', '0190a0b1-0000-7000-8000-012389abcdef')).toBe(slug);
    expect(slug).toMatch(SLUG_PATTERN);
  });

  it.each([
    ['a a a', 'a a-2 a-3'],
    ['a-2 a a', 'a-2 a a-3'],
    ['a a a-2 a-2', 'a a-2 a-2-2 a-2-3'],
    ['a-2-2 a-2 a-2 a a', 'a-2-2 a-2 a-2-3 a a-3'],
  ])('names %s as %s', (wanted, given) => {
    const taken = new Map<string, number>();
    const names = wanted.split(' ').map((name) => freeName(name, taken));
    expect(names.join(' ')).toBe(given);
  });

  it('never gives a name twice', () => {
    const name = fc.constantFrom('a', 'a-2', 'a-3', 'a-2-2', 'a-2-3', 'b', 'b-1');
    fc.assert(
      fc.property(fc.array(name), (names) => {
        const taken = new Map<string, number>();
        expect(new Set(names.map((each) => freeName(each, taken))).size).toBe(names.length);
      }),
    );
  });
});
