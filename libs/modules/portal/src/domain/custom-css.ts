import { generate, parse, tokenize, tokenTypes, walk, type CssNode, type StyleSheet } from 'css-tree';
import { isDataPicture } from '@balcao/contracts';
import { confineSelectors } from './confine-selectors.js';
import { AT_RULES, NODES, VALUE_FUNCTIONS } from './css-grammar.js';
import type { CssProblem, CssProblemReason } from './css-problem.js';

/** Either the stylesheet as it may be served, or everything that stands against it. */
export type CompiledCss = { css: string; problems?: undefined } | { css?: undefined; problems: CssProblem[] };

/** Characters of a tenant's stylesheet. */
export const LONGEST_CUSTOM_CSS = 20_000;
const MOST_PROBLEMS = 20;
const LONGEST_FOUND = 60;
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
  const problems = [...tokenProblems(source)];
  // A text that is broken at the root would only add problems that are none.
  if (problems.length > 0) return { problems: problems.slice(0, MOST_PROBLEMS) };
  const sheet = parse(source, { positions: true, parseCustomProperty: true }) as StyleSheet;
  problems.push(...nodeProblems(sheet, source), ...confineSelectors(sheet));
  if (problems.length > 0) return { problems: sorted(problems).slice(0, MOST_PROBLEMS) };
  return { css: generate(sheet) };
}

/** What can be seen before anything is parsed: escapes, unclosed brackets, depth. */
function* tokenProblems(source: string): Generator<CssProblem> {
  const found: CssProblem[] = [];
  let depth = 0;
  let tooDeep = false;
  tokenize(source, (type, start, end) => {
    const problem = (reason: CssProblemReason) =>
      found.push({ line: lineAt(source, start), reason, found: source.slice(start, start + LONGEST_FOUND) });
    const text = source.slice(start, end);
    if (BROKEN.has(type)) problem('syntax');
    // Outside of strings an escape hides a name; nobody needs it here.
    else if (type !== tokenTypes.String && type !== tokenTypes.Comment && text.includes('\\')) problem('escape');
    if (OPENING.has(type)) depth += 1;
    if (CLOSING.has(type)) depth -= 1;
    if ((depth > DEEPEST || depth < 0) && !tooDeep) {
      tooDeep = true;
      problem(depth < 0 ? 'syntax' : 'depth');
    }
  });
  yield* found;
  if (depth > 0 && !tooDeep) {
    yield { line: lineAt(source, source.length), reason: 'syntax', found: source.trimEnd().slice(-LONGEST_FOUND) };
  }
}

function nodeProblems(sheet: StyleSheet, source: string): CssProblem[] {
  const problems: CssProblem[] = [];
  walk(sheet, function (node) {
    const reason = reasonAgainst(node, this);
    if (!reason) return;
    const { start, end } = node.loc ?? { start: { offset: 0, line: 1 }, end: { offset: 0 } };
    const found = source.slice(start.offset, end.offset).trim().slice(0, LONGEST_FOUND);
    problems.push({ line: start.line, reason, found });
  });
  return problems;
}

interface Surroundings {
  rule: CssNode | null;
  atrule: { name: string } | null;
}

function reasonAgainst(node: CssNode, { rule, atrule }: Surroundings): CssProblemReason | undefined {
  switch (node.type) {
    // Where the parser gives up it keeps the text; a superfluous semicolon is the one that means nothing.
    case 'Raw':
      return /^[\s;]*$/.test(node.value) ? undefined : 'syntax';
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
      return /^(?:-\w+-)?(?:behavior|binding)$|^src$/i.test(node.property) ? 'property' : undefined;
    case 'Url':
      return isDataPicture(node.value) ? undefined : 'url';
    case 'Function':
      return VALUE_FUNCTIONS.has(node.name.toLowerCase()) ? undefined : 'function';
    default:
      return NODES.has(node.type) ? undefined : 'syntax';
  }
}

const isKeyframes = (atrule: { name: string } | null) => /^(?:-\w+-)?keyframes$/i.test(atrule?.name ?? '');

const lineAt = (source: string, offset: number) => source.slice(0, offset).split(/\r\n|[\n\r\f]/).length;

const sorted = (problems: CssProblem[]) => problems.sort((one, other) => one.line - other.line);
