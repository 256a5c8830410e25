import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { drawable } from './drawable-text.js';
import { isDrawable } from './fonts.js';

describe('a text that documents can show', () => {
  it.each([
    [
      'what is written in Portuguese, as it is',
      'Ação de 5% às 9h: “não” – R$ 1.234,56',
      'Ação de 5% às 9h: “não” – R$ 1.234,56',
    ],
    ['letters and their marks as one', 'Sa\u0303o', 'São'],
    ['a hyphen that does not break', 'segunda\u2011feira', 'segunda-feira'],
    ['spaces of every width as one that is copied as such', 'R$\u00a01\u202f2\u20093', 'R$ 1 2 3'],
    ['without pictures, and without the space that stood before them', 'Fibra 🚀 já 👩‍🚀', 'Fibra já'],
    ['without flags and tones', 'Brasil 🇧🇷 👍🏽!', 'Brasil !'],
    ['a digit of a key cap', '1️⃣ um', '1 um'],
    ['signs that the font has, though they are pictures too', '✓ ™ ↔️', '✓ ™ ↔'],
    ['without what nobody sees', 'a\u200bb\u00adc\u202ed\ufeff', 'abcd'],
    ['wide and mathematical letters plainer', 'ＡＢＣ 𝐁𝐨𝐥𝐝 ﬁ', 'ABC Bold fi'],
    ['a letter without a mark that the font has no place for', 'a\u20ddb', 'ab'],
    ['what is missing as such', 'نجمة 星', '???? ?'],
    ['lines', 'um\r\ndois\u2028três', 'um\ndois\ntrês'],
  ])('%s', (_, text, shown) => {
    expect(drawable(text)).toBe(shown);
  });

  it('has a glyph for everything in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const character of drawable(text))
          expect(character === '\n' || isDrawable(character.codePointAt(0)!)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('stays as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(drawable(drawable(text))).toBe(drawable(text));
      }),
      { numRuns: 500 },
    );
  });
});
