// @ts-check
import ts from 'typescript';

/**
 * @typedef {object} Mutant
 * @property {string} id names it for as long as the code around it stays: file, what was changed, which of the same
 * @property {number} line
 * @property {string} to what stands there instead
 */

const K = ts.SyntaxKind;
/** @type {Map<number, string[]>} */
const COMPARISONS = new Map([
  [K.EqualsEqualsEqualsToken, ['!==']],
  [K.ExclamationEqualsEqualsToken, ['===']],
  [K.LessThanToken, ['<=', '>=']],
  [K.LessThanEqualsToken, ['<', '>']],
  [K.GreaterThanToken, ['>=', '<=']],
  [K.GreaterThanEqualsToken, ['>', '<']],
  [K.MinusToken, ['+']],
  [K.AsteriskToken, ['/']],
  [K.SlashToken, ['*']],
]);
const SEARCHES = /^(findBy|findOneBy|findOneByOrFail|existsBy|update|delete)$/;
const SWAPPED = new Map([
  ['some', 'every'],
  ['every', 'some'],
  ['min', 'max'],
  ['max', 'min'],
]);

/**
 * Compiles every mutant of a file into it, asleep: `__mutant(id)` tells at run time whether one is awake.
 * @param {string} file @param {string} text
 * @returns {{ code: string, mutants: Mutant[] }}
 */
export function mutate(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
  /** @type {Mutant[]} */
  const mutants = [];
  /** @type {Map<string, number>} */
  const seen = new Map();

  /** @param {ts.Node} node @param {string} to */
  function add(node, to) {
    const [from, instead] = differing(oneLine(node.getText()), oneLine(to));
    const what = `${file}: ${placeOf(node)}${ts.isBlock(node) ? 'its body' : from} -> ${instead || 'nothing'}`;
    const count = (seen.get(what) ?? 0) + 1;
    seen.set(what, count);
    const id = count > 1 ? `${what} (${count})` : what;
    mutants.push({ id, to, line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1 });
    return `__mutant(${JSON.stringify(id)})`;
  }

  /** @param {ts.Node} node @returns {string} */
  function render(node) {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node))
      return node.getText();
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isDecorator(node)) return node.getText();
    const names = alternativesTo(node);
    const awake = names.map((to) => add(node, to));
    let inner = '';
    let at = node.getStart();
    ts.forEachChild(node, (child) => {
      inner += text.slice(at, child.getStart()) + render(child);
      at = child.end;
    });
    inner += text.slice(at, node.end);
    if (awake.length === 0) return inner;
    if (ts.isBlock(node)) return `{ if (!${awake[0]}) ${inner} }`;
    if (ts.isStatement(node)) return `{ if (!${awake[0]}) ${inner} }`;
    return names.reduceRight((rest, to, index) => `(${awake[index]} ? ${to} : ${rest})`, inner);
  }
  return { code: text.slice(0, source.getStart()) + render(source) + text.slice(source.end), mutants };
}

/** What may stand instead of a node; of a statement or a block: nothing. @param {ts.Node} node @returns {string[]} */
function alternativesTo(node) {
  // What a condition alone decides, the mutants of that condition decide.
  if (ts.isThrowStatement(node)) return ts.isIfStatement(node.parent) ? [] : [''];
  if (ts.isBlock(node)) return isWorthEmptying(node) ? [''] : [];
  if (ts.isExpressionStatement(node)) return node.expression.getText().startsWith('super(') ? [] : [''];
  if (ts.isPrefixUnaryExpression(node) && node.operator === K.ExclamationToken)
    return isCondition(node) ? ['true', 'false'] : [node.operand.getText()];
  if (node.kind === K.TrueKeyword) return ['false'];
  if (node.kind === K.FalseKeyword) return ['true'];
  if (ts.isRegularExpressionLiteral(node)) return withoutAnchors(node.getText());
  if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'sql') return withoutTerms(node.getText());
  if (ts.isCallExpression(node)) return calls(node);
  if (ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node)) return withoutMembers(node);
  const condition = isCondition(node) ? ['true', 'false'] : [];
  if (!ts.isBinaryExpression(node)) return condition;
  const [left, right] = [node.left.getText(), node.right.getText()];
  if (node.operatorToken.kind === K.AmpersandAmpersandToken || node.operatorToken.kind === K.BarBarToken)
    return [...condition, left, right];
  const signs = COMPARISONS.get(node.operatorToken.kind) ?? [];
  // The opposite of a condition says nothing that `true` and `false` do not.
  return [
    ...condition,
    ...(condition.length > 0
      ? signs.filter((sign) => !/^[!=]|^[<>]=$/.test(sign) || (signs[0] === sign && /[<>]/.test(sign)))
      : signs
    ).map((sign) => `${left} ${sign} ${right}`),
  ];
}

/** @param {ts.Node} node */
function isCondition(node) {
  const { parent } = node;
  if (!parent) return false;
  return (
    (ts.isIfStatement(parent) && parent.expression === node) ||
    (ts.isConditionalExpression(parent) && parent.condition === node)
  );
}

