import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import type { MessageEvent } from '@nestjs/common';
import { Secrets } from '@balcao/platform-config';
import { costRatio } from '@balcao/platform-testing';
import type { LiveBus, LiveListener, LiveMessage } from './live-bus.js';
import { LiveStreams } from './live-streams.js';

const secrets = new Secrets('only-for-tests-0123456789abcdefghij');
let listener: LiveListener;
let streams: LiveStreams;

/** Streams of a process, which hear what `listener` is told. */
const streamsOf = (most?: number) =>
  new LiveStreams({ subscribe: (given) => (listener = given) && (() => {}) } as LiveBus, secrets, most);
const sealed = (id: string, subjectId = 'p') => secrets.seal(id, `live:${subjectId}`).toString('base64url');

beforeEach(() => {
  streams = streamsOf();
  streams.onApplicationBootstrap();
});
afterEach(() => streams.beforeApplicationShutdown());

function happen(count: number): string[] {
  const messages = Array.from({ length: count }, (): LiveMessage => ({
    id: randomUUID(),
    name: 'ticket.created',
    ids: {},
  }));
  for (const message of messages) listener.message(message);
  return messages.map(({ id }) => id);
}

const settled = () => new Promise(setImmediate);

function listen(
  since?: string,
  sessionId = 's',
  stillMay = async () => true,
  mayHear: (message: LiveMessage) => boolean = () => true,
) {
  const heard: MessageEvent[] = [];
  const ids: string[] = [];
  let ended = false;
  const reader = { sessionId, subjectId: 'p', organizationId: 'o', since: since && sealed(since), mayHear, stillMay };
  const subscription = streams.stream(reader).subscribe({
    next: (event) => {
      ids.push(event.id!);
      heard.push({ ...event, id: secrets.open(Buffer.from(event.id!, 'base64url'), 'live:p') });
    },
    complete: () => (ended = true),
  });
  return { heard, ids, close: () => subscription.unsubscribe(), ended: () => ended };
}

it('brings who comes back what came since, and tells who was away for longer than is kept', () => {
  const ids = happen(1_500);
  const back = listen(ids[1_400]);
  expect(back.heard.map(({ type }) => type)).toEqual([...Array<undefined>(99).fill(undefined), 'ready']);
  // The end has the id of what is newest, so that nothing comes twice to who leaves again at once.
  expect(back.heard.map(({ id }) => id)).toEqual([...ids.slice(1_401), ids.at(-1)]);
  expect(listen(ids[400]).heard.map(({ type }) => type)).toEqual(['reset']);
});

it('knows where it began until something was lost', () => {
  const first = listen().heard[0]!.id;
  const [one] = happen(1);
  expect(listen(first).heard.map(({ id }) => id)).toEqual([one, one]);
  listener.gap();
  expect(listen(first).heard.map(({ type }) => type)).toEqual(['reset']);
});

it.each([
  ['person', { subjectId: 'p' }, { subjectId: 'q' }],
  ['organization', { organizationId: 'o' }, { organizationId: 'r' }],
])('looks again at what the access of its %s concerns, and ends what may not stay', async (_whose, own, foreign) => {
  const may = new Set(['kept', 'other']);
  const mayOf = (id: string) => async () => may.has(id);
  const [kept, other] = [listen(undefined, 'kept', mayOf('kept')), listen(undefined, 'other', mayOf('other'))];
  await settled();
  may.delete('other');
  listener.message({ name: 'access.changed', ...foreign });
  await settled();
  expect([kept.ended(), other.ended()]).toEqual([false, false]);
  listener.message({ name: 'access.changed', ...own });
  await settled();
  expect([kept.ended(), other.ended()]).toEqual([false, true]);
  may.delete('kept');
  listener.message({ name: 'access.changed', ...own });
  await settled();
  expect(kept.ended()).toBe(true);
});

