import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SLUG_PATTERN, freeName, slugFrom } from './slug.js';

describe('a slug', () => {
  it.each([
    ['Wi-Fi fraco: onde pôr o roteador', 'wi-fi-fraco-onde-por-o-roteador'],
    ['  Ligações & cobranças!  ', 'ligacoes-cobrancas'],
    ['日本語', 'artigo'],
    ['', 'artigo'],
    [`${'palavra '.repeat(30)}`, 'palavra-palavra-palavra-palavra-palavra-palavra-palavra-palavra-palavra-palavra'],
    ['x'.repeat(300), 'x'.repeat(80)],
  ])('of %j is %s', (title, slug) => {
    expect(slugFrom(title, 'artigo')).toBe(slug);
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
