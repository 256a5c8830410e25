import { describe, expect, it } from '@jest/globals';
import { costRatio, IN_PROPORTION } from '@balcao/contracts/testing';
import { renderArticle, type RenderedArticle } from './markdown.js';

function rendered(source: string): RenderedArticle {
  const article = renderArticle(source);
  if ('exceeds' in article) throw new Error(`too much of ${article.exceeds}`);
  return article;
}
const renderMarkdown = (source: string) => rendered(source).html;
const plainText = (source: string) => rendered(source).text;

/** Vectors of the usual collections: each must come out without anything that runs, loads or styles. */
const ATTACKS = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java\nscript:alert(1))',
  '[x](&#106;avascript:alert(1))',
  '[x](&#x6A;avascript&colon;alert(1))',
  '[x](javascript&#58;alert(1))',
  '[x](\u0001javascript:alert(1))',
  '[x](vbscript:msgbox(1))',
  '[x](data:text/html;base64,PHNjcmlwdD4=)',
  '![x](javascript:alert(1))',
  '![x](data:image/svg+xml;base64,PHN2Zz4=)',
  '![x"onerror="alert(1)](https://example.com/a.png)',
  '![x](https://example.com/a.png"onerror="alert(1))',
  '[x](https://example.com "\\" onmouseover=\\"alert(1)")',
  '<javascript:alert(1)>',
  '[x][1]\n\n[1]: javascript:alert(1)',
  '```"><script>alert(1)</script>\ncode\n```',
  '```js" onclick="alert(1)\ncode\n```',
  '# <img src=x onerror=alert(1)>',
  '[x](/\\evil.example)',
  '![x](//evil.example/a.png)',
  '| a |\n|---|\n| <iframe src=javascript:alert(1)> |',
  '`<script>alert(1)</script>`',
  '<style>*{color:red}</style>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '<!-- --><script>alert(1)</script>',
];
const ALLOWED_TAGS = new Set([
  'a',
  'blockquote',
  'br',
  'code',
  'em',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'hr',
  'img',
  'li',
  'ol',
  'p',
  'pre',
  's',
  'strong',
  'table',
  'tbody',
  'td',
  'th',
  'thead',
  'tr',
  'ul',
]);
const ALLOWED_ATTRIBUTES = new Set([
  'href',
  'rel',
  'title',
  'src',
  'alt',
  'loading',
  'referrerpolicy',
  'id',
  'class',
  'align',
  'start',
]);

/** Tags and attributes as a browser's tokenizer would find them; quoted values cannot hold a quote or an angle. */
function inspect(html: string) {
  const tags = [...html.matchAll(/<\/?([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"<>]*")?)*)\s*\/?>/gi)];
  const rest = html.replace(/<\/?[a-z][a-z0-9]*(?:\s+[a-z-]+(?:="[^"<>]*")?)*\s*\/?>/gi, '');
  const attributes = tags.flatMap(([, , list]) =>
    [...(list ?? '').matchAll(/([a-z-]+)(?:="([^"]*)")?/gi)].map(([, name, value]) => ({
      name: name!,
      value: value ?? '',
    })),
  );
  return { tags: tags.map(([, name]) => name!.toLowerCase()), attributes, rest };
}