it('tells nothing while several looks are under way, and all of it in order where the last lets it stay', async () => {
  const answers: ((may: boolean) => void)[] = [];
  const stillMay = () => new Promise<boolean>((resolve) => answers.push(resolve));
  const [stays, goes] = [listen(undefined, 's', stillMay), listen(undefined, 't', stillMay)];
  listener.message({ name: 'access.changed', subjectId: 'p' });
  const ids = happen(2);
  answers[0]!(true);
  answers[1]!(true);
  await settled();
  for (const each of [stays, goes]) expect(each.heard).toHaveLength(1);
  answers[2]!(true);
  answers[3]!(false);
  await settled();
  expect(stays.heard.slice(1).map(({ id }) => id)).toEqual(ids);
  expect([goes.heard.length, goes.ended()]).toEqual([1, true]);
});

it('looks at everything again where something may have been missed', async () => {
  let may = true;
  const open = listen(undefined, 's', async () => may);
  await settled();
  may = false;
  listener.gap();
  await settled();
  expect(open.ended()).toBe(true);
});

it('opens nothing once the process stops', () => {
  const open = listen();
  streams.beforeApplicationShutdown();
  expect(open.ended()).toBe(true);
  expect(() => listen()).toThrow(expect.objectContaining({ code: 'service_unavailable' }));
});

it('begins with what comes for who comes for the first time, and goes on after the very first message', () => {
  const ids = happen(3);
  expect(listen().heard.map(({ type, id }) => [type, id])).toEqual([['ready', ids[2]]]);
  expect(listen(ids[0]).heard.map(({ id }) => id)).toEqual([ids[1], ids[2], ids[2]]);
});

it('keeps the last thousand', () => {
  const { id: origin } = listen().heard[0]!;
  happen(1_000);
  expect(listen(origin).heard).toHaveLength(1_001);
  happen(1);
  expect(listen(origin).heard.map(({ type }) => type)).toEqual(['reset']);
});

it('tells each only what it may hear, of what comes and of what was missed', async () => {
  const mine = async (since?: string) => {
    const open = listen(since, 's', undefined, ({ ids }) => ids['accountId'] === 'mine');
    await settled();
    return open;
  };
  const open = await mine();
  const [first] = happen(1);
  const message = { id: randomUUID(), name: 'ticket.created' as const, ids: { accountId: 'mine' } };
  listener.message(message);
  happen(1);
  expect(open.heard.slice(1)).toEqual([{ id: message.id, data: { name: message.name, ids: message.ids } }]);
  expect((await mine(first)).heard.map(({ id }) => id).slice(0, -1)).toEqual([message.id]);
});

it('tells everybody that something may have been missed, and forgets what it kept', async () => {
  const open = listen();
  await settled();
  const [id] = happen(1);
  listener.gap();
  await settled();
  expect(open.heard.at(-1)).toMatchObject({ type: 'reset' });
  expect(listen(id).heard.map(({ type }) => type)).toEqual(['reset']);
});

it('opens eight for a session, and gives back the place of one that was left or ended', async () => {
  let may = true;
  const open = Array.from({ length: 8 }, () => listen());
  for (let round = 0; round < 2; round += 1) {
    expect(() => listen()).toThrow(expect.objectContaining({ code: 'rate_limited' }));
    expect(() => listen(undefined, 'other')).not.toThrow();
    open.pop()!.close();
    open.push(listen(undefined, 's', async () => may));
  }
  may = false;
  await streams.recheck();
  for (const left of open) left.close();
  for (let count = 0; count < 8; count += 1) listen();
  expect(() => listen()).toThrow(expect.objectContaining({ code: 'rate_limited' }));
});

it('opens no more than a process can carry', () => {
  streams = streamsOf(3);
  const [first] = ['a', 'b', 'c'].map((session) => listen(undefined, session));
  expect(() => listen(undefined, 'd')).toThrow(expect.objectContaining({ code: 'service_unavailable' }));
  first!.close();
  expect(() => listen(undefined, 'd')).not.toThrow();
  expect(() => listen(undefined, 'e')).toThrow(expect.objectContaining({ code: 'service_unavailable' }));
});

