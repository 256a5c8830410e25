import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { slowness } from '@balcao/platform-testing';
import { inSteadyTime } from './steady-time.js';

async function timeOf(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await inSteadyTime(work).catch(() => {});
  return performance.now() - start;
}

describe('inSteadyTime', () => {
  it('S3.70 takes the same time whether there is something to do, nothing, or something fails', async () => {
    const times = await Promise.all([
      timeOf(async () => {}),
      timeOf(() => sleep(60).then(() => {})),
      timeOf(() => Promise.reject(new Error('away'))),
    ]);
    expect(Math.min(...times)).toBeGreaterThan(200);
    expect(Math.max(...times) - Math.min(...times)).toBeLessThan(40 * slowness());
  });

  it('passes on what fails', async () => {
    await expect(inSteadyTime(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
  });
});
