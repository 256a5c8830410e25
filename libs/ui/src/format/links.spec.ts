import { costRatio } from '@balcao/contracts/testing';
import { describe, expect, it } from 'vitest';
import { linkParts, paragraphsOf } from './links.js';

const links = (text: string) => linkParts(text).flatMap(({ text, href }) => (href ? [[text, href]] : []));

describe('addresses in a text', () => {
  it.each<[string, string, string]>([
    ['veja https://exemplo.com.br/a?b=c#d agora', 'https://exemplo.com.br/a?b=c#d', 'https://exemplo.com.br/a?b=c#d'],
    ['(https://exemplo.com/x).', 'https://exemplo.com/x', 'https://exemplo.com/x'],
    [
      'https://pt.wikipedia.org/wiki/Balc%C3%A3o_(loja)!',
      'https://pt.wikipedia.org/wiki/Balc%C3%A3o_(loja)',
      'https://pt.wikipedia.org/wiki/Balc%C3%A3o_(loja)',
    ],
    ['www.exemplo.com.br, por favor', 'www.exemplo.com.br', 'https://www.exemplo.com.br/'],
    ['escreva a ana@padaria.example.', 'ana@padaria.example', 'mailto:ana@padaria.example'],
    ['“http://exemplo.com”', 'http://exemplo.com', 'http://exemplo.com/'],
  ])('%s', (text, shown, href) => {
    expect(links(text)).toEqual([[shown, href]]);
    expect(
      linkParts(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'http://', 'https://x', '@ana', 'a@b', 'file:///etc/passwd'])(
    '%s leads nowhere',
    (text) => expect(linkParts(text)).toEqual([{ text }]),
  );

  it('cost in proportion to the text', async () => {
    const text = (n: number) =>
      `${'a@'.repeat(n)} ${'www.'.repeat(n)} https://x.example/${')'.repeat(n)} ${'a.'.repeat(n)}@`;
    // In proportion it is 4 times as much.
    expect(await costRatio(linkParts, text(20_000), text(80_000))).toBeLessThanOrEqual(6);
  });
});

describe('paragraphs', () => {
  it('are divided by empty lines and keep their single ones', () => {
    expect(paragraphsOf('a\nb\n\n\nc\n\n  ')).toEqual([[{ text: 'a\nb' }], [{ text: 'c' }]]);
    expect(paragraphsOf('')).toEqual([]);
  });
});
