import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileCustomCss } from './custom-css.js';

/** `npm test -- exhaustive` tries ten times as many. */
const RUNS = process.env['EXHAUSTIVE'] === '1' ? 5_000 : 500;

const css = (source: string) => {
  const { css: compiled, problems } = compileCustomCss(source);
  if (problems) throw new Error(JSON.stringify(problems));
  return compiled;
};
const reasons = (source: string) => compileCustomCss(source).problems?.map(({ line, reason }) => `${line} ${reason}`);
const PNG =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
const KEPT = `/pictures/${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}/${'0'.repeat(32)}.png`;

describe('S3.45 a tenant’s stylesheet is confined to the page', () => {
  it.each([
    ['.card{color:red}', ':where(#app) .card{color:red}'],
    ['.a, .b > .c{color:red}', ':where(#app) .a,:where(#app) .b>.c{color:red}'],
    ['*{color:red}', ':where(#app) *{color:red}'],
    [':root{--brand:red}', ':where(#app){--brand:red}'],
    ['body .a{color:red}', ':where(#app) .a{color:red}'],
    ['html > .a{color:red}', ':where(#app)>.a{color:red}'],
    ['body::before{content:""}', ':where(#app)::before{content:""}'],
    ['.dark .a{color:red}', ':where(.dark #app) .a{color:red}'],
    ['.dark{color:red}', ':where(.dark #app){color:red}'],
    ['.light body{color:red}', ':where(.light #app){color:red}'],
    ['.dark.a{color:red}', ':where(#app) .dark.a{color:red}'],
    ['@media (width>600px){.a{color:red}}', '@media (width>600px){:where(#app) .a{color:red}}'],
    ['@supports (display:grid){.a{color:red}}', '@supports (display:grid){:where(#app) .a{color:red}}'],
    [
      '@keyframes portal-in{from{opacity:0}50%,to{opacity:1}}',
      '@keyframes portal-in{from{opacity:0}50%,to{opacity:1}}',
    ],
    [`.a{background:url("${PNG}")}`, `:where(#app) .a{background:url(${PNG})}`],
    ['.a{;color:red;;}', ':where(#app) .a{;color:red;;}'],
    ['@supports selector(:has(a)){.a{color:red}}', '@supports selector(:has(a)){:where(#app) .a{color:red}}'],
    ['@supports (selector(:has(a))){.a{x:y}}', '@supports (selector(:has(a))){:where(#app) .a{x:y}}'],
    [
      '@supports (display:grid) and (not (display:inline-grid)){.a{x:y}}',
      '@supports (display:grid) and (not (display:inline-grid)){:where(#app) .a{x:y}}',
    ],
    ['.a{color:red !IMPORTANT}', ':where(#app) .a{color:red!IMPORTANT}'],
    ['.cabeçalho{--tamanho-médio:1px}', ':where(#app) .cabeçalho{--tamanho-médio:1px}'],
    ['.a{content:"“a”\u00a0— b"}/* “a” — b */', ':where(#app) .a{content:"“a”\u00a0— b"}'],
    ['/* words */', ''],
    ['/**/.a{x:y}', ':where(#app) .a{x:y}'],
  ])('%s', (source, compiled) => expect(css(source)).toBe(compiled));
});

