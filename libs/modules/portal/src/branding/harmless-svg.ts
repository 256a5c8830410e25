import { generate, walk, type CssNode, type List, type ListItem } from 'css-tree';
import { SaxesParser } from 'saxes';
import type { FieldErrorCode } from '@balcao/contracts';
import { LONGEST_CUSTOM_CSS, readCss } from './custom-css.js';

/** Why a drawing is refused: what was found, cut to a few characters. */
export interface SvgProblem {
  code: FieldErrorCode;
  params?: { found: string };
}

const SVG = 'http://www.w3.org/2000/svg';
const XLINK = 'http://www.w3.org/1999/xlink';
const LONGEST_FOUND = 40;
/** Far more than any logo has, and little enough for a phone. */
const MOST_ELEMENTS = 5_000;
/** Of elements in elements, and of references to references; a circle is deeper than anything. */
const DEEPEST = 64;
/** Of one element, its stylesheets' included. */
const MOST_REFERENCES = 200;
/** Of all elements; and of what stylesheets refer to, once for each selector: lists of both would otherwise multiply. */
const MOST_REFERENCES_IN_ALL = 10_000;
/** What is drawn in all, each element as often as it is referred to, by the effort that stands in `ELEMENTS`. */
const MOST_EFFORT = 10_000;

const each = <T>(value: T, names: string): [string, T][] => names.split(' ').map((name) => [name, value]);

/** Elements of a picture, and about what one of each costs to draw beside a shape. */
const ELEMENTS: ReadonlyMap<string, number> = new Map([
  ...each(0, 'defs title desc style'),
  ...each(1, 'svg g symbol use path rect circle ellipse line polyline polygon text tspan'),
  ...each(1, 'linearGradient radialGradient stop'),
  ...each(20, 'clipPath mask'),
  ...each(
    50,
    'filter feBlend feColorMatrix feComponentTransfer feComposite feDropShadow feFlood feGaussianBlur feOffset',
  ),
  ...each(5, 'feFuncR feFuncG feFuncB feFuncA feMerge feMergeNode'),
]);

/** What may be said of how something looks, as an attribute or in CSS. */
const PROPERTIES: ReadonlySet<string> = new Set(
  (
    'fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit ' +
    'opacity color display visibility overflow clip-path clip-rule mask mask-type filter transform transform-origin ' +
    'stop-color stop-opacity flood-color flood-opacity color-interpolation-filters paint-order vector-effect ' +
    'shape-rendering text-rendering font-family font-size font-style font-weight font-stretch letter-spacing word-spacing ' +
    'text-anchor text-decoration dominant-baseline alignment-baseline baseline-shift mix-blend-mode isolation'
  ).split(' '),
);
/** Attributes that are names or words, in which brackets mean nothing. */
const NAMES: ReadonlySet<string> = new Set(['id', 'class', 'in', 'in2', 'result']);
const ATTRIBUTES: ReadonlySet<string> = new Set([
  ...PROPERTIES,
  ...NAMES,
  ...(
    'x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy d points width height viewBox preserveAspectRatio rotate textLength ' +
    'lengthAdjust pathLength offset gradientUnits gradientTransform spreadMethod clipPathUnits maskUnits maskContentUnits ' +
    'filterUnits primitiveUnits stdDeviation mode operator type values k1 k2 k3 k4 tableValues slope intercept amplitude ' +
    'exponent edgeMode'
  ).split(' '),
]);
const FUNCTIONS: ReadonlySet<string> = new Set(
  'rgb rgba hsl hsla translate translatex translatey scale scalex scaley rotate skewx skewy matrix'.split(' '),
);
/** What draws a part once more. Inherited, it would do so for each element below, uncounted. */
const LAYERS: ReadonlySet<string> = new Set(['mask', 'clip-path', 'filter']);
const TEXT_HOLDERS: ReadonlySet<string> = new Set(['text', 'tspan', 'title', 'desc', 'style']);

/** What stylesheets refer to, for each class or name. */
interface Sheets {
  references: Map<string, string[]>;
  count: number;
}
const noSheets = (): Sheets => ({ references: new Map(), count: 0 });

interface Element {
  name: string;
  attributes: Map<string, string>;
  /** What it refers to inside the picture. */
  references: string[];
  children: (Element | string)[];
  effort?: number;
}

class Refused extends Error {
  constructor(readonly problem: SvgProblem) {
    super(problem.code);
  }
}
const refuse = (found: string): never => {
  throw new Refused({ code: 'isHarmlessSvg', params: { found: found.slice(0, LONGEST_FOUND).toWellFormed() } });
};

/**
 * A drawing written anew from the part of SVG that only draws: known elements and attributes, which name nothing outside
 * of it. Notes that editors leave in namespaces of their own, and attributes that draw nothing, are left out; what could
 * run, load or change later is refused, and so is what takes a browser long to draw.
 */
