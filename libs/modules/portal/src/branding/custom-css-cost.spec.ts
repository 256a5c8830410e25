import { describe, expect, it } from '@jest/globals';
import { costRatio, IN_PROPORTION } from '@balcao/contracts/testing';
import { compileCustomCss, LONGEST_CUSTOM_CSS } from './custom-css.js';

/** So much of a piece that it fills a share of what may be typed. */
const fill = (piece: string, share: number) => piece.repeat((LONGEST_CUSTOM_CSS * share) / piece.length - 1);
const within = (start: string, piece: string, end: string) => (share: number) => start + fill(piece, share) + end;

describe('S3.45 a stylesheet costs in proportion to its length', () => {
  it.each(
    Object.entries({
      'comments of HTML': within('', '<!--\n', ''),
      'broken strings': within('', '"\n', ''),
      escapes: within('', '\\\n', ''),
      'open brackets': within('', '.a{', ''),
      'closed brackets': within('', '}\n', ''),
      rules: within('', '.a{color:red}\n', ''),
      'refused addresses': within('', '.a{b:url(x)}\n', ''),
      'unreadable declarations': within('', '.a{color red}\n', ''),
      'unreadable declarations of one rule': within('.a{', 'color red;', '}'),
      'nested rules': within('', '.a{.b{}}\n', ''),
      'refused at-rules': within('', '@x;\n', ''),
      conditions: within('@media ', '(a) and ', '(b){.a{color:red}}'),
      'a list of selectors': within('', '.a,', '.a{color:red}'),
      'a list of bad selectors': within('', 'a|b,', '.a{color:red}'),
      'a long selector': within('', '.a ', '.a{color:red}'),
      'custom properties': within('.a{', '--x:{a:b};', '}'),
      'a long value': within('.a{--x:', 'a ', '}'),
      'a comment': within('/*', 'x\n', '*/'),
      'a string': within('.a{content:"', 'x', '"}'),
      'steps of an animation': within('@keyframes portal-x{', '1%{top:0}', '}'),
    }),
  )('%s', async (_kind, make) => {
    expect(await costRatio(compileCustomCss, make(0.25), make(1))).toBeLessThan(IN_PROPORTION);
  });
});
