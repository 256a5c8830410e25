/** At-rules that may stand in a tenant's stylesheet: conditions, and animations of its own. */
export const AT_RULES: ReadonlySet<string> = new Set(['media', 'supports', 'container', 'keyframes']);

/** What css-tree may find in the rest; each of them names nothing outside of the page. */
export const NODES: ReadonlySet<string> = new Set([
  'StyleSheet',
  'AtrulePrelude',
  'MediaQueryList',
  'MediaQuery',
  'Condition',
  'Feature',
  'FeatureRange',
  'SupportsDeclaration',
  'Ratio',
  'SelectorList',
  'Selector',
  'ClassSelector',
  'IdSelector',
  'AttributeSelector',
  'PseudoClassSelector',
  'PseudoElementSelector',
  'Nth',
  'AnPlusB',
  'Combinator',
  'Block',
  'Value',
  'Identifier',
  'Number',
  'Dimension',
  'Percentage',
  'String',
  'Hash',
  'Operator',
  'Parentheses',
  'Brackets',
  'Comment',
  'WhiteSpace',
]);

/** Functions of values that compute: none of them loads anything. */
export const VALUE_FUNCTIONS: ReadonlySet<string> = new Set(
  (
    'calc min max clamp round mod rem abs sign sqrt pow hypot log exp sin cos tan asin acos atan atan2 var env ' +
    'rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark ' +
    'linear-gradient radial-gradient conic-gradient repeating-linear-gradient repeating-radial-gradient repeating-conic-gradient ' +
    'translate translatex translatey translatez translate3d scale scalex scaley scalez scale3d rotate rotatex rotatey rotatez rotate3d ' +
    'skew skewx skewy matrix matrix3d perspective ' +
    'blur brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia ' +
    'cubic-bezier steps linear repeat minmax fit-content polygon circle ellipse inset xywh rect counter counters attr'
  ).split(' '),
);