describe('S3.45 what is not known to be harmless is refused, with its line', () => {
  it.each([
    ['@import "https://evil.example/x.css";', '1 at_rule'],
    ['@IMPORT url(//evil.example);', '1 at_rule'],
    ['@font-face{font-family:x;src:url(https://evil.example/x)}', '1 at_rule'],
    ['@charset "utf-7";', '1 at_rule'],
    ['@layer base{.a{color:red}}', '1 at_rule'],
    ['@property --x{syntax:"*";inherits:false}', '1 at_rule'],
    ['@media print{@import "x";}', '1 at_rule'],
    ['.a{}\n.b{background:url(https://evil.example/?x)}', '2 url'],
    ['.a{background:url(//evil.example/x)}', '1 url'],
    ['.a{background:url(/api/v1/portal/auth/logout)}', '1 url'],
    ['.a{background:url(data:image/svg+xml,<svg/>)}', '1 url'],
    ['.a{background:url("data:text/html,x")}', '1 url'],
    ['.a{background:url("data:image/svg+xml;base64,PHN2Zz4=")}', '1 url'],
    ['.a{background:url("data:image/png;base64,PHN2Zz4=")}', '1 url'],
    ['.a{background:url("data:image/png;base64,iVBORw0KGgoAAAANSUhEUg==")}', '1 url'],
    [`.a{background:url("${KEPT}")}`, '1 url'],
    ['.a{--x:url(https://evil.example)}', '1 url'],
    ['.a{color:var(--x,url(https://evil.example))}', '1 url'],
    ['@supports (background:url(https://evil.example)){.a{color:red}}', '1 url'],
    ['.a{background:image-set("https://evil.example" 1x)}', '1 function'],
    ['.a{background:-webkit-image-set("https://evil.example" 1x)}', '1 function'],
    ['.a{background:src("https://evil.example")}', '1 function'],
    ['.a{width:EXPRESSION(1)}', '1 function'],
    ['.a{background:element(#x)}', '1 function'],
    ['.a{background:u\\rl(https://evil.example)}', '1 escape'],
    ['.a{background:\\75rl(https://evil.example)}', '1 escape'],
    ['@\\69mport "x";', '1 escape'],
    ['.a{behavior:none}', '1 property'],
    ['.a{-moz-binding:none}', '1 property'],
    ['.a{.b &{color:red}}', '1 syntax'],
    ['.a{&:hover{color:red}}', '1 nesting'],
    ['.a{@media print{color:red}}', '1 nesting'],
    [':root ~ .a{color:red}', '1 selector'],
    ['body + .a{color:red}', '1 selector'],
    ['.dark ~ .a{color:red}', '1 selector'],
    ['> .a{color:red}', '1 selector'],
    ['svg|a{color:red}', '1 selector'],
    ['@keyframes spin{to{opacity:0}}', '1 animation'],
    ['@-webkit-keyframes x{to{opacity:0}}', '1 at_rule'],
    ['.a{color:red', '1 syntax'],
    ['.a{}}', '1 syntax'],
    ['<!-- .a{} -->', '1 syntax'],
    ['</style><script>alert(1)</script>', '1 syntax'],
    ['.a{color red}', '1 syntax'],
    ['\n\n.a,{color:red}', '3 syntax'],
    ['.a{content:"x\n}', '1 syntax'],
    ['@media{.a{color:red}}', '1 syntax'],
    ['.card{color:red}\n/* cabeçalho\n.header{color:red}', '2 comment'],
    ['.a{color:red}\n/*', '2 comment'],
    ['.a{color:red}\n/*/', '2 comment'],
    ['.a{--x:1px /* y; color:red}', '1 comment'],
    ['\n.card\u00a0{color:red}', '2 character'],
    ['.card{\n\u00a0color:red}', '2 character'],
    ['.card{\u200bmargin:0}', '1 character'],
    ['.card{\u3000margin:0}', '1 character'],
    ['.a{font-family:“Lato”}', '1 character'],
    ['.a{margin:−4px}', '1 character'],
    ['.a{color:var(—x)}', '1 character'],
    ['.a｛color:red}', '1 character'],
    ['.a{color:red !importante}', '1 syntax'],
    ['\n@supports (a b){.x{color:red}}', '2 syntax'],
    ['@supports a{.x{color:red}}', '1 syntax'],
    ['@supports (a:b) and (c:d) or (e:f){.x{color:red}}', '1 syntax'],
    ['@supports (not (a b)){.x{color:red}}', '1 syntax'],
    ['@supports selector(a;b){.x{color:red}}', '1 syntax'],
    ['@supports (not (background:url(https://evil.example))){.a{color:red}}', '1 url'],
    ['@supports font-tech(color-COLRv1){.x{color:red}}', '1 syntax'],
    [`.a${':not(.a'.repeat(200)}`, '1 depth'],
  ])('%s', (source, reason) => expect(reasons(source)).toContain(reason));

  it.each([
    ['.a{}\n  .b{color:x(1)}', 2, 12],
    ['.a{}\r\n\r\n@import "x";', 3, 1],
    ['.a{}\n body + .a{color:red}', 2, 2],
    ['.a{}\n @keyframes x{}', 2, 2],
    ['.a{}\n.b{', 2, 4],
  ])('%j is at line %i, column %i', (source, line, column) =>
    expect(compileCustomCss(source).problems![0]).toMatchObject({ line, column }),
  );

  it('names problems of every kind at once, each place once', () => {
    const source = '.a{color red}\n.b{background:url(//evil.example)}\n.c{width:1\\px}\n@import "x";\nbody + .d{}';
    expect(reasons(source)).toEqual(['1 syntax', '2 url', '3 escape', '4 at_rule', '5 selector']);
  });

  it('names characters that look like others', () => {
    const found = (source: string) => compileCustomCss(source).problems!.map((problem) => problem.found);
    expect(found('.a{\n  color:\u00a0red;margin:−4px}')).toEqual(['U+00A0', '− (U+2212)']);
    expect(compileCustomCss('.a{\n  color:\u00a0red}').problems![0]).toMatchObject({ line: 2, column: 9 });
  });

  it('quotes what was found in one line', () => {
    expect(compileCustomCss('@font-face {\n  font-family:\tx;\n}').problems![0]!.found).toBe(
      '@font-face { font-family: x; }',
    );
  });

  it('names every problem, at most twenty', () => {
    const source = '.a{background:url(https://evil.example)}\n'.repeat(50);
    expect(compileCustomCss(source).problems).toHaveLength(20);
    expect(compileCustomCss(source).problems![1]).toEqual({
      line: 2,
      column: 15,
      reason: 'url',
      found: 'url(https://evil.example)',
    });
  });
});

