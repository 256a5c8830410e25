import { describe, expect, it } from '@jest/globals';
import { FairQueue } from './fair-queue.js';

/** Work that ends when it is told to, and notes when it began. */
function workshop(limits = { concurrency: 1, mostWaitingInLane: 4, mostWaiting: 6 }) {
  const queue = new FairQueue(limits);
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const add = (lane: string, name: string, first = false) =>
    queue.run({ lane, first }, async () => {
      begun.push(name);
      await new Promise<void>((end) => ends.push(end));
      return name;
    });
  const endOne = async () => {
    ends.shift()!();
    await new Promise(setImmediate);
  };
  return { add, endOne, begun };
}

describe('a fair queue', () => {
  it('serves the lanes in turn, whatever waits in one of them', async () => {
    const { add, endOne, begun } = workshop();
    const all = [add('a', 'a1'), add('a', 'a2'), add('a', 'a3'), add('b', 'b1'), add('c', 'c1')];
    for (let count = 0; count < all.length; count += 1) await endOne();
    expect(begun).toEqual(['a1', 'a2', 'b1', 'c1', 'a3']);
    expect(await Promise.all(all)).toEqual(['a1', 'a2', 'a3', 'b1', 'c1']);
  });

  it('serves some of a lane before the others of it', async () => {
    const { add, endOne, begun } = workshop();
    const all = [add('a', 'a1'), add('a', 'a2'), add('a', 'known', true)];
    for (let count = 0; count < all.length; count += 1) await endOne();
    await Promise.all(all);
    expect(begun).toEqual(['a1', 'known', 'a2']);
  });

  it('refuses a crowded lane and leaves room for the others', async () => {
    const { add, endOne, begun } = workshop();
    const all = ['a1', 'a2', 'a3', 'a4', 'a5'].map((name) => add('a', name));
    await expect(add('a', 'a6')).rejects.toMatchObject({ code: 'service_unavailable' });
    all.push(add('b', 'b1'), add('b', 'b2'));
    await expect(add('c', 'c1')).rejects.toMatchObject({ code: 'service_unavailable' });
    for (let count = 0; count < all.length; count += 1) await endOne();
    await Promise.all(all);
    expect(begun.slice(0, 3)).toEqual(['a1', 'a2', 'b1']);
  });

  it('has room for those who are served first, however many others wait in their lane and elsewhere', async () => {
    const { add, endOne, begun } = workshop();
    const all = ['a1', 'a2', 'a3', 'a4', 'a5'].map((name) => add('a', name));
    all.push(add('b', 'b1'), add('b', 'b2'), add('a', 'known', true), add('c', 'known too', true));
    await expect(add('b', 'b3')).rejects.toMatchObject({ code: 'service_unavailable' });
    for (let count = 0; count < all.length; count += 1) await endOne();
    await Promise.all(all);
    expect(begun.slice(0, 4)).toEqual(['a1', 'known', 'b1', 'known too']);
  });

  it('goes on after work that failed', async () => {
    const queue = new FairQueue({ concurrency: 1, mostWaitingInLane: 1, mostWaiting: 1 });
    await expect(queue.run({ lane: 'a' }, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await queue.run({ lane: 'a' }, () => Promise.resolve('done'))).toBe('done');
  });

  it('takes nobody for one of the first who does not say so', async () => {
    const queue = new FairQueue({ concurrency: 1, mostWaitingInLane: 2, mostWaiting: 2 });
    const begun: string[] = [];
    const add = (name: string, first?: boolean) =>
      queue.run({ lane: 'a', ...(first ? { first } : {}) }, async () => void begun.push(name));
    await Promise.all([add('a1'), add('a2'), add('known', true)]);
    expect(begun).toEqual(['a1', 'known', 'a2']);
  });

  it('has its whole room again once those who waited are served', async () => {
    const queue = new FairQueue({ concurrency: 1, mostWaitingInLane: 2, mostWaiting: 2 });
    for (let round = 0; round < 3; round += 1) {
      const all = [1, 2, 3].map((n) => queue.run({ lane: 'a' }, () => Promise.resolve(n)));
      expect(await Promise.all(all)).toEqual([1, 2, 3]);
    }
  });
});
