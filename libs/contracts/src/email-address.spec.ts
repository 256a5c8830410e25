import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { displayEmail, emailAddress, emailDomain, emailPart, loginName } from './email-address.js';

/** Spellings and the one form of each; undefined where there is none. */
const SPELLINGS: [typed: string, form: string | undefined][] = [
  ['ana@padaria.example', 'ana@padaria.example'],
  ['  Ana@PADARIA.Example\n', 'ana@padaria.example'],
  ['\ufeffana@padaria.example\u00a0', 'ana@padaria.example'],
  ['a.b+c@x.co', 'a.b+c@x.co'],
  ["o'neil@sub.example.com", "o'neil@sub.example.com"],
  ['!#$%&*+/=?^_`{|}~-@x.example', '!#$%&*+/=?^_`{|}~-@x.example'],
  ['x@1.example', 'x@1.example'],
  ['x@a--b.example', 'x@a--b.example'],
  [`${'a'.repeat(64)}@x.example`, `${'a'.repeat(64)}@x.example`],
  [`a@${'x'.repeat(63)}.example`, `a@${'x'.repeat(63)}.example`],
  // International domains: every spelling of one name is one address.
  ['ana@ação.example', 'ana@xn--ao-siap.example'],
  ['ana@AÇÃO.example', 'ana@xn--ao-siap.example'],
  ['ana@ac\u0327a\u0303o.example', 'ana@xn--ao-siap.example'],
  ['ana@xn--ao-siap.example', 'ana@xn--ao-siap.example'],
  ['ANA@XN--AO-SIAP.EXAMPLE', 'ana@xn--ao-siap.example'],
  ['ana@sub.ação.example', 'ana@sub.xn--ao-siap.example'],
  ['ana@ação.xn--ao-siap', 'ana@xn--ao-siap.xn--ao-siap'],
  ['a@faß.example', 'a@xn--fa-hia.example'],
  ['a@fass.example', 'a@fass.example'],
  ['a@οδος.example', 'a@xn--pxavbm.example'],
  ['a@ΟΔΟΣ.example', 'a@xn--pxavbq.example'],
  ['a@почта.рф', 'a@xn--80a1acny.xn--p1ai'],
  ['a@ПОЧТА.РФ', 'a@xn--80a1acny.xn--p1ai'],
  ['a@例え.テスト', 'a@xn--r8jz45g.xn--zckzah'],
  ['a@مثال.إختبار', 'a@xn--mgbh0fb.xn--kgbechtv'],
  ['a@उदाहरण.परीक्षा', 'a@xn--p1b6ci4b4b3a.xn--11b5bs3a9aj6g'],
  ['a@İ.example', 'a@xn--i-9bb.example'],
  // What others would read as another address.
  ['ana@pad\u200baria.example', undefined],
  ['ana@pad\u00adaria.example', undefined],
  ['ana@pad\u2060aria.example', undefined],
  ['ana@pad\ufe0faria.example', undefined],
  ['ana@padaria\u200d.example', undefined],
  ['ana@\u202epadaria.example', undefined],
  ['ana@padaria.example\u200b', undefined],
  ['\u200bana@padaria.example', undefined],
  ['a\u200bna@padaria.example', undefined],
  ['ana@ｐａｄａｒｉａ.example', undefined],
  ['ana@padaria。example', undefined],
  ['ana@padaria．example', undefined],
  ['ana@padaria｡example', undefined],
  ['ana@ﬁx.example', undefined],
  ['ana@ſ.example', undefined],
  ['ana@straẞe.example', undefined],
  ['ana@½.example', undefined],
  ['ana＠padaria.example', undefined],
  ['ana@pad%61ria.example', undefined],
  // Local parts that hardly any server takes.
  ['"g h"@x.example', undefined],
  ['"gh"@x.example', undefined],
  ['""@x.example', undefined],
  ['joão@x.example', undefined],
  ['\u212aate@x.example', undefined],
  ['.a@x.example', undefined],
  ['a.@x.example', undefined],
  ['a..b@x.example', undefined],
  ['a b@x.example', undefined],
  ['a\\b@x.example', undefined],
  ['a(b)@x.example', undefined],
  ['a@b@x.example', undefined],
  [`${'a'.repeat(65)}@x.example`, undefined],
  // Domains that are none.
  ['', undefined],
  ['ana', undefined],
  ['@x.example', undefined],
  ['ana@', undefined],
  ['ana@localhost', undefined],
  ['a@x..example', undefined],
  ['a@.x.example', undefined],
  ['a@x.example.', undefined],
  ['a@-x.example', undefined],
  ['a@x-.example', undefined],
  ['a@x_y.example', undefined],
  ['a@1.2.3.4', undefined],
  ['a@0x7f.1', undefined],
  ['a@x.0x1f', undefined],
  ['a@[127.0.0.1]', undefined],
  ['a@[::1]', undefined],
  ['a@x.example:25', undefined],
  ['a@x.example/y', undefined],
  ['a@x.example?y', undefined],
  ['a@x.example#y', undefined],
  ['a@xn--abc.example', undefined],
  ['a@xn--fass-.example', undefined],
  ['a@xn--.example', undefined],
  [`a@${'x'.repeat(64)}.example`, undefined],
  [`a@${'x.'.repeat(124)}example`, undefined],
  [`${'a'.repeat(64)}@${`${'x'.repeat(60)}.`.repeat(3)}example`, undefined],
  // More than one, or more than an address.
  ['a@x.example,b@y.example', undefined],
  ['a@x.example;b@y.example', undefined],
  ['<a@x.example>', undefined],
  ['Ana <a@x.example>', undefined],
  ['a@x.example\r\nBcc: b@y.example', undefined],
  ['a@x.example\nb', undefined],
  ['a@x.ex\nample', undefined],
  ['a@x\t.example', undefined],
  ['a\0@x.example', undefined],
  ['a@x.exam\u2028ple', undefined],
  ['\ud800@x.example', undefined],
  ['a@\ud800.example', undefined],
];