describe('S3.45 whatever is typed', () => {
  const PIECES = [
    ...[
      '@import',
      '@media',
      '@supports',
      '@keyframes portal-x',
      '@layer',
      '@font-face',
      'url(',
      'u\\72l(',
      'image-set(',
    ],
    ...['"https://evil.example"', "'//evil.example'", 'https://evil.example', 'data:image/png;base64,', 'expression('],
    ...[
      '{',
      '}',
      '(',
      ')',
      '[',
      ']',
      ';',
      ':',
      ',',
      '/*',
      '*/',
      '<!--',
      '-->',
      '\\',
      '\n',
      ' ',
      '!important',
      '"',
      "'",
    ],
    ...['.a', '#b', 'body', ':root', '.dark', '&', '>', '~', '+', '*', '::before', ':not(', 'var(--x,', '--x', 'color'],
    ...['red', 'behavior', 'src', '1px', '50%', 'from', '</style>', '\u0000', '\u2028', '💥', '|', '@'],
  ];
  const SELECTORS = [
    '.a',
    '#b',
    'body',
    ':root',
    '.dark',
    '>',
    '~',
    '+',
    ' ',
    ',',
    '*',
    '::before',
    ':not(.x)',
    ':is(html)',
  ];
  SELECTORS.push('[href^="x"]', ':has(> img)', 'html', '#app', '.light', '|', 'svg');
  const PROPERTIES = ['color', '--x', 'background', 'behavior', 'src', 'content', 'animation-name', '-moz-binding'];
  const VALUES = [
    'red',
    'var(--x)',
    'calc(1px + 2%)',
    '"\\201c"',
    'url(https://evil.example)',
    'url("//evil.example")',
  ];
  VALUES.push(PNG, `url(${PNG})`, 'expression(1)', 'image-set("https://evil.example" 1x)', 'spin', '#fff', '{}', '');
  VALUES.push('linear-gradient(red,blue)', 'u\\rl(x)', 'var(--x,url(/x))', 'attr(href)', 'rgb(1 2 3/50%)', 'a b, c');
  const scraps = fc
    .array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...PIECES) }, fc.string({ maxLength: 5 })), {
      maxLength: 40,
    })
    .map((pieces) => pieces.join(''));
  const selector = fc
    .array(fc.constantFrom(...SELECTORS), { minLength: 1, maxLength: 4 })
    .map((pieces) => pieces.join(''));
  const declaration = fc
    .tuple(fc.constantFrom(...PROPERTIES), fc.constantFrom(...VALUES), fc.constantFrom('', ' ', '!important', ';'))
    .map(([property, value, end]) => `${property}:${value}${end}`);
  const rule = fc
    .tuple(selector, fc.array(declaration, { maxLength: 3 }))
    .map(([selectors, declarations]) => `${selectors}{${declarations.join(';')}}`);
  const sheet = fc
    .array(
      fc.oneof(
        { weight: 5, arbitrary: rule },
        rule.map((inner) => `@media (width>1px){${inner}}`),
        rule.map((inner) => `@supports (color:red){${inner}}`),
        { weight: 1, arbitrary: scraps },
      ),
      { maxLength: 3 },
    )
    .map((rules) => rules.join('\n'));
  const hostile = fc.oneof(scraps, { weight: 4, arbitrary: sheet });

  it('nothing that is let through loads, imports or leaves the page', () => {
    let passed = 0;
    fc.assert(
      fc.property(hostile, (source) => {
        const { css: compiled } = compileCustomCss(source);
        if (compiled === undefined) return;
        passed += 1;
        expect(compiled).not.toMatch(/@import|@font-face|@layer|expression\(|image-set\(|behavior:|\bsrc[:(]/i);
        expect(compiled.replaceAll(/"[^"]*"/g, '""')).not.toMatch(/url\((?!data:image\/)|\\/i);
        for (const [, selectors = ''] of compiled.matchAll(/(?:^|[{}])([^{}@]+)\{/g)) {
          if (/^(?:from|to|[\d.]+%)/.test(selectors)) continue;
          expect(selectors).toMatch(/^:where\((?:\.(?:dark|light) )?#app\)/);
        }
      }),
      { numRuns: RUNS },
    );
    // Otherwise nothing would be proven.
    expect(passed).toBeGreaterThan(RUNS / 20);
  });

  it('what is let through is let through again', () => {
    fc.assert(
      fc.property(hostile, (source) => {
        const { css: compiled } = compileCustomCss(source);
        if (compiled === undefined) return;
        const again = compileCustomCss(compiled).css;
        expect(typeof again).toBe('string');
      }),
      { numRuns: RUNS / 5 },
    );
  });
});
