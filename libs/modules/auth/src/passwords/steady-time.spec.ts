import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { inSteadyTime } from './steady-time.js';

async function timeOf(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await inSteadyTime(work).catch(() => {});
  return performance.now() - start;
}

describe('inSteadyTime', () => {
  it('S3.70 takes the same time whether there is something to do, nothing, or something fails', async () => {
    // The least of several rounds: a busy machine adds to some of them.
    const least = [Infinity, Infinity, Infinity];
    for (let round = 0; round < 4; round += 1) {
      const times = await Promise.all([
        timeOf(async () => {}),
        timeOf(() => sleep(60).then(() => {})),
        timeOf(() => Promise.reject(new Error('away'))),
      ]);
      times.forEach((time, which) => (least[which] = Math.min(least[which]!, time)));
    }
    expect(Math.min(...least)).toBeGreaterThan(200);
    expect(Math.max(...least) - Math.min(...least)).toBeLessThan(40);
  });

  it('passes on what fails', async () => {
    await expect(inSteadyTime(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
  });
});
