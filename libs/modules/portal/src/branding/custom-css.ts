import { generate, parse, tokenize, tokenTypes, walk, type Condition, type CssNode, type StyleSheet } from 'css-tree';
import { dataPicture } from '@balcao/contracts';
import { confineSelectors } from './confine-selectors.js';
import { AT_RULES, NODES, VALUE_FUNCTIONS } from './css-grammar.js';
import type { CssProblem, CssProblemReason } from './css-problem.js';
import { rasterProblem } from './raster-picture.js';

/** Either the stylesheet as it may be served, or everything that stands against it. */
export type CompiledCss = { css: string; problems?: undefined } | { css?: undefined; problems: CssProblem[] };

/** Characters of a tenant's stylesheet. */
export const LONGEST_CUSTOM_CSS = 20_000;
const MOST_PROBLEMS = 20;
const LONGEST_FOUND = 60;
/** How often the parser may try a condition in another way. */
const MOST_TRIES = 1_000;
/**
 * Spaces that are none to CSS, what nobody sees, and dashes, quotes and wide letters of word processors: CSS takes them for
 * letters of a name, and what they stand in does nothing.
 */
const LOOKALIKE = /(?! )[\p{Z}\p{Cf}]|(?!-)\p{Pd}|[\p{Pi}\p{Pf}\u201a\u201e\u2212\uff01-\uff5e]/u;
/** Brackets in brackets: more than anybody writes, and far from what the parser's recursion takes. */
const DEEPEST = 16;
const OPENING = new Set<number>([
  tokenTypes.Function,
  tokenTypes.LeftParenthesis,
  tokenTypes.LeftCurlyBracket,
  tokenTypes.LeftSquareBracket,
]);
const CLOSING = new Set<number>([
  tokenTypes.RightParenthesis,
  tokenTypes.RightCurlyBracket,
  tokenTypes.RightSquareBracket,
]);
const BROKEN = new Set<number>([tokenTypes.BadString, tokenTypes.BadUrl, tokenTypes.CDO, tokenTypes.CDC]);

/**
 * Checks a tenant's stylesheet and confines it to the portal's page. What is not known to be harmless is refused, not
 * repaired: what is served is what was meant. The result is written anew from what was understood, so nothing of the
 * source that the parser skipped can reach a browser.
 */
export function compileCustomCss(source: string): CompiledCss {
  const { sheet, problems: read } = readCss(source, isSmallPicture);
  const problems = oncePerPlace([...lookalikesIn(source), ...read]);
  if (sheet) problems.push(...confineSelectors(sheet));
  if (sheet && problems.length === 0) return { css: generate(sheet) };
  return { problems: problems.sort((one, other) => one.line - other.line).slice(0, MOST_PROBLEMS) };
}

/** A whole raster picture; a drawing can carry scripts. */
function isSmallPicture(address: string): boolean {
  const picture = dataPicture(address);
  return picture !== undefined && !rasterProblem(picture);
}

/** The tree of a stylesheet in which nothing but the addresses that are allowed loads anything, and what stands against it. */
export function readCss(
  source: string,
  allows: (address: string) => boolean,
): { sheet?: StyleSheet; problems: CssProblem[] } {
  // A text that is broken at the root would only add problems that are none.
  const problems = tokenProblems(source);
  if (problems.some(({ reason }) => reason !== 'escape')) return { problems };
  const sheet = parsed(source, problems);
  if (sheet) problems.push(...nodeProblems(sheet, source, allows));
  return { sheet, problems: oncePerPlace(problems) };
}

/** What the parser could not read is met again in the tree. */
const oncePerPlace = (problems: CssProblem[]) =>
  [
    ...new Map(problems.toReversed().map((problem) => [`${problem.line}:${problem.column}`, problem])).values(),
  ].toReversed();

/** What can be seen before anything is parsed: escapes, unclosed brackets, depth. */
function tokenProblems(source: string): CssProblem[] {
  const problems: CssProblem[] = [];
  let depth = 0;
  let tooDeep = false;
  tokenize(source, (type, start, end) => {
    const problem = (reason: CssProblemReason) => {
      if (problems.length < MOST_PROBLEMS) problems.push(problemAt(source, start, source.length, reason));
    };
    if (BROKEN.has(type)) problem('syntax');
    else if (type === tokenTypes.Comment) {
      if (end - start < 4 || !source.startsWith('*/', end - 2)) problem('comment');
    }
    // Outside of strings an escape hides a name; nobody needs it here.
    else if (type !== tokenTypes.String && source.slice(start, end).includes('\\')) problem('escape');
    if (OPENING.has(type)) depth += 1;
    if (CLOSING.has(type)) depth -= 1;
    if ((depth > DEEPEST || depth < 0) && !tooDeep) {
      tooDeep = true;
      problem(depth < 0 ? 'syntax' : 'depth');
    }
  });
  if (depth > 0 && !tooDeep && problems.length < MOST_PROBLEMS) {
    const end = source.trimEnd().length;
    problems.push(problemAt(source, Math.max(0, end - LONGEST_FOUND), end, 'syntax', source.length));
  }
  return problems;
}

