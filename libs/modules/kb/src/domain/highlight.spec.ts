import { describe, expect, it } from '@jest/globals';
import { highlight, highlightedSnippet } from './highlight.js';
import { searchWords } from './search-words.js';

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
