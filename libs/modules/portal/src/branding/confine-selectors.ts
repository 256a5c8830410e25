import { List, parse, walk, type CssNode, type Selector, type StyleSheet } from 'css-tree';
import type { CssProblem } from './css-problem.js';

/** The element that holds everything of a portal's page that a tenant may dress. What must stay as it is stands beside it. */
const PAGE = partsOf(':where(#app)');
/** The same, while a scheme is in force: its class stands on the root element. */
const PAGE_IN: Readonly<Record<string, CssNode[]>> = {
  dark: partsOf(':where(.dark #app)'),
  light: partsOf(':where(.light #app)'),
};
const ROOTS = new Set(['html', 'body', ':root', '#app']);
/** Names of animations are shared by the whole document, so a tenant's begin in a way that ours never do. */
const ANIMATION = /^portal-[a-z0-9-]{1,50}$/i;

/**
 * Puts every selector below the portal's page, in place: `.card` becomes `:where(#app) .card`, `:root` and `body` the page
 * itself, and a leading `.dark` or `.light` keeps meaning the scheme. `:where` adds no weight, so a rule wins and loses
 * as it was written.
 */
export function confineSelectors(sheet: StyleSheet): CssProblem[] {
  const problems: CssProblem[] = [];
  walk(sheet, {
    visit: 'Rule',
    enter(rule) {
      const keyframes = this.atrule && this.atrule.name.toLowerCase() === 'keyframes';
      if (keyframes || rule.prelude.type !== 'SelectorList') return;
      for (const selector of rule.prelude.children) {
        if (selector.type === 'Selector' && !confine(selector)) {
          problems.push({ ...placeOf(selector.loc), reason: 'selector', found: nameOf(selector.children.first) });
        }
      }
    },
  });
  walk(sheet, {
    visit: 'Atrule',
    enter({ name, prelude, loc }) {
      if (name.toLowerCase() !== 'keyframes' || prelude?.type !== 'AtrulePrelude') return;
      const chosen = nameOf(prelude.children.first);
      if (!ANIMATION.test(chosen)) problems.push({ ...placeOf(loc), reason: 'animation', found: chosen.slice(0, 60) });
    },
  });
  return problems;
}

const placeOf = (loc: CssNode['loc']) => ({ line: loc?.start.line ?? 1, column: loc?.start.column ?? 1 });

/** @returns whether the selector stays inside the page */
function confine(selector: Selector): boolean {
  let rest = selector.children.toArray();
  const [first, second] = rest;
  if (!first || first.type === 'Combinator') return false;
  const inScheme = first.type === 'ClassSelector' && endsCompound(second) ? PAGE_IN[first.name] : undefined;
  if (inScheme) {
    // `.dark body` means the page itself.
    rest = second && isDescent(second) && ROOTS.has(nameOf(rest[2])) ? rest.slice(3) : rest.slice(1);
  } else {
    rest = ROOTS.has(nameOf(first)) ? rest.slice(1) : [descendant(), ...rest];
  }
  // What follows the page itself: nothing, a pseudo-element, or what is inside it. Its siblings are not the tenant's.
  const [next] = rest;
  if (next && next.type !== 'PseudoElementSelector' && !isDescent(next)) return false;
  selector.children = new List<CssNode>().fromArray([...(inScheme ?? PAGE), ...rest]);
  return true;
}

function partsOf(selector: string): CssNode[] {
  return (parse(selector, { context: 'selector' }) as Selector).children.toArray();
}

const endsCompound = (node: CssNode | undefined) => !node || node.type === 'Combinator';
const isDescent = (node: CssNode) => node.type === 'Combinator' && (node.name === ' ' || node.name === '>');
const descendant = (): CssNode => ({ type: 'Combinator', name: ' ' });

function nameOf(node: CssNode | null | undefined): string {
  switch (node?.type) {
    case 'TypeSelector':
    case 'Identifier':
      return node.name;
    case 'String':
      return node.value;
    case 'PseudoClassSelector':
      return `:${node.name}`;
    case 'IdSelector':
      return `#${node.name}`;
    case 'ClassSelector':
      return `.${node.name}`;
    case 'Combinator':
      return node.name;
    default:
      return '';
  }
}
