import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { costRatio, IN_PROPORTION } from '@balcao/contracts/testing';
import { harmlessSvg } from './harmless-svg.js';

const NS = 'xmlns="http://www.w3.org/2000/svg"';
const LINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"';
const svg = (content: string, root = '') => `<svg ${NS}${root && ` ${root}`}>${content}</svg>`;
const kept = (source: string) => {
  const { svg: written, problem } = harmlessSvg(Buffer.from(source)) as { svg?: string; problem?: unknown };
  return written ?? problem;
};
const refusedFor = (found: string) => ({ code: 'isHarmlessSvg', params: { found } });
const names = (count: number, before = '') => Array.from({ length: count }, (_, index) => `${before}a${index}`);
const EFFORT = { code: 'svgEffort' };
const NO_PICTURE = { code: 'isPicture' };

describe('a drawing is written anew from what only draws', () => {
  it.each([
    ['its shapes', svg('<path d="M0 0h4"/>', 'viewBox="0 0 4 4"'), svg('<path d="M0 0h4"/>', 'viewBox="0 0 4 4"')],
    ['one that forgot to say that it is SVG', '<svg><g/></svg>', svg('<g/>')],
    ['another prefix', '<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:g/></s:svg>', svg('<g/>')],
    ['its declaration', `<?xml version="1.0" encoding="UTF-8"?>\n<svg ${NS}/>`, `<svg ${NS}/>`],
    ['the kind of file', `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd"><svg ${NS}/>`, `<svg ${NS}/>`],
    ['a kind of file that declares nothing', `<!DOCTYPE svg [\n]><svg ${NS}/>`, `<svg ${NS}/>`],
    [
      'the namespaces of the kind of file',
      `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd" [
  <!ATTLIST svg xmlns:a CDATA #FIXED "http://ns.adobe.com/AdobeSVGViewerExtensions/3.0/"
                xmlns CDATA #IMPLIED>
  <!ATTLIST use xmlns:xlink CDATA 'http://www.w3.org/1999/xlink'>
]><svg ${NS}/>`,
      `<svg ${NS}/>`,
    ],
    ['comments', svg('<!-- <script> --><g/>'), svg('<g/>')],
    ['words', svg('<title>Açaí &amp; on air = 1 &lt;</title>'), svg('<title>Açaí &#38; on air = 1 &#60;</title>')],
    ['text that is nowhere', svg('a<g>b</g>'), svg('<g/>')],
    ['references', svg('<g id="a"/><use href="#a"/>'), svg('<g id="a"/><use href="#a"/>')],
    ['old references', svg('<use xlink:href="#a"/>', LINK), svg('<use href="#a"/>')],
    ['paint', svg('<g fill=" url( \'#a\' ) #fff"/>'), svg('<g fill=" url( &#39;#a&#39; ) #fff"/>')],
    [
      'notes of an editor',
      svg(
        '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><script/></rdf:RDF></metadata>' +
          '<i:view xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:zoom="1"><g/></i:view><g i2:label="x" xmlns:i2="x:y"/>',
      ),
      svg('<g/>'),
    ],
    ['what draws nothing', svg('<g data-x="javascript:1" role="img" xml:base="https://evil.example/"/>'), svg('<g/>')],
    [
      'a stylesheet',
      svg(
        '<style type="text/css"><![CDATA[\n.a , .b { fill : red; -x-y: 1; cursor: pointer }]]></style><g class="a"/>',
      ),
      svg('<style type="text/css">.a,.b{fill:red}</style><g class="a"/>'),
    ],
    [
      'a stylesheet for the dark',
      svg('<style>@media (prefers-color-scheme:dark){path{fill:#fff}}</style>'),
      svg('<style>@media (prefers-color-scheme:dark){path{fill:#fff}}</style>'),
    ],
    ['no mask', svg('<g mask="none" fill="inherit"/>'), svg('<g mask="none" fill="inherit"/>')],
    ['a style', svg('<g style="fill:url(#a);cursor:help"/>'), svg('<g style="fill:url(#a)"/>')],
    [
      'colours of wide screens',
      svg('<path fill="#f00" style="fill:#f00;fill:color(display-p3 1 0 0);stroke:oklch(62.8% 0.2577 29.23)"/>'),
      svg('<path fill="#f00" style="fill:#f00;fill:color(display-p3 1 0 0);stroke:oklch(62.8%0.2577 29.23)"/>'),
    ],
    ['a colour by a name with what it is else', svg('<g fill="var( --brand , #f00)"/>'), svg('<g fill="#f00"/>')],
    [
      'the same in styles',
      svg('<style>.a{fill:var(--b,rgb(1,2,3))}</style><g style="fill:VAR(--b,#f00)"/>'),
      svg('<style>.a{fill:rgb(1,2,3)}</style><g style="fill:#f00"/>'),
    ],
    ['a colour with that of a printer', svg('<g fill="#f00 icc-color(CMYK, 0, 1, 1, 0)"/>'), svg('<g fill="#f00 "/>')],
    [
      'a pattern',
      svg('<pattern id="p" width="4" height="4" patternUnits="userSpaceOnUse"><rect/></pattern><g fill="url(#p)"/>'),
      svg('<pattern id="p" width="4" height="4" patternUnits="userSpaceOnUse"><rect/></pattern><g fill="url(#p)"/>'),
    ],
    [
      'a link, which leads nowhere any more',
      svg(
        '<a href="java&#115;cript:alert(1)" xlink:href="//evil" target="_blank" fill="red"><g/></a><text><a href="/">x</a></text>',
        LINK,
      ),
      svg('<g fill="red"><g/></g><text><tspan>x</tspan></text>'),
    ],
    [
      'the choice that needs nothing',
      svg(
        '<switch><foreignObject requiredExtensions="x:y"><script/></foreignObject><g systemLanguage="pt"/><g id="a"><g/></g><g id="b"/></switch><g/>',
      ),
      svg('<g><g id="a"><g/></g></g><g/>'),
    ],
    [
      'names of namespaces',
      `<!DOCTYPE svg [<!ENTITY ns_svg "http://www.w3.org/2000/svg"><!ENTITY ns_x 'http://www.w3.org/1999/xlink'>
]><svg xmlns="&ns_svg;" xmlns:l="&ns_x;"><use l:href="#a"/></svg>`,
      svg('<use href="#a"/>'),
    ],
    ['a namespace that nobody uses', svg('<g/>', 'xmlns:h="http://www.w3.org/1999/xhtml"'), svg('<g/>')],
  ])('%s', (_what, source, written) => {
    expect(kept(source)).toBe(written);
    expect(kept(written)).toBe(written);
  });

  it.each([
    [
      'Illustrator',
      `<?xml version="1.0" encoding="utf-8"?>
<!-- Generator: Adobe Illustrator 27.0, SVG Export Plug-In -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg version="1.1" id="Layer_1" ${NS} ${LINK} x="0px" y="0px" viewBox="0 0 9 9" style="enable-background:new 0 0 9 9;" xml:space="preserve">
<style type="text/css">
	.st0{clip-path:url(#SVGID_2_);fill:url(#SVGID_3_);}
	.st1,.st2{opacity:0.5;}
</style>
<defs><rect id="SVGID_1_" width="9" height="9"/></defs>
<clipPath id="SVGID_2_"><use xlink:href="#SVGID_1_" style="overflow:visible;"/></clipPath>
<linearGradient id="SVGID_3_" gradientUnits="userSpaceOnUse" x1="0" x2="9"><stop offset="0" style="stop-color:#F00"/></linearGradient>
<path class="st0" d="M0,0h9"/>
</svg>`,
      ['.st0{clip-path:url(#SVGID_2_);fill:url(#SVGID_3_)}', '<use href="#SVGID_1_"', 'stop-color:#F00', 'class="st0"'],
    ],
    [
      'an older Illustrator',
      `<?xml version="1.0" encoding="iso-8859-1"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [
	<!ENTITY ns_extend "http://ns.adobe.com/Extensibility/1.0/">
	<!ENTITY ns_ai "http://ns.adobe.com/AdobeIllustrator/10.0/">
	<!ENTITY ns_svg "http://www.w3.org/2000/svg">
	<!ENTITY ns_xlink "http://www.w3.org/1999/xlink">
]>
<svg version="1.1" xmlns:x="&ns_extend;" xmlns:i="&ns_ai;" xmlns="&ns_svg;" xmlns:xlink="&ns_xlink;" viewBox="0 0 9 9">
<metadata><sfw xmlns="&ns_extend;"><slices/></sfw></metadata>
<switch>
	<foreignObject requiredExtensions="&ns_ai;" x="0" y="0" width="1" height="1"><i:pgfRef xlink:href="#adobe_illustrator_pgf"/></foreignObject>
	<g i:extraneous="self"><path fill="#F00" d="M0,0h9"/></g>
</switch>
<i:pgf id="adobe_illustrator_pgf"><![CDATA[eJzsvW]]></i:pgf>
</svg>`,
      ['<g><g><path fill="#F00" d="M0,0h9"/></g></g>'],
    ],
    [
      'Figma',
      `<svg width="9" height="9" viewBox="0 0 9 9" fill="none" ${NS}><g clip-path="url(#c)"><path d="M0 0h9" fill="#E11D48" style="fill:#E11D48;fill:color(display-p3 0.8824 0.1137 0.2824);fill-opacity:1;"/></g><defs><clipPath id="c"><rect width="9" height="9" fill="white" style="fill:white;fill-opacity:1;"/></clipPath></defs></svg>`,
      ['fill="#E11D48" style="fill:#E11D48;fill:color(display-p3'],
    ],
    [
      'Inkscape',
      `<svg ${NS} ${LINK} xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" width="9mm" sodipodi:docname="a.svg">
  <sodipodi:namedview id="namedview7" pagecolor="#fff" inkscape:zoom="1"><inkscape:grid type="xygrid"/></sodipodi:namedview>
  <defs><linearGradient id="a"><stop offset="0"/></linearGradient><linearGradient id="b" xlink:href="#a" inkscape:collect="always"/></defs>
  <g inkscape:label="Layer 1" inkscape:groupmode="layer"><path style="fill:url(#b);-inkscape-font-specification:Sans;stroke-width:.5" d="M0 0"/></g></svg>`,
      ['width="9mm"', '<linearGradient id="b" href="#a"/>', 'style="fill:url(#b);stroke-width:.5"'],
    ],
  ])('as %s writes it', (_program, source, parts) => {
    const written = kept(source);
    for (const part of parts) expect(written).toContain(part);
    expect(written).not.toMatch(/inkscape|sodipodi|xlink|DOCTYPE|Generator/);
  });
});

