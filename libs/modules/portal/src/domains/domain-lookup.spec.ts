import { describe, expect, it } from '@jest/globals';
import { costRatio, IN_PROPORTION } from '@balcao/contracts/testing';
import { unquoted } from './domain-lookup.js';

describe('S3.46 a text as a panel keeps it', () => {
  it.each([
    ['proof', 'proof'],
    [' proof\n', 'proof'],
    ['"proof"', 'proof'],
    ['\\"proof\\"', 'proof'],
    ['" proof "', 'proof'],
    ['"proof', '"proof'],
    ['proof"', 'proof"'],
    ['"', '"'],
    ['""', ''],
    ['\\"', '\\"'],
    ['a"b', 'a"b'],
  ])('%j is %j', (text, bare) => expect(unquoted(text)).toBe(bare));

  it('costs in proportion to its length, whatever stands in it', async () => {
    const make = (spaces: number) => `"${' '.repeat(spaces)}x`;
    expect(await costRatio(unquoted, make(500), make(2_000))).toBeLessThan(IN_PROPORTION);
  });
});
