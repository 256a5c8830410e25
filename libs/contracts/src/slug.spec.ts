import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SLUG, slugFrom } from './slug.js';

describe('an address made of a text', () => {
  it.each([
    ['Wi-Fi fraco: onde pôr o roteador', 'wi-fi-fraco-onde-por-o-roteador'],
    ['  Ligações & cobranças!  ', 'ligacoes-cobrancas'],
    ['  Três Irmãos & Cia. Ltda.  ', 'tres-irmaos-cia-ltda'],
    ['Ação 24h', 'acao-24h'],
    ['Straße, STRAẞE und Grüße', 'strasse-strasse-und-grusse'],
    ['Ærø, Østfold, Århus', 'aero-ostfold-arhus'],
    ['Łódź, Đorđe, Þórður, Ŧ', 'lodz-dorde-thordur-t'],
    ['Œuvre, ﬁm, ı, İstanbul', 'oeuvre-fim-i-istanbul'],
    ['Ligação', 'ligacao'],
    ['½ kg, Ⅷ, n.º 2', '1-2-kg-viii-n-o-2'],
    ['FAQ 日本語', 'faq'],
    ['日本語', ''],
    ['Привет', ''],
    ['🎉 🎉', ''],
    ['!!!', ''],
    ['', ''],
    ['palavra '.repeat(30), 'palavra-palavra-palavra-palavra-palavra-palavra-palavra-palavra-palavra-palavra'],
    ['x'.repeat(300), 'x'.repeat(80)],
    [`${'x'.repeat(79)} y`, 'x'.repeat(79)],
  ])('%j is %s', (text, slug) => expect(slugFrom(text, 80)).toBe(slug));

  it('is one, or nothing, whatever the text is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 90 }), (text, longest) => {
        const slug = slugFrom(text, longest);
        expect(slug).toMatch(/^(?:[a-z0-9]+(?:-[a-z0-9]+)*)?$/);
        expect(slug.length).toBeLessThanOrEqual(longest);
        expect(slugFrom(slug, longest)).toBe(slug);
      }),
    );
  });
});

it.each([
  ['cometa', true],
  ['a', true],
  ['', false],
  ['-a', false],
  ['a-', false],
  ['Cometa', false],
  ['a b', false],
  ['a\n', false],
  ['a'.repeat(63), true],
  ['a'.repeat(64), false],
])('%j fits as the name of a portal: %s', (text, fits) => expect(SLUG.test(text)).toBe(fits));
