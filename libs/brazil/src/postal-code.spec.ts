import { describe, expect, it } from '@jest/globals';
import { formatPostalCode, maskPostalCode } from './postal-code.js';

describe('S0.35 a CEP', () => {
  // `|` is the caret.
  it.each([
    ['|', '|'],
    ['13015|', '13015|'],
    ['130150|', '13015-0|'],
    ['13015002|', '13015-002|'],
    ['13.015-002|', '13015-002|'],
    [' 13015-002999|', '13015-002|'],
    ['130|15-002', '130|15-002'],
    ['1309|15-002', '1309|1-500'],
    ['CEP 13015-002|', '13015-002|'],
  ])('while it is typed, %s becomes %s', (before, after) => {
    const { text, caret } = maskPostalCode(before.replace('|', ''), before.indexOf('|'));
    expect(`${text.slice(0, caret)}|${text.slice(caret)}`).toBe(after);
  });

  it('is written with its mark, and anything else as it is', () => {
    expect(['13015002', '13015-002', '1301', 'SW1A 1AA'].map(formatPostalCode)).toEqual([
      '13015-002',
      '13015-002',
      '1301',
      'SW1A 1AA',
    ]);
  });
});
