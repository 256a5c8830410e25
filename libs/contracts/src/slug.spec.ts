import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anchorFrom, isReservedSlug, SLUG, slugFrom } from './slug.js';

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

describe('a place made of a text', () => {
  it.each([
    ['Instalação & Configuração!', 'instalacao-configuracao'],
    ['はじめに ガイド', 'はじめに-ガイド'],
    ['한국어 안내', '한국어-안내'],
    ['Ещё Привет, FAQ', 'ещё-привет-faq'],
    ['हिन्दी में', 'हिन्दी-में'],
    ['مَرْحَبًا بك', 'مَرْحَبًا-بك'],
    ['🎉 ???', ''],
    ['𠮷'.repeat(50), '𠮷'.repeat(40)],
    [`x${'𠮷'.repeat(50)}`, `x${'𠮷'.repeat(39)}`],
  ])('%j is %s', (text, anchor) => expect(anchorFrom(text, 80)).toBe(anchor));
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

it.each([
  // RFC 2142
  ...['abuse', 'hostmaster', 'info', 'noc', 'postmaster', 'sales', 'security', 'support', 'webmaster'],
  // Hosts beside an installation, and numbered ones
  ...['files', 'intranet', 'mail', 'mta-sts', 'vpn', 'wpad', 'www', 'admin1', 'ns1', 'smtp-2', 'www3', 'db01'],
  // Beginnings of the product's own paths
  ...['api', 'console', 'health', 'internal', 'o', 'ops', 'pictures', 'staff'],
  'xn--ao-siap',
])('%s is nobody’s to take', (slug) => expect(isReservedSlug(slug)).toBe(true));

it.each(['aurora', 'cometa', 'admin-rural', 'mailing', 'vpn-brasil', 'loja1', 's3x', '2001', '3m'])('%s is', (slug) =>
  expect(isReservedSlug(slug)).toBe(false),
);