/** @param {ts.Block} block */
function isWorthEmptying({ parent, statements }) {
  return (
    (ts.isMethodDeclaration(parent) || ts.isFunctionDeclaration(parent)) &&
    !(statements.length === 1 && ts.isExpressionStatement(/** @type {ts.Statement} */ (statements[0])))
  );
}

/** @param {ts.CallExpression} call */
function calls({ expression, arguments: given }) {
  if (!ts.isPropertyAccessExpression(expression)) return [];
  const name = SWAPPED.get(expression.name.text);
  const parameters = given.map((each) => each.getText()).join(', ');
  if (expression.name.text === 'filter') return [expression.expression.getText()];
  return name ? [`${expression.expression.getText()}.${name}(${parameters})`] : [];
}

/** Facts of a digest, and what a row must have to be found. @param {ts.ObjectLiteralExpression | ts.ArrayLiteralExpression} node */
function withoutMembers(node) {
  const call = node.parent;
  const object = ts.isObjectLiteralExpression(node);
  const members = /** @type {ts.Node[]} */ ([...(object ? node.properties : node.elements)]);
  const searched =
    ts.isCallExpression(call) && ts.isPropertyAccessExpression(call.expression) && call.arguments[0] === node
      ? SEARCHES.test(call.expression.name.text)
      : ts.isPropertyAssignment(call) && call.name.getText() === 'where';
  if ((object && !searched) || members.length < (object ? 1 : 2)) return [];
  return members.map((left) => {
    const rest = members
      .filter((each) => each !== left)
      .map((each) => each.getText())
      .join(', ');
    return object ? `{ ${rest} }` : `[${rest}]`;
  });
}

/** @param {string} pattern */
function withoutAnchors(pattern) {
  const alternatives = [pattern.replace(/^\/\^/, '/'), pattern.replace(/\$(\/[a-z]*)$/, '$1')];
  return alternatives.filter((each) => each !== pattern && !each.startsWith('//'));
}

const TOKEN =
  /'(?:[^']|'')*'|--.*|\(|\)|;|\bbetween\b|\b(?:where|and|or(?! replace)|having|using|with check|when|if|on|then|else|end|order by|group by|limit|returning|for (?:update|share)|loop|union|join|left join|do)\b|\$\w+\$/gi;

/**
 * A statement, each time without one of its conditions: what stands between `where`, `on`, `and` or the like and whatever
 * ends it, or at the beginning of several in brackets.
 * @param {string} statement @returns {string[]}
 */
export function withoutTerms(statement) {
  const tokens = [...statement.matchAll(TOKEN)].filter(([word]) => !/^('|--)/.test(word));
  // The word of `between a and b` joins no conditions.
  const words = tokens.filter(
    (token, at) => !(/^and$/i.test(token[0]) && /^between$/i.test(tokens[at - 1]?.[0] ?? '')),
  );
  return words.flatMap(({ 0: word, index }, place) => {
    if (!/^(where|and|or|having|if|when|on|using|with check|\()$/i.test(word)) return [];
    const begin = index + word.length;
    let depth = 0;
    const last = words.slice(place + 1).find(({ 0: next }) => {
      depth += next === '(' ? 1 : next === ')' ? -1 : 0;
      return depth < 0 || (depth === 0 && !/^([()]|between)$/i.test(next));
    });
    const [term = ''] = /^[^]*[^\s`$]/.exec(statement.slice(begin, last?.index)) ?? [];
    if (!term.trim() || /^\s*\(?true\)?$/.test(term) || (/^on$/i.test(word) && !term.includes('='))) return [];
    const next = last?.[0] ?? '';
    if (word === '(' && !/^(and|or)$/i.test(next)) return [];
    const instead = /^or$/i.test(word === '(' ? next : word) ? ' false ' : ' (true) ';
    return [statement.slice(0, begin) + instead + statement.slice(begin + term.length)];
  });
}

/** @param {string} code */
export const oneLine = (code) => code.replace(/\s+/g, ' ').trim();

/** Name of the function or constant around a node. @param {ts.Node} node @returns {string} */
function placeOf(node) {
  const named = ts.findAncestor(
    node,
    (each) =>
      ts.isMethodDeclaration(each) ||
      ts.isFunctionDeclaration(each) ||
      (ts.isVariableDeclaration(each) && ts.isSourceFile(each.parent.parent.parent)),
  );
  const name = named && 'name' in named ? /** @type {ts.Node | undefined} */ (named.name) : undefined;
  return name ? `${name.getText()}: ` : '';
}

/** Of two long texts what differs, from word to word. @param {string} before @param {string} after */
export function differing(before, after) {
  if (before.length < 70 || after === '') return [before.slice(0, 70), after];
  let [start, end] = [0, 0];
  while (before[start] === after[start] && start < after.length) start += 1;
  while (before.at(-1 - end) === after.at(-1 - end) && end < Math.min(before.length, after.length) - start) end += 1;
  while (/\w/.test(before[start - 1] ?? '')) start -= 1;
  while (/\w/.test(before[before.length - end] ?? '')) end -= 1;
  return [before, after].map((text) => text.slice(start, text.length - end).trim());
}
