import { afterEach, describe, expect, it } from '@jest/globals';
import { Threads } from './threads.js';

const WORK = new URL('../test/work.mjs', import.meta.url);
const UNAVAILABLE = { code: 'service_unavailable', retryAfterSeconds: expect.any(Number) };

describe('work beside the event loop', () => {
  let threads: Threads;
  const takes = (milliseconds: number, lane: string, more = {}) =>
    threads.run<(input: number) => number>(WORK, 'takes', milliseconds, { lane, ...more });
  const after = async (work: Promise<unknown>[]) => Promise.allSettled(work).then(() => performance.now());
  afterEach(() => threads.onApplicationShutdown());

  it('has time from when it begins: what waits for longer is done all the same', async () => {
    threads = new Threads({ concurrency: 1, longestMs: 2_000 });
    const waiting = Array.from({ length: 5 }, () => takes(600, 'one'));
    expect(await Promise.all(waiting)).toEqual(Array(5).fill(600));
  });

  it('is given up when it takes too long itself, and the next has a thread', async () => {
    threads = new Threads({ concurrency: 1, longestMs: 1_500 });
    const [long, next] = [takes(60_000, 'one'), takes(1, 'one')];
    await expect(long).rejects.toMatchObject(UNAVAILABLE);
    expect(await next).toBe(1);
  });

  it('says that too much of one lane waits, while there is room for another', async () => {
    threads = new Threads({ concurrency: 1, mostWaitingInLane: 2 });
    const flood = Array.from({ length: 8 }, () => takes(200, 'one'));
    const other = takes(1, 'other').then(() => performance.now());
    const ended = after(flood);
    const answers = await Promise.allSettled(flood);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    for (const answer of answers) if (answer.status === 'rejected') expect(answer.reason).toMatchObject(UNAVAILABLE);
    expect(await other).toBeLessThan(await ended);
  });

  it('says when it begins, and never where it does not', async () => {
    threads = new Threads({ concurrency: 1, mostWaitingInLane: 1 });
    const begun: string[] = [];
    const work = ['first', 'second', 'third'].map((which) =>
      threads.run<(input: number) => number>(WORK, 'takes', 100, { lane: 'one' }, async () => {
        begun.push(which);
      }),
    );
    await expect(work[2]).rejects.toMatchObject(UNAVAILABLE);
    expect(begun).toEqual(['first']);
    await Promise.all(work.slice(0, 2));
    expect(begun).toEqual(['first', 'second']);
  });

  it('has its turn by lane where nobody in particular asks', async () => {
    threads = new Threads({ concurrency: 1 });
    const order: string[] = [];
    const work = ['a', 'a', 'a', 'b'].map((lane) => takes(1, lane).then(() => order.push(lane)));
    await Promise.all(work);
    expect(order).toEqual(['a', 'b', 'a', 'a']);
  });

  it('is not done where a later one of the same takes its place', async () => {
    threads = new Threads({ concurrency: 1 });
    const answers = await Promise.allSettled(
      [200, 2, 3, 4].map((input) => takes(input, 'one', { latestOf: 'person' })),
    );
    expect(answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : answer.reason))).toEqual([
      200,
      expect.objectContaining({ code: 'service_unavailable' }),
      expect.objectContaining({ code: 'service_unavailable' }),
      4,
    ]);
  });

  it('fails as it fails', async () => {
    threads = new Threads();
    await expect(threads.run<(input: string) => never>(WORK, 'throws', 'of it', { lane: 'one' })).rejects.toThrow(
      'of it',
    );
  });
});