/** Domains of letters that are easily mistaken, and of those that browsers take out. */
const domains = fc.oneof(
  fc.domain(),
  fc.string({ unit: fc.constantFrom(...'aAçÇßẞσΣςıİKſａ\u0327\u0303\u200b\u200d\u00ad。.-1'), maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }).map((label) => `${label}.example`),
);
const typed = fc.oneof(
  fc.tuple(fc.string({ unit: fc.constantFrom(...'aA.+"é '), maxLength: 6 }), domains).map((parts) => parts.join('@')),
  fc.emailAddress(),
  fc.string({ unit: 'binary' }),
);

describe('emailAddress', () => {
  it.each(SPELLINGS)('S0.11 %j is %j', (spelling, form) => {
    expect(emailAddress(spelling)).toBe(form);
  });

  it('is its own form, in plain ASCII, however it was typed', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const form = emailAddress(text);
        if (form === undefined) return;
        expect(form).toMatch(/^[!-~]{3,254}$/);
        expect(form).toBe(form.toLowerCase());
        for (const other of [form, form.toUpperCase(), ` ${form}\n`, text.normalize('NFD'), text.normalize('NFC')])
          expect(emailAddress(other)).toBe(form);
      }),
      { numRuns: 3_000 },
    );
  });

  it('shows what leads back to the same address', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const form = emailAddress(text);
        if (form !== undefined) expect(emailAddress(displayEmail(form))).toBe(form);
      }),
      { numRuns: 3_000 },
    );
  });

  it('takes two domains for one only where they differ in case and composition', () => {
    fc.assert(
      fc.property(domains, domains, (one, other) => {
        const form = emailDomain(one);
        if (form === undefined || form !== emailDomain(other) || /xn--/i.test(one + other)) return;
        const folded = (text: string) => text.trim().normalize('NFC').toUpperCase();
        expect(folded(other)).toBe(folded(one));
      }),
      { numRuns: 3_000 },
    );
  });

  it('is quick with what no address has', () => {
    const began = performance.now();
    emailAddress(`a@${'x-'.repeat(50_000)}!`);
    emailAddress('a.'.repeat(50_000));
    emailAddress(`${'a.'.repeat(400)}@`);
    emailAddress(`a@${'x.'.repeat(400)}`);
    expect(performance.now() - began).toBeLessThan(100);
  });
});

describe('displayEmail', () => {
  it.each([
    ['ana@xn--ao-siap.example', 'ana@ação.example'],
    ['ana@padaria.example', 'ana@padaria.example'],
    ['a@xn--80a1acny.xn--p1ai', 'a@почта.рф'],
    ['a@xn--r8jz45g.xn--zckzah', 'a@例え.テスト'],
    // Latin with one Cyrillic letter: аpple.
    ['a@xn--pple-43d.example', 'a@xn--pple-43d.example'],
    ['a@xn--abc.example', 'a@xn--abc.example'],
    ['no address', 'no address'],
  ])('shows %s as %s', (address, shown) => {
    expect(displayEmail(address)).toBe(shown);
  });
});

describe('loginName', () => {
  it.each([
    [' Ana@AÇÃO.example ', 'ana@xn--ao-siap.example'],
    [' Caf\u0065\u0301 ', 'café'],
    ['ana', 'ana'],
  ])('reads %j as %j', (text, name) => {
    expect(loginName(text)).toBe(name);
  });
});

describe('emailPart', () => {
  it.each([
    ['Ana@ação.example', 'ana@xn--ao-siap.example'],
    ['@AÇÃO', '@xn--ao-siap'],
    ['ação.exa', 'xn--ao-siap.exa'],
    ['padar', 'padar'],
    ['ana@', 'ana@'],
    ['50%_\\', '50%_\\'],
    ['', ''],
  ])('looks for %j as %j', (text, part) => {
    expect(emailPart(text)).toBe(part);
  });
});
