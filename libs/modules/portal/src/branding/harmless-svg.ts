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
/** Names that its head gives to namespaces, and how often they may be said. */
const MOST_ENTITIES = 50;
const MOST_ENTITY_USES = 1_000;
/**
 * What is drawn in all, each element as often as it is referred to, by the effort that stands in `ELEMENTS` and by the length
 * of what it draws (`effortOfLength`): about a second at the most.
 */
const MOST_EFFORT = 10_000;

const each = <T>(value: T, names: string): [string, T][] => names.split(' ').map((name) => [name, value]);

/** Elements of a picture, and about what one of each costs to draw beside a shape. */
const ELEMENTS: ReadonlyMap<string, number> = new Map([
  ...each(0, 'defs title desc style'),
  ...each(1, 'svg g symbol use path rect circle ellipse line polyline polygon text tspan'),
  ...each(1, 'linearGradient radialGradient stop'),
  ...each(20, 'clipPath mask pattern'),
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
    'patternUnits patternContentUnits patternTransform filterUnits primitiveUnits stdDeviation mode operator type values k1 k2 k3 k4 tableValues slope intercept amplitude ' +
    'exponent edgeMode'
  ).split(' '),
]);
const FUNCTIONS: ReadonlySet<string> = new Set(
  (
    'rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix ' +
    'translate translatex translatey scale scalex scaley rotate skewx skewy matrix'
  ).split(' '),
);
/** What draws a part once more. Inherited, it would do so for each element below, uncounted. */
const LAYERS: ReadonlySet<string> = new Set(['mask', 'clip-path', 'filter']);
const TEXT_HOLDERS: ReadonlySet<string> = new Set(['text', 'tspan', 'title', 'desc', 'style']);

/** Names of values (custom properties): those that are given one, and those of which what stands instead was taken. */
interface Variables {
  given: Set<string>;
  replaced: Set<string>;
}

/** What stylesheets refer to, for each class or name. */
interface Sheets {
  references: Map<string, string[]>;
  count: number;
  variables: Variables;
}
const noSheets = (variables: Variables): Sheets => ({ references: new Map(), count: 0, variables });

interface Element {
  name: string;
  attributes: Map<string, string>;
  /** What it refers to inside the picture. */
  references: string[];
  children: (Element | string)[];
  /** Of a choice: whether one of what it has was chosen. */
  choice?: 'open' | 'made';
  /** What it and its parts cost to draw: as so many elements, and by the length of their outlines and texts. */
  cost?: Cost;
}