describe('a drawing is refused with', () => {
  it.each([
    ['a script', svg('<script>alert(1)</script>'), '<script>'],
    ['one by another name', svg(`<x:script xmlns:x="http://www.w3.org/2000/svg"/>`), '<x:script>'],
    ['one by a name in letters of ours', svg('<é:script xmlns:é="http://www.w3.org/2000/svg"/>'), '<é:script>'],
    [
      'one behind a long prefix',
      `<svg xmlns:${'a'.repeat(51)}="http://www.w3.org/2000/svg"><${'a'.repeat(51)}:script/></svg>`,
      `<${'a'.repeat(39)}`,
    ],
    ['a handler', svg('<g onload="alert(1)"/>'), 'onload='],
    ['one with room around', svg('<rect onload          =          "alert(1)"/>'), 'onload='],
    ['one with a tab', svg('<rect onbegin\t=\t"alert(1)"/>'), 'onbegin='],
    ['one in capitals', svg('<g ONLOAD="alert(1)"/>'), 'ONLOAD='],
    ['one of a namespace', svg('<g xlink:onload="x"/>', LINK), 'xlink:onload='],
    ['a handler as an element', svg('<handler>alert(1)</handler>'), '<handler>'],
    ['a page', svg('<foreignObject/>'), '<foreignObject>'],
    ['HTML', svg('<h:embed xmlns:h="http://www.w3.org/1999/xhtml" src="http://evil"/>'), '<h:embed>'],
    ['HTML by itself', svg('<iframe xmlns="http://www.w3.org/1999/xhtml"/>'), '<iframe>'],
    ['a link that runs', svg('<a onclick="alert(1)"/>'), 'onclick='],
    ['a script in a link', svg('<a><script/></a>'), '<script>'],
    ['a script in a choice', svg('<switch><script/></switch>'), '<script>'],
    ['a page in a choice', svg('<switch><foreignObject/><g/></switch>'), '<foreignObject>'],
    ['a page that needs something, outside of one', svg('<foreignObject requiredExtensions="x"/>'), '<foreignObject>'],
    ['a page below one', svg('<switch><g><foreignObject requiredExtensions="x"/></g></switch>'), '<foreignObject>'],
    ['a colour by a name alone', svg('<g fill="var(--x)"/>'), 'fill="var(--x)"'],
    ['a colour by a name that it has', svg('<style>*{--x:red}</style><g fill="var(--x,blue)"/>'), 'var(--x)'],
    ['one that it gets later', svg('<g style="fill:var(--x,blue)"/><g style="--x:red"/>'), 'var(--x)'],
    ['paint from elsewhere behind a name', svg('<g fill="var(--x,url(//evil))"/>'), 'fill="url(//evil)"'],
    ['one put together of names', svg('<g fill="uvar(--x,rl)(//evil)"/>'), 'fill="uvar(--x,rl)(//evil)"'],
    ['a colour of a printer alone', svg('<g fill="device-cmyk(0 1 1 0)"/>'), 'fill="device-cmyk(0 1 1 0)"'],
    ['another pattern elsewhere', svg('<pattern href="x.svg#a"/>'), 'href="x.svg#a"'],
    ['a picture in a pattern', svg('<pattern><image href="data:image/png,x"/></pattern>'), '<image>'],
    [
      'an address that has a name',
      `<!DOCTYPE svg [<!ENTITY a "http://evil.example/x">]><svg ${NS}><use href="&a;"/></svg>`,
      'href="http://evil.example/x"',
    ],
    [
      'paint that has a name',
      `<!DOCTYPE svg [<!ENTITY a "http://evil.example/x">]><svg ${NS}><g fill="url(&a;)"/></svg>`,
      'fill="url(http://evil.example/x)"',
    ],
    ...(
      [
        ['an outside one', '<!ENTITY a SYSTEM "http://evil.example/">'],
        ['a public one', '<!ENTITY a PUBLIC "x" "http://evil.example/">'],
        ['one of the kind of file', '<!ENTITY % a "http://evil.example/">'],
        ['one in another', '<!ENTITY a "http://x.example/"><!ENTITY b "http://x.example/&a;">'],
        ['a character', '<!ENTITY a "http://x.example/&#60;">'],
        ['an element', '<!ENTITY a "<script/>">'],
        ['a style', '<!ENTITY st0 "fill:red;">'],
        ['another meaning of one', '<!ENTITY lt "http://x.example/">'],
        ['a long one', `<!ENTITY a "http://x.example/${'a'.repeat(200)}">`],
        ['many', '<!ENTITY a "http://x.example/">'.repeat(51)],
      ] as const
    ).map(
      ([what, entity]) =>
        [`an entity: ${what}`, `<!DOCTYPE svg [${entity}]><svg ${NS}/>`, '<!DOCTYPE ['] as [string, string, string],
    ),
    ['a picture', svg('<image href="https://evil.example/t.png"/>'), '<image>'],
    ['a picture in a filter', svg('<filter><feImage href="#a"/></filter>'), '<feImage>'],
    ['a change', svg('<set attributeName="href" to="x"/>'), '<set>'],
    ['a movement', svg('<animate attributeName="x"/>'), '<animate>'],
    ['another file', svg('<use href="https://evil.example/x.svg#a"/>'), 'href="https://evil.example/x.svg#a"'],
    ['a file beside it', svg('<use href="x.svg#a"/>'), 'href="x.svg#a"'],
    ['an old reference to one', svg('<use xlink:href="//evil.example/x#a"/>', LINK), 'href="//evil.example/x#a"'],
    ['a drawing in itself', svg('<use href="data:image/svg+xml,x#a"/>'), 'href="data:image/svg+xml,x#a"'],
    ['a hidden name', svg('<use href="#%61"/>'), 'href="#%61"'],
    ['paint from elsewhere', svg('<g fill="url(https://evil.example/x#a)"/>'), 'fill="url(https://evil.example/x#a)"'],
    ['paint behind an escape', svg('<g fill="u\\72l(https://evil.example)"/>'), 'fill="u\\72l(https://evil.example)"'],
    ['a set of pictures', svg('<g mask="image-set(&quot;//evil&quot; 1x)"/>'), 'mask="image-set("//evil" 1x)"'],
    ['an import', svg('<style>@import "//evil.example";</style>'), '@import "//evil.example";'],
    [
      'a font',
      svg('<style>@font-face{font-family:x;src:url(//evil)}</style>'),
      '@font-face{font-family:x;src:url(//evil)',
    ],
    ['an animation', svg('<style>@keyframes x{to{opacity:0}}</style>'), '@keyframes'],
    ['an address in a stylesheet', svg('<style>.a{fill:url(//evil)}</style>'), 'url(//evil)'],
    ['an address in a style', svg('<g style="fill:url(//evil)"/>'), 'url(//evil)'],
    ['a filter in a style', svg('<g style="filter:blur(9999px)"/>'), 'blur(9999px)'],
    ['a mask of what stands above', svg('<g mask=" Inherit"/>'), 'mask=" Inherit"'],
    ['one in a style', svg('<g style="MASK:inherit"/>'), 'inherit'],
    ['one in a stylesheet', svg('<style>g{clip-path:inherit}</style>'), 'inherit'],
    ['a rule in a style', svg('<g style="fill:red}g{fill:blue"/>'), 'style="fill:red}g{fill:blue"'],
    ['a selector that looks around', svg('<style>g g{fill:red}</style>'), 'g g'],
    ['one that asks', svg('<style>:has(g){fill:red}</style>'), ':has(g)'],
    ['references of all of a kind', svg('<style>g{mask:url(#a)}</style>'), 'g{url(#a)}'],
    [
      'a stylesheet from elsewhere',
      `<?xml-stylesheet href="https://evil.example/x.css"?><svg ${NS}/>`,
      '<?xml-stylesheet',
    ],
    ['words to a program', svg('<?php x ?>'), '<?php'],
    ['an entity', `<!DOCTYPE svg [<!ENTITY a "b">]><svg ${NS}>&a;</svg>`, '<!DOCTYPE ['],
    [
      'attributes by default',
      `<!DOCTYPE svg [<!ATTLIST rect onclick CDATA "alert(1)">]><svg ${NS}><rect/></svg>`,
      '<!DOCTYPE [',
    ],
    [
      'attributes by default among namespaces',
      `<!DOCTYPE svg [<!ATTLIST svg xmlns:a CDATA #FIXED "x:y" onload CDATA "alert(1)">]><svg ${NS}/>`,
      '<!DOCTYPE [',
    ],
    [
      'an entity behind namespaces',
      `<!DOCTYPE svg [<!ATTLIST svg xmlns:a CDATA "x:y"><!ENTITY % a SYSTEM "//evil"> %a;]><svg ${NS}/>`,
      '<!DOCTYPE [',
    ],
    ['an entity in a namespace', `<!DOCTYPE svg [<!ATTLIST svg xmlns:a CDATA "&a;">]><svg ${NS}/>`, '<!DOCTYPE ['],
    ['an encoding that hides', `<?xml version="1.0" encoding="UTF-7"?><svg ${NS}/>`, 'UTF-7'],
  ])('%s', (_what, source, found) => expect(kept(source)).toEqual(refusedFor(found)));

  it.each([
    '<svg>',
    '<svg/><svg/>',
    '<svg x=1/>',
    '<svg a="1" a="1"/>',
    '<svg>&nbsp;</svg>',
    '<svg>&__proto__;</svg>',
    '<s\0vg/>',
    '<a:svg/>',
    '<html xmlns="http://www.w3.org/1999/xhtml"/>',
    '<metadata><!-- <svg --></metadata>',
    '<h:svg xmlns:h="http://www.w3.org/1999/xhtml"/>',
    'words <svg/>',
    '',
  ])('nothing that is no SVG: %j', (source) => expect(kept(source)).toEqual(NO_PICTURE));

  it('S0.44 is read by the encoding that it declares', () => {
    const declared = (encoding: string) =>
      Buffer.from(`<?xml version='1.0' encoding='${encoding}'?><svg ${NS}><title>S\xe3o</title></svg>`, 'latin1');
    for (const encoding of ['iso-8859-1', 'ISO-8859-1', 'windows-1252'])
      expect(harmlessSvg(declared(encoding))).toEqual({ svg: svg('<title>São</title>') });
    for (const encoding of ['UTF-8', 'utf-16'])
      expect(harmlessSvg(declared(encoding))).toEqual({ problem: NO_PICTURE });
  });

  it('bytes that are no text', () => {
    const file = Buffer.concat([
      Buffer.from(`<svg ${NS}><title>`),
      Buffer.from([0xc0, 0xaf]),
      Buffer.from('</title></svg>'),
    ]);
    expect(harmlessSvg(file)).toEqual({ problem: NO_PICTURE });
    expect(harmlessSvg(Buffer.from(svg('<g/>'), 'utf16le'))).toEqual({ problem: NO_PICTURE });
  });
});

