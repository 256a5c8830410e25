import { describe, expect, it } from '@jest/globals';
import { FairQueue, FairQueues, type Turn } from './fair-queue.js';

/** Work that ends when it is told to, and notes when each of its pieces began. */
function workshop(limits: Partial<ConstructorParameters<typeof FairQueue>[0]> = {}) {
  const queue = new FairQueue({ concurrency: 1, mostWaitingInLane: 4, mostWaiting: 6, ...limits });
  const begun: string[] = [];
  const refused: string[] = [];
  const ends: (() => void)[] = [];
  const add = async (name: string, turn: Turn, pieces = 1) => {
    try {
      await queue.run(turn, async (giveWay) => {
        for (let piece = 1; piece <= pieces; piece += 1) {
          if (piece > 1) await giveWay();
          begun.push(name);
          await new Promise<void>((end) => ends.push(end));
        }
      });
    } catch (error) {
      expect(error).toMatchObject({ code: 'service_unavailable' });
      refused.push(name);
    }
  };
  /** What began, in its order, once everything has ended. */
  const order = async () => {
    for (await settled(); ends.length > 0; await settled()) ends.shift()!();
    return begun.join(' ');
  };
  /** Ends what began first, and waits for what that lets begin. */
  const endOne = async () => {
    ends.shift()!();
    await settled();
  };
  return { queue, add, order, endOne, begun, refused };
}
const settled = () => new Promise(setImmediate);

/** lane, network, and whether it is served first or holds its place, as `lane/network!+`, and the pieces: `a/1!*5`. */
function turnOf(text: string): [Turn, number] {
  const [, lane = '', network = '', first, holds, pieces = '1'] = /^(\w+)\/(\w+)(!)?(\+)?(?:\*(\d))?$/.exec(text) ?? [];
  return [{ lane, network, first: first === '!', holds: holds === '+' }, Number(pieces)];
}