it('looks through none of the others’ streams to open one', async () => {
  const opening = (count: number) => {
    streams = streamsOf();
    for (let index = 0; index < count; index += 1) listen(undefined, `session ${index}`);
    return Promise.resolve();
  };
  expect(await costRatio(opening, 500, 2_000)).toBeLessThan(6);
});

/** What is done again and again, by its milliseconds, for the test to do it. */
function timers() {
  const every = new Map<number, () => void>();
  const set = jest.spyOn(globalThis, 'setInterval').mockImplementation(((work: () => void, ms: number) => {
    every.set(ms, work);
    return { unref: () => ms };
  }) as never);
  return { every, set };
}

it('keeps streams alive and looks after them again and again, until the process stops', async () => {
  const { every, set } = timers();
  const clear = jest.spyOn(globalThis, 'clearInterval').mockImplementation(() => {});
  try {
    streams = streamsOf();
    streams.onApplicationBootstrap();
    let may = true;
    const open = listen(undefined, 's', async () => may);
    await settled();
    const [id] = happen(1);
    every.get(25_000)!();
    expect(open.heard.at(-1)).toEqual({ type: 'heartbeat', data: {}, id });
    may = false;
    every.get(60_000)!();
    await settled();
    expect(open.ended()).toBe(true);
    streams.beforeApplicationShutdown();
    expect(clear.mock.calls).toEqual([[25_000], [60_000]]);
  } finally {
    set.mockRestore();
    clear.mockRestore();
  }
});

it('tells nothing out of its order while it looks whether somebody may stay', async () => {
  const answers: ((may: boolean) => void)[] = [];
  const open = listen(undefined, 's', () => new Promise((resolve) => answers.push(resolve)));
  const before = open.heard.length;
  const [id] = happen(1);
  listener.gap();
  expect(open.heard).toHaveLength(before);
  for (const answer of answers) answer(true);
  await settled();
  expect(open.heard.slice(before).map((event) => [event.id === id, event.type])).toEqual([
    [true, undefined],
    [false, 'reset'],
  ]);
});

it('B.1 says by no id whether anything happened that its reader may not hear of', async () => {
  const { every, set } = timers();
  streams = streamsOf();
  streams.onApplicationBootstrap();
  set.mockRestore();
  const beat = () => every.get(25_000)!();
  const open = listen(undefined, 's', undefined, () => false);
  await settled();
  beat();
  beat();
  happen(1);
  beat();
  const { heard, ids } = open;
  expect(heard.map(({ type }) => type)).toEqual(['ready', 'heartbeat', 'heartbeat', 'heartbeat']);
  // It moves on, where only the server can see.
  expect(heard.map(({ id }) => id)).toEqual([
    ...Array<unknown>(3).fill(heard[0]!.id),
    expect.not.stringContaining(heard[0]!.id!),
  ]);
  expect(new Set(ids).size).toBe(4);
  expect(new Set(ids.map(({ length }) => length)).size).toBe(1);
});

it.each([
  ['of another reader', sealed('x', 'q')],
  ['that nobody gave', 'x'],
  ['of the message itself', randomUUID()],
])('reads anew who comes back with an id %s', (_whose, since) => {
  happen(1);
  const told: unknown[] = [];
  const reader = {
    sessionId: 's',
    subjectId: 'p',
    organizationId: 'o',
    mayHear: () => true,
    stillMay: async () => true,
  };
  streams.stream({ ...reader, since }).subscribe(({ type }) => told.push(type));
  expect(told).toEqual(['reset']);
});

it('asks browsers to come back one after another', () => {
  const waits = Array.from({ length: 8 }, () => listen().heard[0]!.retry!);
  expect(new Set(waits).size).toBeGreaterThan(1);
  for (const wait of waits) expect(wait).toBeGreaterThanOrEqual(1_000);
});
