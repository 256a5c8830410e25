import { describe, expect, it } from '@jest/globals';
import { costRatio, IN_PROPORTION } from './cost-ratio.js';

const text = (length: number) => 'x'.repeat(length);

/** Looks at every character once. */
function linear(input: string): number {
  let sum = 0;
  for (let index = 0; index < input.length; index += 1) sum += input.charCodeAt(index);
  return sum;
}

function quadratic(input: string): number {
  let sum = 0;
  for (let index = 0; index < input.length; index += 1) sum += linear(input);
  return sum;
}

describe('costRatio', () => {
  it('is about 4 for four times the input where the cost is in proportion', async () => {
    const ratio = await costRatio(linear, text(50_000), text(200_000));
    expect(ratio).toBeGreaterThan(2);
    expect(ratio).toBeLessThan(IN_PROPORTION);
  });

  it('is about 16 where it is quadratic', async () => {
    expect(await costRatio(quadratic, text(500), text(2_000))).toBeGreaterThan(10);
  });

  it('is about 4 where a step stands between the first two of three inputs', async () => {
    const stepped = (input: string) => linear(input.length < 20_000 ? input : input.repeat(4));
    expect(await costRatio(stepped, text(10_000), text(40_000), text(160_000))).toBeLessThan(IN_PROPORTION);
  });

  it('waits for work that answers later', async () => {
    const ratio = await costRatio(
      (input: string) => Promise.resolve().then(() => linear(input)),
      text(20_000),
      text(80_000),
    );
    expect(ratio).toBeLessThan(IN_PROPORTION);
  });
});
