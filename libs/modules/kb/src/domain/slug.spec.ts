import { describe, expect, it } from '@jest/globals';
import { SLUG_PATTERN, freeSlug, slugFrom } from './slug.js';

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

  it('counts up past those that are taken', () => {
    expect(freeSlug('a', new Set())).toBe('a');
    expect(freeSlug('a', new Set(['a', 'a-2']))).toBe('a-3');
  });
});