interface Cost {
  elements: number;
  length: number;
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

const ENCODINGS = /^(?:utf-8|utf-16|us-ascii|iso-8859-1|windows-1252)$/i;
const OF_ONE_BYTE = /^<\?xml\s[^>]*?\sencoding\s*=\s*["'](?:iso-8859-1|windows-1252)["']/i;

/**
 * UTF-8, UTF-16 where it begins with the mark of its byte order, or letters of one byte where it declares them.
 * @throws for bytes that are none
 */
function textOf(file: Uint8Array): string {
  const mark = (file[0]! << 8) | file[1]!;
  const plain = OF_ONE_BYTE.test(Buffer.from(file.subarray(0, 200)).toString('latin1')) ? 'windows-1252' : 'utf-8';
  const encoding = mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : plain;
  return new TextDecoder(encoding, { fatal: true }).decode(file);
}

/** The tree of what may stay, and what its stylesheets refer to. */
function read(source: string): { root: Element; sheets: Sheets } {
  const parser = new SaxesParser({ xmlns: true });
  const open: Element[] = [];
  const variables: Variables = { given: new Set(), replaced: new Set() };
  const sheets = noSheets(variables);
  let root: Element | undefined;
  let namespace = SVG;
  let count = 0;
  /** How many elements of somebody else's notes are open. */
  let notes = 0;
  let entityUses = 0;
  parser.on('error', () => {
    throw new Refused({ code: 'isPicture' });
  });
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding && !ENCODINGS.test(encoding)) refuse(encoding);
  });
  // One that only names the kind of file and its namespaces is left out; in another, names can be given any meaning.
  parser.on('doctype', (text) => {
    for (const [name, address] of namespacesOf(text) ?? refuse('<!DOCTYPE ['))
      Object.defineProperty(parser.ENTITIES, name, {
        get: () => {
          if ((entityUses += 1) > MOST_ENTITY_USES) throw new Refused({ code: 'svgEffort' });
          return address;
        },
      });
  });
  parser.on('processinginstruction', ({ target }) => refuse(`<?${target}`));
  parser.on('opentag', (tag) => {
    if ((count += 1) > MOST_ELEMENTS || open.length + notes >= DEEPEST) throw new Refused({ code: 'svgEffort' });
    // Some forget to say that it is SVG.
    if (!root && tag.uri === '') namespace = '';
    const foreign = tag.uri !== namespace;
    if (!root && (foreign || tag.local !== 'svg')) throw new Refused({ code: 'isPicture' });
    const parent = open.at(-1);
    const attributes = Object.values(tag.attributes);
    if (
      notes > 0 ||
      tag.local === 'metadata' ||
      (foreign ? !/\/(?:xhtml|MathML|svg)$/i.test(tag.uri) : isPassedOver(parent, attributes))
    )
      return void (notes += 1);
    const name = drawnAs(tag.local, parent);
    if (foreign || !ELEMENTS.has(name)) refuse(`<${tag.name}>`);
    const element: Element = { name, attributes: new Map(), references: [], children: [] };
    if (tag.local === 'switch') element.choice = 'open';
    if (parent?.choice && ELEMENTS.get(name)! > 0) parent.choice = 'made';
    for (const attribute of attributes)
      if (tag.local !== 'a' || attribute.local !== 'href') keepAttribute(element, attribute, variables);
    root ??= element;
    parent?.children.push(element);
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
  for (const name of variables.replaced) if (variables.given.has(name)) refuse(`var(${name})`);
  return { root: root!, sheets };
}

/** Links lead nowhere, and of a choice one thing is kept: they are groups, and in a text a part of it. */
function drawnAs(name: string, parent: Element | undefined): string {
  if (name === 'switch') return 'g';
  if (name !== 'a') return name;
  return parent?.name === 'text' || parent?.name === 'tspan' ? 'tspan' : 'g';
}

/** A choice is for the first of what it has, without what needs a program or a language of its own. */
function isPassedOver(parent: Element | undefined, attributes: Attribute[]): boolean {
  if (parent?.choice !== 'open') return parent?.choice === 'made';
  return attributes.some(({ name }) => name === 'requiredExtensions' || name === 'systemLanguage');
}

/** An address that is a name, of which no part could mean anything else. */
const ADDRESS = String.raw`https?://[\w.:/#~-]{1,100}`;
/** Declarations that say which namespaces the elements have, as editors write them; the elements say it themselves too. */
const NAMESPACES = new RegExp(
  String.raw`^(?:\s*<!(?:` +
    String.raw`ATTLIST\s+[\w:.-]+(?:\s+xmlns(?::[\w.-]+)?\s+CDATA\s+(?:#IMPLIED|#REQUIRED|(?:#FIXED\s+)?(?:"[^"<&%]*"|'[^'<&%]*')))+` +
    String.raw`|ENTITY\s+(?!(?:amp|lt|gt|quot|apos)\s)[A-Za-z][\w.-]{0,40}\s+(?:"${ADDRESS}"|'${ADDRESS}')` +
    String.raw`)\s*>)*\s*$`,
);
const ENTITY = new RegExp(String.raw`<!ENTITY\s+([\w.-]+)\s+["'](${ADDRESS})`, 'g');

/** Addresses to which the kind of file gives names; undefined where it declares anything but namespaces. */
function namespacesOf(doctype: string): Map<string, string> | undefined {
  const start = doctype.indexOf('[');
  const declared = start < 0 ? '' : doctype.slice(start + 1, doctype.lastIndexOf(']'));
  if (!NAMESPACES.test(declared)) return undefined;
  const entities = [...declared.matchAll(ENTITY)].map(([, name, address]) => [name!, address!] as const);
  // Of two with one name, the first counts.
  return entities.length > MOST_ENTITIES ? undefined : new Map(entities.toReversed());
}

interface Attribute {
  name: string;
  local: string;
  uri: string;
  value: string;
}

function keepAttribute(element: Element, { name, local, uri, value: given }: Attribute, variables: Variables): void {
  const value = uri === '' && (local === 'style' || PROPERTIES.has(local)) ? plainly(given, variables) : given;
  if (local === 'href' && (uri === '' || uri === XLINK)) {
    const [, id] = /^#([^%]{1,200})$/.exec(value) ?? [];
    element.references.push(id ?? refuse(`href="${value}"`));
    element.attributes.set('href', value);
  } else if (/^on/i.test(local)) {
    refuse(`${name}=`);
  } else if (uri === '' && local === 'style') {
    const sheet = noSheets(variables);
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

const VARIABLE = /(?<![\w-])var\(\s*(--[\w-]+)\s*,((?:[^()]|\([^()]*\))*)\)/gi;
const PRINTED = /(?<![\w-])icc-color\([^()]*\)/gi;

/**
 * Values without what only a page or a printer has: names get what stands for them, colours of printing are left out. What
 * comes of it is looked at like any other.
 */
function plainly(source: string, { replaced }: Variables): string {
  if (!source.includes('(')) return source;
  return source.replace(PRINTED, '').replace(VARIABLE, (_all, name: string, instead: string) => {
    replaced.add(name);
    return instead.trim();
  });
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
function harmlessSheet(given: string, sheets: Sheets): string {
  if (given.length > LONGEST_CUSTOM_CSS) throw new Refused({ code: 'svgEffort' });
  const source = plainly(given, sheets.variables);
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
      if (node.property.startsWith('--')) sheets.variables.given.add(node.property);
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
  const costOf = (element: Element, depth: number): Cost => {
    if (element.cost) return element.cost;
    const cost = { elements: ELEMENTS.get(element.name)!, length: effortOfLength(element) };
    /** Paint is handed down: what is drawn below may each be filled with it. */
    const paint = { elements: 0, length: 0 };
    const parts = [...element.children, ...element.references.map((id) => named.get(id) ?? '')];
    for (const [index, part] of parts.entries()) {
      if (depth > DEEPEST) throw new Refused({ code: 'svgEffort' });
      if (typeof part === 'string') continue;
      const sum = part.name === 'pattern' && index >= element.children.length ? paint : cost;
      const { elements, length } = costOf(part, depth + 1);
      sum.elements += elements;
      sum.length += length;
      if (cost.elements + paint.elements + cost.length + paint.length > MOST_EFFORT)
        throw new Refused({ code: 'svgEffort' });
    }
    // What clips is first made one outline: where it crosses itself, each piece is cut by all the others.
    if (element.name === 'clipPath') cost.length += 2 * cost.length ** 2;
    const painted = Math.max(1, cost.elements);
    cost.elements += paint.elements * painted;
    cost.length += paint.length * painted;
    return (element.cost = cost);
  };
  prepare(root);
  const { elements, length } = costOf(root, 1);
  if (elements + length > MOST_EFFORT) throw new Refused({ code: 'svgEffort' });
}

/** Commands and numbers of an outline. */
const OUTLINE = /[a-z]|\d+\.?\d*|\.\d+/gi;

/**
 * What the outline or the text of one element adds, by what the worst of them take, curves with a broad line: each piece by
 * itself, and as the pieces of one outline cross each other, each with all the others.
 */
function effortOfLength({ name, attributes, children }: Element): number {
  if (ELEMENTS.get(name) === 0) return 0;
  const outlines = [attributes.get('d'), attributes.get('points')];
  let pieces = 0;
  for (const outline of outlines) pieces += outline?.match(OUTLINE)?.length ?? 0;
  for (const child of children) if (typeof child === 'string') pieces += child.length;
  return pieces / 12 + pieces ** 2 / 55_000;
}

function written(element: Element | string): string {
  if (typeof element === 'string') return escaped(element);
  const { name, attributes, children } = element;
  const said = [...attributes].map(([attribute, value]) => ` ${attribute}="${escaped(value)}"`).join('');
  const content = children.map(written).join('');
  return `<${name}${element.name === 'svg' ? ` xmlns="${SVG}"` : ''}${said}${content ? `>${content}</${name}>` : '/>'}`;
}

const escaped = (text: string) => text.replace(/[&<>"'\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