describe('a fair queue', () => {
  it.each<[what: string, waiting: string[], order: string]>([
    ['serves lanes in turn', ['a/1', 'a/2', 'a/3', 'b/4', 'c/5'], 'a/1 b/4 c/5 a/2 a/3'],
    ['serves the networks of a lane in turn', ['a/1', 'a/1', 'a/1', 'a/2', 'a/3'], 'a/1 a/2 a/3 a/1 a/1'],
    ['serves no network twice for the lanes that it is in', ['a/1', 'b/1', 'c/1', 'd/1', 'a/2'], 'a/1 a/2 b/1 c/1 d/1'],
    ['keeps no lane waiting for the networks of another', ['a/1', 'a/2', 'a/3', 'a/4', 'b/5'], 'a/1 b/5 a/2 a/3 a/4'],
    ['serves some of a lane before the others of it', ['a/1', 'a/2', 'a/3!'], 'a/1 a/3! a/2'],
    ['holds nobody who is served first up for their network', ['a/1', 'a/2', 'a/1!'], 'a/1 a/1! a/2'],
    [
      'lets others have one turn of four',
      ['a/1', 'a/2!', 'a/3', 'a/2!', 'a/4!', 'a/4!'],
      'a/1 a/2! a/4! a/3 a/2! a/4!',
    ],
    ['takes each piece in a turn of its own', ['a/1*3', 'a/2*2', 'b/3'], 'a/1*3 b/3 a/2*2 a/1*3 a/2*2 a/1*3'],
    ['goes on with what has begun before more of the same network', ['a/1*2', 'a/1*2'], 'a/1*2 a/1*2 a/1*2 a/1*2'],
  ])('%s', async (_what, waiting, expected) => {
    const { add, order } = workshop();
    const all = waiting.map((text) => add(text, ...turnOf(text)));
    expect(await order()).toBe(expected);
    await Promise.all(all);
  });

  it.each<[what: string, waiting: string[], refused: string[]]>([
    ['whoever comes to a crowded lane', ['a/0', 'a/1', 'a/2', 'a/3', 'a/4', 'a/5'], ['a/5']],
    ['more of a network that crowds a lane by itself', ['a/1', 'a/1', 'a/1', 'a/1', 'a/1', 'a/1'], ['a/1']],
    [
      'the last of a network that takes more than others',
      ['a/1', 'a/1', 'a/1', 'a/1', 'a/1', 'a/2', 'a/3'],
      ['a/1', 'a/1'],
    ],
    ['nobody of another lane', ['a/0', 'a/1', 'a/2', 'a/3', 'a/4', 'b/5', 'b/6'], []],
    ['whoever comes when everything is full', ['a/0', 'a/1', 'a/2', 'a/3', 'a/4', 'b/5', 'b/6', 'c/7'], ['c/7']],
    ['of one network in many lanes its last', ['a/1', 'a/1', 'a/1', 'b/1', 'b/1', 'c/1', 'd/1', 'e/2'], ['d/1']],
    [
      'nobody who is served first for the others',
      ['a/0', 'a/1', 'a/2', 'a/3', 'a/4', 'b/5', 'b/6', 'a/7!', 'c/8!'],
      [],
    ],
    [
      'some of those who are served first for each other',
      ['a/0', 'a/1!', 'a/1!', 'a/1!', 'a/1!', 'a/1!', 'a/2!'],
      ['a/1!', 'a/1!'],
    ],
  ])('refuses %s', async (_what, waiting, expected) => {
    const { add, order, refused } = workshop();
    const all = waiting.map((text) => add(text, ...turnOf(text)));
    await order();
    await Promise.all(all);
    expect(refused).toEqual(expected);
  });

  it('does as much at once as it may, also of one network alone', async () => {
    const { queue } = workshop({ concurrency: 3, mostWaitingInLane: 100, mostWaiting: 100 });
    let [running, most] = [0, 0];
    const piece = async () => {
      most = Math.max(most, (running += 1));
      await settled();
      running -= 1;
    };
    const work = async (giveWay: () => Promise<void>) => {
      await piece();
      await giveWay();
      await piece();
    };
    await Promise.all(Array.from({ length: 20 }, () => queue.run({ lane: 'a', network: '1' }, work)));
    expect(most).toBe(3);
  });

  it('leaves places to others that one lane may not take', async () => {
    const { add, begun, order } = workshop({ concurrency: 3, concurrencyOfLane: 2 });
    const all = ['a/1', 'a/2', 'a/3'].map((text) => add(text, ...turnOf(text)));
    await settled();
    expect(begun).toEqual(['a/1', 'a/2']);
    all.push(add('b/4', ...turnOf('b/4')));
    await settled();
    expect(begun).toEqual(['a/1', 'a/2', 'b/4']);
    expect(await order()).toBe('a/1 a/2 b/4 a/3');
    await Promise.all(all);
  });

  it('leaves places to others that one network may not take, in whichever lanes it is, unless it is a lane’s only one', async () => {
    const { add, begun, order } = workshop({ concurrency: 9, concurrencyOfNetwork: 2 });
    const all = ['a/1', 'a/1', 'a/1', 'b/1', 'a/2', 'c/c', 'c/c', 'c/c'].map((text) => add(text, ...turnOf(text)));
    await settled();
    expect(begun).toEqual(['a/1', 'a/1', 'a/2', 'c/c', 'c/c', 'c/c']);
    expect(await order()).toBe('a/1 a/1 a/2 c/c c/c c/c b/1 a/1');
    await Promise.all(all);
  });

  it('leaves places to what waits for nobody, of the network too that waits for somebody', async () => {
    const { add, begun, order } = workshop({
      concurrency: 9,
      concurrencyOfNetwork: 4,
      holdingOfNetwork: 2,
      mostWaitingInLane: 9,
      mostWaiting: 9,
    });
    const waiting = ['a/1+', 'a/1+', 'a/1+', 'b/1+', 'a/1', 'a/1', 'a/1', 'a/2+', 'c/c+', 'c/c+', 'c/c+'];
    const all = waiting.map((text) => add(text, ...turnOf(text)));
    await settled();
    expect(begun).toEqual(['a/1+', 'a/1+', 'a/1', 'a/1', 'a/2+', 'c/c+', 'c/c+', 'c/c+']);
    expect(await order()).toBe('a/1+ a/1+ a/1 a/1 a/2+ c/c+ c/c+ c/c+ b/1+ a/1+ a/1');
    await Promise.all(all);
  });

  it('serves everybody whom one that left made room for', async () => {
    const { add, begun, endOne, order } = workshop({ concurrency: 9, concurrencyOfLane: 2, concurrencyOfNetwork: 2 });
    const all = ['a/1', 'a/1', 'a/2', 'b/1'].map((text) => add(text, ...turnOf(text)));
    await settled();
    expect(begun).toEqual(['a/1', 'a/1']);
    await endOne();
    expect(begun).toEqual(['a/1', 'a/1', 'a/2', 'b/1']);
    await order();
    await Promise.all(all);
  });

  it('keeps places for those whose turn may take them', async () => {
    const { queue, add, begun } = workshop({ concurrency: 3, keptPlaces: 1 });
    const all = ['a/1', 'b/2', 'c/3'].map((text) => add(text, ...turnOf(text)));
    await settled();
    expect(begun).toEqual(['a/1', 'b/2']);
    expect(await queue.run({ lane: '', kept: true }, () => Promise.resolve('at once'))).toBe('at once');
    expect(begun).toEqual(['a/1', 'b/2']);
    void all;
  });

  it('refuses whoever has waited for as long as one may, and nobody else', async () => {
    const { add, order, refused } = workshop({ patienceMs: 20 });
    const all = ['a/1', 'a/2'].map((text) => add(text, ...turnOf(text)));
    await all[1];
    all.push(add('b/3', ...turnOf('b/3')));
    expect(await order()).toBe('a/1 b/3');
    await Promise.all(all);
    expect(refused).toEqual(['a/2']);
  });

  it('goes on after work that failed, also between its pieces', async () => {
    const { queue } = workshop({ mostWaitingInLane: 1, mostWaiting: 1 });
    const fails = async (giveWay: () => Promise<void>) => {
      await giveWay();
      throw new Error('no');
    };
    await expect(queue.run({ lane: 'a' }, fails)).rejects.toThrow('no');
    expect(await queue.run({ lane: 'a' }, () => Promise.resolve('done'))).toBe('done');
  });

  it('has its whole room again once those who waited are served', async () => {
    const { queue } = workshop({ mostWaitingInLane: 2, mostWaiting: 2 });
    for (let round = 0; round < 3; round += 1) {
      const all = [1, 2, 3].map((n) => queue.run({ lane: 'a' }, () => Promise.resolve(n)));
      expect(await Promise.all(all)).toEqual([1, 2, 3]);
    }
  });
});

