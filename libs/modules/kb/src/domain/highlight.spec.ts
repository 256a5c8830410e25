import { describe, expect, it } from '@jest/globals';
import { Highlighter, MOST_COMPARISONS } from './highlight.js';

const highlight = (text: string, words: readonly string[]) => new Highlighter(words).whole(text);
const highlightedSnippet = (text: string, words: readonly string[]) => new Highlighter(words).snippet(text);

const searchWords = (q: string) => q.match(/[\p{L}\p{N}]+/gu) ?? [];

const marked = (text: string, q: string) =>
  highlight(text, searchWords(q))
    .filter((part) => part.marked)
    .map((part) => part.text);

describe('highlighting', () => {
  it('ignores case and accents and loses no text', () => {
    const parts = highlight('A Ligação caiu', ['ligacao']);
    expect(parts).toEqual([
      { text: 'A ', marked: false },
      { text: 'Ligação', marked: true },
      { text: ' caiu', marked: false },
    ]);
  });

  it('marks other forms of a word and what the last word begins', () => {
    expect(marked('Entenda as ligações e a ligação', 'ligação')).toEqual(['ligações', 'ligação']);
    expect(marked('A configuração do roteador', 'roteador conf')).toEqual(['configuração', 'roteador']);
    expect(marked('internacional', 'internet x')).toEqual([]);
    expect(marked('O Wi-Fi e o wifi', 'wifi')).toEqual(['Wi-Fi', 'wifi']);
    expect(marked('O Wi-Fi e o guarda-chuva', 'guarda wi-fi')).toEqual(['Wi-Fi', 'guarda-chuva']);
  });

  it('treats markup and patterns as text', () => {
    expect(highlight('<b>x</b> .*', ['.*'])).toEqual([{ text: '<b>x</b> .*', marked: false }]);
    expect(marked('<script>', 'script')).toEqual(['script']);
  });

  it('shows the surroundings of the first match', () => {
    const text = `${'nada '.repeat(100)}roteador ${'depois '.repeat(100)}`;
    const joined = highlightedSnippet(text, ['roteador'])
      .map((part) => part.text)
      .join('');
    expect(joined).toMatch(/^… nada .*roteador depois .* …$/);
    expect(joined.length).toBeLessThan(240);
  });

  it('shows the beginning where nothing matches', () => {
    expect(highlightedSnippet('Um texto curto', ['zebra'])).toEqual([{ text: 'Um texto curto', marked: false }]);
    expect(highlightedSnippet('', ['zebra'])).toEqual([]);
  });

  it('cuts no character in two', () => {
    for (const part of highlightedSnippet('😀'.repeat(400), ['zebra'])) expect(part.text.isWellFormed()).toBe(true);
  });
});

describe('S4.18 what was misspelt', () => {
  const marked = (text: string, ...words: string[]) =>
    highlight(text, words)
      .filter((part) => part.marked)
      .map((part) => part.text);

  it.each([
    ['Peça o boleto aqui', 'boletto', ['boleto']],
    ['O parcelamento vale', 'parcelamneto', ['parcelamento']],
    ['Your invoices by mail', 'invocies', ['invoices']],
    ['A instalação e o técnico', 'instalasao', ['instalação']],
    ['O bolo da festa', 'boletto', []],
    ['Um gato', 'gata', ['gato']],
    ['Uma lua', 'luz', []],
  ])('%j, %j', (text, word, found) => expect(marked(text, word)).toEqual(found));

  it('counts only where nothing is as it was typed', () => {
    expect(marked('Boleta e boleto', 'boleto')).toEqual(['Boleta', 'boleto']);
    expect(marked('Bolota e boleto', 'boleto')).toEqual(['boleto']);
  });

  it.each([
    // Each beyond two slips where the band is narrowest, and each within them.
    ['abcdefghij', 'abcdefghij', true],
    ['abcdefghij', 'abdcefghji', true],
    ['abcdefghij', 'abcdefgh', true],
    ['abcdefgh', 'abcdefghij', true],
    ['axcdefghiy', 'abcdefghij', true],
    ['axcdefghyy', 'abcdefghij', false],
    ['abxcydefghij', 'abcdefghij', true],
    ['abxcydzefghij', 'abcdefghij', false],
    ['acdefghxyij', 'abcdefghij', false],
  ])('%j is as %j: %j', (word, wanted, alike) => expect(marked(`x ${word}`, wanted)).toEqual(alike ? [word] : []));
});

describe('the work of a page', () => {
  /** A word of its own for each seed; all begin alike. */
  function letters(length: number, seed: number): string {
    let word = 'a';
    for (let state = seed + 1; word.length < length;) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      word += 'bcdefgh'[(state >>> 16) % 7];
    }
    return word;
  }
  const wanted = Array.from({ length: 9 }, (_, index) => letters(20, 100_000 + index));

  /** Pairs that are compared for a page of rows with words of their own, each as near as can be to what is searched for. */
  function comparisons(rows: number, word = (seed: number) => letters(20, seed)): number {
    const highlighter = new Highlighter(wanted);
    for (let row = 0; row < rows; row += 1)
      highlighter.snippet(Array.from({ length: 240 }, (_, index) => word(row * 240 + index)).join(' '));
    return highlighter.comparisons;
  }

  it('is bounded, whatever the texts are and however many', () => {
    expect(comparisons(1)).toBeGreaterThan(0);
    expect(comparisons(100)).toBeLessThanOrEqual(MOST_COMPARISONS);
    expect(comparisons(400)).toBeLessThanOrEqual(MOST_COMPARISONS);
  });

  it('knows a word again in another row', () =>
    expect(comparisons(100, (seed) => letters(20, seed % 240))).toBe(comparisons(1)));

  it('compares no words that begin otherwise or are of another length', () => {
    expect(comparisons(10, (seed) => `b${letters(19, seed)}`)).toBe(0);
    expect(comparisons(10, (seed) => letters(17, seed))).toBe(0);
  });

  it('grows no faster than the texts', () => {
    const time = (length: number) => {
      const text = Array.from({ length }, (_, index) => letters(20, index)).join(' ');
      const rounds = Array.from({ length: 7 }, () => {
        const began = performance.now();
        for (let row = 0; row < 10; row += 1) new Highlighter(wanted).snippet(text);
        return performance.now() - began;
      });
      return Math.min(...rounds);
    };
    time(100);
    expect(time(800) / time(200)).toBeLessThan(6);
  });

  it('still finds what is as it was typed where no more is compared', () => {
    const highlighter = new Highlighter([...wanted, 'boleto']);
    for (let row = 0; row < 50; row += 1)
      highlighter.snippet(Array.from({ length: 190 }, (_, index) => letters(20, row * 190 + index)).join(' '));
    expect(highlighter.comparisons).toBe(MOST_COMPARISONS);
    expect(highlighter.whole('O boleto').at(-1)).toEqual({ text: 'boleto', marked: true });
  });
});
