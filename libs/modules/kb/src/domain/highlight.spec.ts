import { describe, expect, it } from '@jest/globals';
import { highlight, highlightedSnippet } from './highlight.js';

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

  it('is found in a long text in time', () => {
    const text = Array.from({ length: 10_000 }, (_, index) => `parcelament${index}`).join(' ');
    const began = performance.now();
    highlightedSnippet(
      text,
      Array.from({ length: 8 }, (_, index) => `pxrcelxmento${index}`),
    );
    expect(performance.now() - began).toBeLessThan(3_000);
  });
});