describe('a drawing costs a browser little', () => {
  const levels = (count: number, inner: (level: number) => string) =>
    Array.from({ length: count }, (_, level) => `<g id="a${level}">${level ? inner(level - 1) : '<rect/>'}</g>`).join(
      '',
    );

  const outline = (corners: number) =>
    `M0 0${Array.from({ length: corners }, (_, index) => `L${index % 100} ${(index * 7) % 100}`).join('')}`;

  it.each([
    ['copies of copies', svg(levels(28, (level) => `<use href="#a${level}"/>`.repeat(10)))],
    ['few copies of many copies', svg(levels(5, (level) => `<use href="#a${level}"/>`.repeat(10)))],
    ['a copy of itself', svg('<g id="a"><use href="#a"/></g>')],
    ['copies of each other', svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>')],
    ['masks of masks', svg(levels(9, (level) => `<g mask="url(#a${level})"/>`.repeat(10)))],
    ['masks by class', svg(`<style>.m{mask:url(#m)}</style><mask id="m"><g class="m"/></mask>`)],
    ['masks of everything', svg('<style>*{mask:url(#m)}</style><mask id="m"/>')],
    ['elements in elements', svg(`${'<g>'.repeat(100)}${'</g>'.repeat(100)}`)],
    ['notes in notes', svg(`${'<metadata>'.repeat(100)}${'</metadata>'.repeat(100)}`)],
    [
      'patterns of patterns',
      svg(
        [0, 1, 2, 3]
          .map((level) => `<pattern id="a${level}"><g fill="url(#a${level - 1})">${'<rect/>'.repeat(10)}</g></pattern>`)
          .join('') + '<rect fill="url(#a3)"/>',
      ),
    ],
    [
      'patterns for all that stands in a group',
      svg(
        `<pattern id="p">${'<rect/>'.repeat(50)}</pattern><g fill="url(#p)"><use href="#m"/></g><g id="m">${'<rect/>'.repeat(300)}</g>`,
      ),
    ],
    [
      'patterns for everything',
      svg(
        `<style>.a{stroke:url(#p)}</style><pattern id="p"><rect/></pattern><g class="a">${'<rect/>'.repeat(600)}</g>`,
      ),
    ],
    ['a pattern of itself', svg('<pattern id="p"><rect fill="url(#p)"/></pattern>')],
    [
      'names said often',
      `<!DOCTYPE svg [<!ENTITY a "http://x.example/">]><svg ${NS}>${'<title>&a;</title>'.repeat(1_001)}</svg>`,
    ],
    [
      'copies of copies of one long outline',
      svg(
        `<path id="a" d="${outline(1_000)}"/><g id="b">${'<use href="#a"/>'.repeat(58)}</g>${'<use href="#b"/>'.repeat(82)}`,
      ),
    ],
    [
      'copies of one polygon of many corners',
      svg(`<polygon id="a" points="${'1 2 '.repeat(2_000)}"/>${'<use href="#a"/>'.repeat(40)}`),
    ],
    [
      'copies of a long text',
      svg(`<text id="a"><tspan>${'word'.repeat(1_000)}</tspan></text>${'<use href="#a"/>'.repeat(40)}`),
    ],
    [
      'long outlines of a pattern',
      svg(`<pattern id="a"><path d="${outline(1_000)}"/></pattern><g fill="url(#a)">${'<rect/>'.repeat(40)}</g>`),
    ],
    ['one outline that crosses itself without end', svg(`<path d="${outline(10_000)}"/>`)],
    [
      'outlines that clip and cross themselves',
      svg(`<clipPath id="a"><path d="${outline(100)}"/></clipPath>${'<rect clip-path="url(#a)"/>'.repeat(10)}`),
    ],
    ['many elements', svg('<g/>'.repeat(5_001))],
    ['many filters', svg('<filter id="f"><feGaussianBlur/></filter>' + '<g filter="url(#f)"/>'.repeat(200))],
    ['a long stylesheet', svg(`<style>${'.a{fill:red}'.repeat(2_000)}</style>`)],
  ])('%s are refused', (_what, source) => expect(kept(source)).toEqual(EFFORT));

  it.each([
    [
      'a hundred shapes that are clipped',
      svg(`<clipPath id="a"><path d="${outline(6)}"/></clipPath>${'<rect clip-path="url(#a)"/>'.repeat(100)}`),
    ],
    ['two thousand shapes', svg('<path d="M0 0"/>'.repeat(2_000))],
    ['an outline as long as a program traces it', svg(`<path d="M0 0${'c-12.3 4.56-3.2 5.1.1 9.87'.repeat(2_500)}"/>`)],
    ['a whole file of outlines', svg(`<path d="M0 0${'c-12.3 4.56-3.2 5.1.1 9.87'.repeat(60)}"/>`.repeat(110))],
    [
      'a long outline of one pattern',
      svg(`<pattern id="a"><rect/></pattern><path fill="url(#a)" d="${outline(2_000)}"/>`),
    ],
    [
      'what is said beside a drawing',
      svg(`<g id="a"><title>${'word '.repeat(2_000)}</title></g>${'<use href="#a"/>'.repeat(99)}`),
    ],
    ['a hundred copies of ten shapes', svg(`<g id="a">${'<rect/>'.repeat(10)}</g>${'<use href="#a"/>'.repeat(100)}`)],
    ['a hundred shapes of one pattern', svg(`<pattern id="a"><rect/></pattern>${'<g fill="url(#a)"/>'.repeat(100)}`)],
    ['gradients of gradients', svg(`${levels(20, (level) => `<g fill="url(#a${level})"/>`)}`)],
    ['references to nothing', svg('<use href="#none"/>'.repeat(1_000))],
  ])('%s are not', (_what, source) => expect(kept(source)).toContain('</svg>'));

  it.each(
    Object.entries({
      elements: '<g/>',
      'open elements': '<g>',
      notes: '<metadata/>',
      attributes: '<g fill="red" stroke="blue" opacity="0.5"/>',
      brackets: '<g fill="((((((((((((((("/>',
      styles: '<g style="fill:red;stroke:blue"/>',
      references: '<use href="#a"/>',
      'names of colours': '<g fill="var(--a,#f00)"/>',
      choices: '<switch><g/></switch>',
      links: '<a href="x"/>',
      text: 'words and words ',
      entities: '&amp;',
      prefixes: '<i:a xmlns:i="x:y"/>',
      'text of a file that is none': '<svg ',
      'open tags': '<a:',
      comments: '<!-- x -->',
    }),
  )('and the house in proportion to its length: %s', async (_what, part) => {
    const make = (length: number) => svg(`<g id="a"/>${part.repeat(length / part.length)}`);
    expect(await costRatio(kept, make(6_000), make(24_000), make(96_000))).toBeLessThan(IN_PROPORTION);
  });

  const sheet = (css: string, content = '<rect/>') => svg(`<style>${css}</style>${content}`);
  /** As many as are allowed, then four times as many, which must not cost more than to see that. */
  it.each(
    Object.entries<[number, (count: number) => string]>({
      selectors: [1_200, (count) => sheet(`${'.a,'.repeat(count)}.a{fill:url(#b)}`)],
      declarations: [300, (count) => sheet(`.a{${'fill:url(#b);'.repeat(count)}}`)],
      'selectors and declarations': [
        35,
        (count) => sheet(`${'.a,'.repeat(count)}.a{${'fill:url(#b);'.repeat(count)}}`),
      ],
      'distinct selectors and declarations': [
        35,
        (count) => sheet(`${names(count, '.').join()}{${'fill:url(#b);'.repeat(count)}}`),
      ],
      'selectors and harmless declarations': [
        200,
        (count) => sheet(`${'.a,'.repeat(count)}.a{${'fill:red;'.repeat(count)}}`),
      ],
      'references of one declaration': [500, (count) => sheet(`.a{fill:${'url(#b) '.repeat(count)}}`)],
      rules: [250, (count) => sheet('.a{fill:url(#b)}'.repeat(count))],
      'rules in conditions': [120, (count) => sheet('@media print{.a{fill:url(#b)}}'.repeat(count))],
      stylesheets: [200, (count) => svg('<style>.a{fill:url(#b)}</style>'.repeat(count))],
      'elements of a class': [
        400,
        (count) => sheet(`.a{${'fill:url(#b);'.repeat(20)}}`, '<g class="a"/>'.repeat(count)),
      ],
      'elements and declarations': [
        60,
        (count) => sheet(`.a{${'fill:url(#b);'.repeat(count)}}`, '<g class="a"/>'.repeat(count)),
      ],
      'classes of one element': [1_000, (count) => sheet('.a{fill:url(#b)}', `<g class="${names(count).join(' ')}"/>`)],
      'classes and their rules': [
        200,
        (count) => sheet(`${names(count, '.').join()}{fill:url(#b)}`, `<g class="${names(count).join(' ')}"/>`),
      ],
      'elements of many classes': [
        60,
        (count) => sheet('.a{fill:url(#b)}', `<g class="${names(60).join(' ')}"/>`.repeat(count)),
      ],
      'attributes of one element': [
        1_500,
        (count) =>
          svg(
            `<g ${names(count)
              .map((name) => `${name}="" `)
              .join('')}/>`,
          ),
      ],
      'prefixes of one element': [
        500,
        (count) =>
          svg(
            `<g ${names(count)
              .map((name) => `xmlns:${name}="x:y" ${name}:a="" `)
              .join('')}/>`,
          ),
      ],
      'nested groups': [1_000, (count) => svg(`${'<g>'.repeat(50)}${'<g/>'.repeat(count)}${'</g>'.repeat(50)}`)],
      'groups beside each other': [30, (count) => svg(`${'<g>'.repeat(30)}${'</g>'.repeat(30)}`.repeat(count))],
      'uses of one element': [1_000, (count) => svg(`<g id="a"/>${'<use href="#a"/>'.repeat(count)}`)],
      'uses of what is not drawn': [
        1_000,
        (count) => svg(`<defs id="a">${'<title/>'.repeat(count)}</defs>${'<use href="#a"/>'.repeat(count)}`),
      ],
      'uses one of another': [
        1_000,
        (count) =>
          svg(
            names(count)
              .map((name, index) => `<g id="${name}"><use href="#a${index % 50}"/></g>`)
              .join(''),
          ),
      ],
      names: [
        1_000,
        (count) =>
          svg(
            names(count)
              .map((name) => `<g id="${name}"/>`)
              .join(''),
          ),
      ],
    }),
  )('nor does it cost more with more %s', async (_what, [count, make]) => {
    expect(await costRatio(kept, make(count), make(4 * count))).toBeLessThan(IN_PROPORTION);
  });

  it('nor does the longest that may be typed take long, whatever stands in it', () => {
    const many = sheet(`${'.a,'.repeat(3_000)}.a{${'fill:url(#b);'.repeat(700)}}`);
    expect(kept(many)).toEqual(EFFORT);
    const room = '\u00a0';
    expect(kept(svg(`<style>.m${room}m{mask:url(#m)}</style><mask id="m"><g class="m${room}m"/></mask>`))).toEqual(
      EFFORT,
    );
  });

  it.each([
    'var(--a,',
    'var(--a,(a)',
    'var(--a, ',
    'var(--a,#f00)',
    ' ',
    'icc-color(',
    'a-',
    'a (',
    'url(#a) ',
    'a ',
    '\\',
    '%',
  ])('nor do its values cost more: %j', async (part) => {
    const make = (length: number) =>
      svg(`<g fill="${part.repeat(length / part.length)}" class="${part.repeat(length / part.length)}"/>`);
    expect(await costRatio(kept, make(20_000), make(80_000))).toBeLessThan(IN_PROPORTION);
  });
});

it('whatever is put together, what is kept names nothing outside, runs nothing, and stays as it is', () => {
  const name = fc.constantFrom(
    'g',
    'use',
    'style',
    'path',
    'script',
    'x:script',
    'metadata',
    'text',
    'a',
    'svg',
    'h:img',
    'i:n',
  );
  const value = fc.constantFrom(
    '#a',
    'url(#a)',
    'red',
    'https://evil.example',
    'javascript:1',
    'url(//evil)',
    'x',
    '&quot;&lt;&#10;',
    '}',
    '*{fill:red}',
  );
  const attribute = fc.constantFrom(
    'id',
    'href',
    'xlink:href',
    'fill',
    'style',
    'class',
    'onload',
    'x:onload',
    'xml:base',
    'src',
    'mask',
  );
  const tree = fc.letrec((tie) => ({
    element: fc
      .tuple(
        name,
        fc.uniqueArray(fc.tuple(attribute, value), { maxLength: 3, selector: ([each]) => each }),
        fc.array(tie('node'), { maxLength: 3 }),
      )
      .map(
        ([tag, attributes, children]) =>
          `<${tag}${attributes.map(([each, its]) => ` ${each}="${its}"`).join('')}>${children.join('')}</${tag}>`,
      ),
    node: fc.oneof({ depthSize: 'small' }, value, tie('element')),
  })).element;
  let taken = 0;
  fc.assert(
    fc.property(fc.array(tree, { maxLength: 4 }), (elements) => {
      const root = `${LINK} xmlns:x="http://www.w3.org/2000/svg" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:i="x:y"`;
      const result = kept(svg(elements.join(''), root));
      if (typeof result !== 'string') return;
      taken += 1;
      expect(kept(result)).toBe(result);
      const tags = result
        .replaceAll(NS, '')
        .match(/<[^>]*>/g)!
        .join('');
      const names = tags.replace(/"[^"]*"/g, '');
      expect(names).not.toMatch(/script|\son|src|base|x:|h:|i:|metadata/);
      for (const [, its] of tags.matchAll(/href="([^"]*)"/g)) expect(its).toMatch(/^#/);
      expect(tags.replace(/class="[^"]*"|id="[^"]*"/g, '')).not.toMatch(/url\((?!#)/);
    }),
    { numRuns: 500 },
  );
  expect(taken).toBeGreaterThan(20);
});