describe('rendered Markdown', () => {
  it.each(ATTACKS)('is harmless: %s', (source) => {
    const { tags, attributes, rest } = inspect(renderMarkdown(source));
    expect(rest).not.toMatch(/[<>]/);
    for (const tag of tags) expect(ALLOWED_TAGS).toContain(tag);
    for (const { name, value } of attributes) {
      expect(ALLOWED_ATTRIBUTES).toContain(name);
      if (name === 'href' || name === 'src')
        expect(decodeURIComponent(value)).not.toMatch(/^\s*[a-z+.-]*(script|data)\s*:/i);
    }
  });

  it('links without handing over the opener or a good word', () => {
    expect(renderMarkdown('[site](https://example.com/a)')).toBe(
      '<p><a href="https://example.com/a" rel="noopener nofollow">site</a></p>\n',
    );
  });

  it.each(['mailto:a@b.example', 'tel:+551932324455', '/portal/tickets', '#s-x', 'http://example.com', 'outro-artigo'])(
    'may link to %s',
    (target) => {
      expect(renderMarkdown(`[x](${target})`)).toContain(`href="${target}"`);
    },
  );

  it.each(['//evil.example/x', 'ftp://example.com', 'file:///etc/passwd', 'blob:x', 'intent://x'])(
    'may not link to %s',
    (target) => {
      expect(renderMarkdown(`[x](<${target}>)`)).not.toContain('href');
    },
  );

  it('takes pictures over https and from its own site, and says the others in words', () => {
    expect(renderMarkdown('![modem](https://example.com/a.png)')).toContain(
      '<img src="https://example.com/a.png" alt="modem"',
    );
    expect(renderMarkdown('![modem](/files/a.png)')).toContain('<img src="/files/a.png"');
    expect(renderMarkdown('![modem <x>](http://example.com/a.png)')).toBe('<p>modem &lt;x&gt;</p>\n');
  });

  it('begins headings at the second level and gives each an anchor of its own', () => {
    expect(renderMarkdown('# Passo a passo\n\n## Passo a passo\n\n### Ligação')).toBe(
      '<h2 id="s-passo-a-passo">Passo a passo</h2>\n<h2 id="s-passo-a-passo-2">Passo a passo</h2>\n<h3 id="s-ligacao">Ligação</h3>\n',
    );
  });

  it.each([
    ['#instalacao', '#s-instalacao'],
    ['#instalação', '#s-instalacao'],
    ['#Instala%C3%A7%C3%A3o', '#s-instalacao'],
    ['#s-instalacao', '#s-instalacao'],
    ['#instalacao-2', '#s-instalacao-2'],
    ['#s-bahn', '#s-s-bahn'],
    ['#%F0%9F%9A%80', '#%F0%9F%9A%80'],
    ['#はじめに', `#${encodeURIComponent('s-はじめに')}`],
    ['#Если-нет-сети', `#${encodeURIComponent('s-если-нет-сети')}`],
    ['#हिन्दी', `#${encodeURIComponent('s-हिन्दी')}`],
    ['#nowhere', '#nowhere'],
    ['#%E7', '#%E7'],
    ['#', '#'],
    ['outro-artigo#Instalação', 'outro-artigo#s-instalacao'],
    ['outro-artigo#s-x', 'outro-artigo#s-x'],
    ['./outro#x', './outro#s-x'],
    ['https://example.com/#instalacao', 'https://example.com/#instalacao'],
    ['/portal/tickets#reply', '/portal/tickets#reply'],
  ])('leads a link to %s to the heading that it names', (written, led) => {
    const headings = ['Instalação', 'Instalação', 'S-Bahn', 'はじめに', 'Если нет сети?', 'हिन्दी', '🚀', '???'];
    const html = renderMarkdown(`[x](${written})\n\n${headings.map((heading) => `## ${heading}`).join('\n\n')}`);
    expect(html).toContain(`<a href="${led}"`);
    expect([...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)).toEqual([
      's-instalacao',
      's-instalacao-2',
      's-s-bahn',
      's-はじめに',
      's-если-нет-сети',
      's-हिन्दी',
      's-x',
      's-x-2',
    ]);
  });

  it('draws tables without styles', () => {
    const html = renderMarkdown('| a | b |\n|---|--:|\n| 1 | 2 |');
    expect(html).toContain('<td align="right">2</td>');
    expect(html).not.toContain('style');
  });

  it('keeps code as it is', () => {
    expect(renderMarkdown('```sh\nping <host>\n```')).toBe(
      '<pre><code class="language-sh">ping &lt;host&gt;\n</code></pre>\n',
    );
  });

  it.each([
    ['headings', '# a\n'.repeat(201)],
    ['cells', `|a|b|\n|-|-|\n${'|1|2|\n'.repeat(2_000)}`],
    ['links', '[x](y) '.repeat(1_001)],
    ['links', '![x](y) '.repeat(1_001)],
    ['links', 'https://a.example '.repeat(1_001)],
    ['depth', '> '.repeat(60)],
    ['depth', Array.from({ length: 30 }, (_, depth) => `${'  '.repeat(depth)}- a\n`).join('')],
    ['depth', `${'*a **b '.repeat(15)}${'c** d* '.repeat(15)}`],
  ])('refuses too much of %s', (exceeds, source) => expect(renderArticle(source)).toEqual({ exceeds }));

  it.each([
    '# a\n'.repeat(200),
    '[x](y) '.repeat(1_000),
    Array.from({ length: 20 }, (_, depth) => `${'  '.repeat(depth)}- a\n`).join(''),
  ])('takes as much as is allowed', (source) => expect(renderArticle(source)).toHaveProperty('html'));
});

describe('the cost of a text is in proportion to its length, whatever it is made of', () => {
  const LENGTH = 24_000;
  const of =
    (piece: string, before = '', after = '') =>
    (share: number) =>
      before + piece.repeat((LENGTH * share) / piece.length) + after;
  it.each(
    Object.entries({
      'equal headings': of('# a\n'),
      'underlined headings': of('a\n=\n'),
      'emphasis that opens': of('*a '),
      'emphasis that closes': of('a* '),
      'emphasis of two kinds': of('*a _b '),
      'strong marks': of('**'),
      'struck out': of('~~a '),
      'nested lists': (share: number) =>
        Array.from({ length: LENGTH * share * 0.02 }, (_, depth) => `${' '.repeat(depth % 40)}- a\n`).join(''),
      'flat lists': of('- a\n'),
      'numbered lists': of('1. a\n'),
      quotes: of('> a\n'),
      'quotes in one another': of('> '),
      brackets: of('['),
      'closed brackets': of('[a]'),
      links: of('[x](y) '),
      'unfinished links': of('[x]('),
      'links with angles': of('[x](<'),
      pictures: of('![x](y)'),
      'pictures in one another': of('!['),
      references: of('[a]: b\n'),
      'uses of a reference': of('[a] ', '[a]: b\n\n'),
      'rows of a table': of('|1|2|\n', '|a|b|\n|-|-|\n'),
      'a wide table': of('|', '|a|\n|-|\n'),
      tables: of('|a|\n|-|\n|b|\n\n'),
      fences: of('```\n'),
      'code of many lengths': (share: number) =>
        Array.from({ length: Math.sqrt(LENGTH * share * 2) }, (_, n) => '`'.repeat(n)).join('a'),
      'marks of code': of('`a'),
      addresses: of('https://a.example/b '),
      'beginnings of addresses': of('https://'),
      'addresses in angles': of('<https://a.example>'),
      'open angles': of('<a '),
      'comments of HTML': of('<!-- '),
      entities: of('&amp;'),
      'unfinished entities': of('&a'),
      escapes: of('\\*'),
      backslashes: of('\\'),
      'one long line': of('a'),
      'many words': of('palavra '),
      'empty lines': of('\n'),
      spaces: of(' ', 'a', 'b'),
      'line ends': of('a  \n'),
      'mail addresses': of('a@b.example '),
    }),
  )('%s', async (_kind, make) => {
    expect(await costRatio(renderArticle, make(0.25), make(1), make(4))).toBeLessThan(IN_PROPORTION);
  });
});

describe('plain text', () => {
  it('leaves the words and drops the marks', () => {
    expect(
      plainText(
        '# Título\n\nUm **texto** com [link](https://x.example) e `código`.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nping\n```',
      ),
    ).toBe('Título Um texto com link e código. a b 1 2 ping');
  });
});

describe('the beginning of a text', () => {
  it.each([
    ['Curto e inteiro', 'Curto e inteiro'],
    [
      `${'Uma frase que diz alguma coisa sobre o roteador e a rede. '.repeat(9)}`,
      `${'Uma frase que diz alguma coisa sobre o roteador e a rede. '.repeat(3)}`.trim(),
    ],
    [`Sim. ${'palavra '.repeat(60)}`, `Sim. ${'palavra '.repeat(24)}`.trim() + ' …'],
    [`${'palavra, '.repeat(60)}`, `${'palavra, '.repeat(21)}palavra …`],
    ['x'.repeat(300), `${'x'.repeat(200)} …`],
  ])('%j', (text, excerpt) => expect(rendered(text).excerpt).toBe(excerpt));

  it('cuts no character in two', () => {
    expect(rendered('😀'.repeat(300)).excerpt.isWellFormed()).toBe(true);
    expect(rendered(`x${'😀'.repeat(300)}`).excerpt.isWellFormed()).toBe(true);
  });
});