describe('fair queues', () => {
  it('let so many of each key in at once, whatever waits for another', async () => {
    const queues = new FairQueues({ concurrency: 2, mostWaitingInLane: 2, mostWaiting: 2 });
    const begun: string[] = [];
    const ends: (() => void)[] = [];
    const add = (key: string, network = '1') =>
      queues.run(key, network, () => {
        begun.push(`${key}/${network}`);
        return new Promise<void>((end) => ends.push(end));
      });
    const all = [add('a'), add('a'), add('a'), add('a', '2'), add('b')];
    await expect(add('a')).rejects.toMatchObject({ code: 'service_unavailable' });
    expect(begun).toEqual(['a/1', 'a/1', 'b/1']);
    for (; ends.length > 0; await settled()) ends.shift()!();
    await Promise.all(all);
    expect(begun).toEqual(['a/1', 'a/1', 'b/1', 'a/2', 'a/1']);
  });

  it('go on after work that failed, and keep nothing of a key that has ended', async () => {
    const queues = new FairQueues({ concurrency: 1, mostWaitingInLane: 0, mostWaiting: 0 });
    await expect(queues.run('a', '', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await queues.run('a', '', () => Promise.resolve('done'))).toBe('done');
    expect(queues).toHaveProperty('queues.size', 0);
  });
});