/** What was pasted by hand and does nothing; programs that write drawings may name what they like. */
function lookalikesIn(source: string): CssProblem[] {
  const problems: CssProblem[] = [];
  tokenize(source, (type, start, end) => {
    if (type === tokenTypes.String || type === tokenTypes.Comment || problems.length >= MOST_PROBLEMS) return;
    const { 0: lookalike, index } = LOOKALIKE.exec(source.slice(start, end)) ?? {};
    if (lookalike === undefined || index === undefined) return;
    problems.push({ ...problemAt(source, start + index, source.length, 'character'), found: codeOf(lookalike) });
  });
  return problems;
}

/** As somebody reads it who cannot see it, or sees another in it. */
function codeOf(character: string): string {
  const code = `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
  return /[\p{Z}\p{Cf}]/u.test(character) ? code : `${character} (${code})`;
}

/** What stops the parser: it recovers from whatever it cannot read, which takes long where there is much of it. */
const ENOUGH = new Error('enough problems');

/** The tree, and in `problems` what could not be read; no tree where that is too much. */
function parsed(source: string, problems: CssProblem[]): StyleSheet | undefined {
  let tries = 0;
  try {
    return parse(source, {
      positions: true,
      parseCustomProperty: true,
      // A condition in brackets is tried as a declaration first, and handed over as nothing; the tree has what it is.
      onParseError({ offset }, unread: CssNode | null) {
        if (!unread && (tries += 1) < MOST_TRIES) return;
        if (unread && isSuperfluous(unread)) return;
        const start = unread?.loc?.start.offset ?? offset;
        problems.push(problemAt(source, start, unread?.loc?.end.offset ?? start + LONGEST_FOUND, 'syntax'));
        if (!unread || problems.length >= MOST_PROBLEMS) throw ENOUGH;
      },
    }) as StyleSheet;
  } catch (error) {
    if (error !== ENOUGH) throw error;
    return undefined;
  }
}

function nodeProblems(sheet: StyleSheet, source: string, allows: (address: string) => boolean): CssProblem[] {
  const problems: CssProblem[] = [];
  walk(sheet, function (node) {
    const reason = problems.length < MOST_PROBLEMS && reasonAgainst(node, this, allows);
    if (reason) problems.push(problemAt(source, node.loc?.start.offset ?? 0, node.loc?.end.offset ?? 0, reason));
  });
  return problems;
}

interface Surroundings {
  rule: CssNode | null;
  atrule: { name: string } | null;
}

function reasonAgainst(
  node: CssNode,
  { rule, atrule }: Surroundings,
  allows: (address: string) => boolean,
): CssProblemReason | undefined {
  switch (node.type) {
    case 'Raw':
      return isSuperfluous(node) ? undefined : 'syntax';
    case 'Atrule':
      if (rule) return 'nesting';
      if (!AT_RULES.has(node.name.toLowerCase())) return 'at_rule';
      return node.block && node.prelude?.type === 'AtrulePrelude' ? undefined : 'syntax';
    case 'NestingSelector':
      return 'nesting';
    case 'Rule':
      // The walk names the rule that surrounds; the steps of an animation are rules of their own kind.
      return rule && rule !== node && !isKeyframes(atrule) ? 'nesting' : undefined;
    case 'TypeSelector':
      return node.name.includes('|') ? 'selector' : undefined;
    case 'Declaration':
      if (typeof node.important === 'string' && node.important.toLowerCase() !== 'important') return 'syntax';
      return /^(?:-\w+-)?(?:behavior|binding)$|^src$/i.test(node.property) ? 'property' : undefined;
    case 'Condition':
      return node.kind === 'supports' && !isWhole(node) ? 'syntax' : undefined;
    case 'FeatureFunction':
      return node.feature.toLowerCase() === 'selector' ? undefined : 'syntax';
    case 'Url':
      return allows(node.value) ? undefined : 'url';
    case 'Function':
      return VALUE_FUNCTIONS.has(node.name.toLowerCase()) ? undefined : 'function';
    default:
      return NODES.has(node.type) ? undefined : 'syntax';
  }
}

/** Whether a condition of `@supports` is one (css-conditional-3 §6): the parser takes words for it that say nothing. */
const isWhole = ({ children }: Condition): boolean =>
  /^(?:not \( |\( (?:and \( )*|\( (?:or \( )*)$/.test(
    children
      .toArray()
      .map((child) => `${child.type === 'Identifier' ? child.name.toLowerCase() : '('} `)
      .join(''),
  );

const isKeyframes = (atrule: { name: string } | null) => /^(?:-\w+-)?keyframes$/i.test(atrule?.name ?? '');

/** Where the parser gives up it keeps the text; a superfluous semicolon is the one that means nothing. */
const isSuperfluous = (node: CssNode) => node.type === 'Raw' && /^[\s;]*$/.test(node.value);

function problemAt(source: string, start: number, end: number, reason: CssProblemReason, at = start): CssProblem {
  const before = source.slice(0, at).split(/\r\n|[\n\r\f]/);
  const found = source
    .slice(start, Math.min(end, start + LONGEST_FOUND))
    .trim()
    .replace(/\s+/g, ' ');
  return { line: before.length, column: before.at(-1)!.length + 1, reason, found };
}