export function harmlessSvg(file: Uint8Array): { svg: string; problem?: undefined } | { problem: SvgProblem } {
  try {
    const { root, sheets } = read(textOf(file));
    measure(root, sheets);
    return { svg: written(root) };
  } catch (error) {
    if (error instanceof Refused) return { problem: error.problem };
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      return { problem: { code: 'isPicture' } };
    throw error;
  }
}

/** UTF-8, or UTF-16 where it begins with the mark of its byte order. @throws for bytes that are none */
function textOf(file: Uint8Array): string {
  const mark = (file[0]! << 8) | file[1]!;
  const encoding = mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding, { fatal: true }).decode(file);
}

/** The tree of what may stay, and what its stylesheets refer to. */
function read(source: string): { root: Element; sheets: Sheets } {
  const parser = new SaxesParser({ xmlns: true });
  const open: Element[] = [];
  const sheets = noSheets();
  let root: Element | undefined;
  let namespace = SVG;
  let count = 0;
  /** How many elements of somebody else's notes are open. */
  let notes = 0;
  parser.on('error', () => {
    throw new Refused({ code: 'isPicture' });
  });
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding && !/^(?:utf-8|utf-16|us-ascii|iso-8859-1)$/i.test(encoding)) refuse(encoding);
  });
  // One that only names the kind of file and its namespaces is left out; in another, names can be given a meaning.
  parser.on('doctype', (text) => void (declaresMore(text) && refuse('<!DOCTYPE [')));
  parser.on('processinginstruction', ({ target }) => refuse(`<?${target}`));
  parser.on('opentag', (tag) => {
    if ((count += 1) > MOST_ELEMENTS || open.length + notes >= DEEPEST) throw new Refused({ code: 'svgEffort' });
    // Some forget to say that it is SVG.
    if (!root && tag.uri === '') namespace = '';
    const foreign = tag.uri !== namespace;
    if (!root && (foreign || tag.local !== 'svg')) throw new Refused({ code: 'isPicture' });
    if (notes > 0 || tag.local === 'metadata' || (foreign && !/\/(?:xhtml|MathML|svg)$/i.test(tag.uri)))
      return void (notes += 1);
    if (foreign || !ELEMENTS.has(tag.local)) refuse(`<${tag.name}>`);
    const element: Element = { name: tag.local, attributes: new Map(), references: [], children: [] };
    for (const attribute of Object.values(tag.attributes)) keepAttribute(element, attribute);
    root ??= element;
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  const text = (characters: string) => {
    const element = open.at(-1);
    if (notes === 0 && element && TEXT_HOLDERS.has(element.name)) element.children.push(characters);
  };
  parser.on('text', text);
  parser.on('cdata', text);
  parser.on('closetag', () => {
    if (notes > 0) return void (notes -= 1);
    const element = open.pop()!;
    if (element.name === 'style') element.children = [harmlessSheet(element.children.join(''), sheets)];
  });
  parser.write(source).close();
  return { root: root!, sheets };
}

/** Declarations that say which namespaces the elements have, as editors write them; the elements say it themselves too. */
const NAMESPACES =
  /^(?:\s*<!ATTLIST\s+[\w:.-]+(?:\s+xmlns(?::[\w.-]+)?\s+CDATA\s+(?:#IMPLIED|#REQUIRED|(?:#FIXED\s+)?(?:"[^"<&%]*"|'[^'<&%]*')))+\s*>)*\s*$/;

/** Whether the kind of file comes with declarations of anything but namespaces. */
function declaresMore(doctype: string): boolean {
  const start = doctype.indexOf('[');
  return start >= 0 && !NAMESPACES.test(doctype.slice(start + 1, doctype.lastIndexOf(']')));
}

interface Attribute {
  name: string;
  local: string;
  uri: string;
  value: string;
}

function keepAttribute(element: Element, { name, local, uri, value }: Attribute): void {
  if (local === 'href' && (uri === '' || uri === XLINK)) {
    const [, id] = /^#([^%]{1,200})$/.exec(value) ?? [];
    element.references.push(id ?? refuse(`href="${value}"`));
    element.attributes.set('href', value);
  } else if (/^on/i.test(local)) {
    refuse(`${name}=`);
  } else if (uri === '' && local === 'style') {
    const sheet = noSheets();
    const rule = harmlessSheet(`*{${value}}`, sheet);
    element.references.push(...(sheet.references.get('*') ?? []));
    // Where the text closed the brackets itself, there are more of them.
    if (rule.indexOf('{') !== rule.lastIndexOf('{')) refuse(`style="${value}"`);
    element.attributes.set(local, rule.slice(rule.indexOf('{') + 1, -1));
  } else if (uri === '' && ATTRIBUTES.has(local)) {
    if (!NAMES.has(local)) element.references.push(...(referencesOf(local, value) ?? refuse(`${name}="${value}"`)));
    element.attributes.set(local, value);
  }
}

/** Names inside the picture that a property refers to; undefined for one that could name something else. */
function referencesOf(property: string, value: string): string[] | undefined {
  if (value.includes('\\')) return undefined;
  const references: string[] = [];
  const pieces = value.split('(');
  for (const [index, piece] of pieces.slice(1).entries()) {
    const name = /[a-z-]*$/i.exec(pieces[index]!.slice(-12))![0].toLowerCase();
    if (name === 'url') {
      const id = /^\s*(["']?)#([^"'()%\s]{1,200})\1\s*\)/.exec(piece)?.[2];
      if (!id) return undefined;
      references.push(id);
    } else if (!FUNCTIONS.has(name)) return undefined;
  }
  const counted = !LAYERS.has(property) || references.length > 0 || value.trim().toLowerCase() === 'none';
  return counted ? references : undefined;
}

/** CSS that only says how something looks: its rules are for one class, name or kind of element each. */
function harmlessSheet(source: string, sheets: Sheets): string {
  if (source.length > LONGEST_CUSTOM_CSS) throw new Refused({ code: 'svgEffort' });
  const { sheet, problems } = readCss(source, (url) => url.startsWith('#'));
  const [problem] = problems;
  if (!sheet || problem) return refuse(problem?.found ?? '<style>');
  /** What the declarations of one rule refer to. */
  let references: string[] = [];
  walk(sheet, {
    enter(node: CssNode, item: ListItem<CssNode>, list: List<CssNode>) {
      if (node.type === 'Rule') references = [];
      if (node.type === 'Atrule' && node.name.toLowerCase() !== 'media') refuse(`@${node.name}`);
      // Selectors that look around make each rule cost more with each element.
      if (
        node.type === 'Selector' &&
        (node.children.size !== 1 || !/^(?:Type|Class|Id)/.test(node.children.first!.type))
      )
        refuse(generate(node));
      if (node.type !== 'Declaration') return;
      const property = node.property.toLowerCase();
      if (!PROPERTIES.has(property)) return void (item && list?.remove(item));
      const value = generate(node.value);
      references.push(...(referencesOf(property, value) ?? refuse(value)));
    },
    leave(node: CssNode) {
      if (node.type === 'Rule' && node.prelude.type === 'SelectorList' && references.length > 0)
        noteReferences(sheets, node.prelude.children, references);
    },
  });
  return generate(sheet);
}

/** @throws Refused for more than a drawing may refer to, before selectors and references are multiplied */
function noteReferences(sheets: Sheets, selectors: List<CssNode>, references: string[]): void {
  sheets.count += selectors.size * references.length;
  if (sheets.count > MOST_REFERENCES_IN_ALL) throw new Refused({ code: 'svgEffort' });
  for (const selector of selectors) {
    const name = generate(selector);
    if (!/^[.#*]/.test(name)) refuse(`${name}{url(#${references[0]!})}`);
    const noted = sheets.references.get(name) ?? [];
    noted.push(...references);
    sheets.references.set(name, noted);
  }
}

/** @throws Refused for what takes long to draw: effort is counted once for each time that something is referred to */
function measure(root: Element, sheets: Sheets): void {
  let count = 0;
  const named = new Map<string, Element>();
  const prepare = (element: Element) => {
    const { attributes, references } = element;
    const id = attributes.get('id');
    if (id !== undefined && !named.has(id)) named.set(id, element);
    // Between names of classes stands what CSS takes for room; a space of another kind is part of a name.
    const classes = new Set((attributes.get('class') ?? '').split(/[ \t\n\f\r]+/));
    for (const selector of ['*', `#${id}`, ...[...classes].map((name) => `.${name}`)]) {
      references.push(...(sheets.references.get(selector) ?? []));
      if (references.length > MOST_REFERENCES) throw new Refused({ code: 'svgEffort' });
    }
    if ((count += references.length) > MOST_REFERENCES_IN_ALL) throw new Refused({ code: 'svgEffort' });
    for (const child of element.children) if (typeof child !== 'string') prepare(child);
  };
  const effortOf = (element: Element, depth: number): number => {
    if (element.effort !== undefined) return element.effort;
    let effort = ELEMENTS.get(element.name)!;
    const parts = [...element.children, ...element.references.map((id) => named.get(id) ?? '')];
    for (const part of parts) {
      if (depth > DEEPEST || effort > MOST_EFFORT) throw new Refused({ code: 'svgEffort' });
      if (typeof part !== 'string') effort += effortOf(part, depth + 1);
    }
    return (element.effort = effort);
  };
  prepare(root);
  if (effortOf(root, 1) > MOST_EFFORT) throw new Refused({ code: 'svgEffort' });
}

function written(element: Element | string): string {
  if (typeof element === 'string') return escaped(element);
  const { name, attributes, children } = element;
  const said = [...attributes].map(([attribute, value]) => ` ${attribute}="${escaped(value)}"`).join('');
  const content = children.map(written).join('');
  return `<${name}${element.name === 'svg' ? ` xmlns="${SVG}"` : ''}${said}${content ? `>${content}</${name}>` : '/>'}`;
}

const escaped = (text: string) => text.replace(/[&<>"'\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
