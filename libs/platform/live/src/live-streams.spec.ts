import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import type { MessageEvent } from '@nestjs/common';
import { Secrets } from '@balcao/platform-config';
import { costRatio, IN_PROPORTION } from '@balcao/contracts/testing';
import { testConfig } from '@balcao/platform-testing';
import type { LiveBus, LiveListener, LiveMessage } from './live-bus.js';
import { LiveStreams } from './live-streams.js';

const secrets = new Secrets('only-for-tests-0123456789abcdefghij');
let listener: LiveListener;
let streams: LiveStreams;

/** Streams of a process, which hear what `listener` is told. */
const streamsOf = (most?: number, liveStreamsPerOrganization = 10_000) =>
  new LiveStreams(
    { subscribe: (given) => (listener = given) && (() => {}) } as LiveBus,
    secrets,
    testConfig({ databaseUrl: 'postgres://nowhere', liveStreamsPerOrganization }),
    most,
  );
const sealed = (id: string, subjectId = 'p') => secrets.seal(id, `live:${subjectId}`).toString('base64url');

beforeEach(() => {
  streams = streamsOf();
  streams.onApplicationBootstrap();
});
afterEach(() => streams.beforeApplicationShutdown());

function happen(count: number, organizationId = 'o'): string[] {
  const messages = Array.from({ length: count }, (): LiveMessage => ({
    id: randomUUID(),
    name: 'ticket.created',
    ids: {},
    organizationId,
  }));
  for (const message of messages) listener.message(message);
  return messages.map(({ id }) => id);
}

const settled = () => new Promise(setImmediate);

function listen(
  since?: string,
  subjectId = 'p',
  stillMay = async () => true,
  mayHear: (message: LiveMessage) => boolean = () => true,
  organizationId = 'o',
  billingAccountId?: string,
) {
  const heard: MessageEvent[] = [];
  const ids: string[] = [];
  let ended = false;
  const whose = { subjectId, organizationId, billingAccountId };
  const reader = { ...whose, since: since && sealed(since, subjectId), mayHear, stillMay };
  const subscription = streams.stream(reader).subscribe({
    next: (event) => {
      ids.push(event.id!);
      heard.push({ ...event, id: secrets.open(Buffer.from(event.id!, 'base64url'), `live:${subjectId}`) });
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
  const [kept, other] = [listen(undefined, 'p', mayOf('kept')), listen(undefined, 'p', mayOf('other'))];
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
  const [stays, goes] = [listen(undefined, 'p', stillMay), listen(undefined, 'p', stillMay)];
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
  const open = listen(undefined, 'p', async () => may);
  await settled();
  may = false;
  listener.gap();
  await settled();
  expect(open.ended()).toBe(true);
});

it('stays open while nobody can tell whether it may', async () => {
  const open = listen(undefined, 'p', () => Promise.reject(new Error('The database is away')));
  await settled();
  const [id] = happen(1);
  expect([open.ended(), open.heard.at(-1)!.id]).toEqual([false, id]);
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
    const open = listen(since, 'p', undefined, ({ ids }) => ids['accountId'] === 'mine');
    await settled();
    return open;
  };
  const open = await mine();
  const [first] = happen(1);
  const message = {
    id: randomUUID(),
    name: 'ticket.created' as const,
    ids: { accountId: 'mine' },
    organizationId: 'o',
  };
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

it('opens twenty for a person: the oldest makes room for a new one, and comes back later than others', async () => {
  const open = Array.from({ length: 20 }, () => listen());
  const other = listen(undefined, 'q');
  open.push(listen());
  expect([...open, other].map(({ ended }) => ended())).toEqual([true, ...Array<boolean>(21).fill(false)]);
  expect(open[0]!.heard.at(-1)).toMatchObject({ type: 'heartbeat', id: open[0]!.heard[0]!.id });
  expect(open[0]!.heard.at(-1)!.retry).toBeGreaterThanOrEqual(40_000);
  // A place that was left or ended is free again.
  open[1]!.close();
  listen();
  expect(open[2]!.ended()).toBe(false);
  let may = true;
  listen(undefined, 'p', async () => may);
  await settled();
  expect(open[2]!.ended()).toBe(true);
  may = false;
  await streams.recheck();
  listen();
  expect(open[3]!.ended()).toBe(false);
});

it('brings who made room, once they come back, what waited for a look at whether they may stay', () => {
  const oldest = listen(undefined, 'p', () => new Promise(() => {}));
  const ids = happen(2);
  for (let count = 0; count < 20; count += 1) listen();
  expect(oldest.ended()).toBe(true);
  expect(listen(oldest.heard.at(-1)!.id).heard.map(({ id }) => id)).toEqual([...ids, ids[1]]);
});

it('opens so many for an organization as are configured, whoever asks, and as many for any other', () => {
  streams = streamsOf(undefined, 30);
  const open = Array.from({ length: 30 }, (_, index) => listen(undefined, `person ${index}`));
  const refused = expect.objectContaining({ code: 'rate_limited', retryAfterSeconds: 30 });
  expect(() => listen(undefined, 'one more')).toThrow(refused);
  expect(() => listen(undefined, 'one more', undefined, undefined, 'r')).not.toThrow();
  open[7]!.close();
  expect(() => listen(undefined, 'one more')).not.toThrow();
  expect(() => listen(undefined, 'another')).toThrow(refused);
});

it('opens a tenth of them for the customers of one account, and leaves their own to staff and to other accounts', () => {
  streams = streamsOf(undefined, 200);
  const customer = (account: string, index: number | string) =>
    listen(undefined, `${account} ${index}`, undefined, undefined, 'o', account);
  const fill = (account: string) => Array.from({ length: 20 }, (_, index) => customer(account, index));
  const refused = expect.objectContaining({ code: 'rate_limited', retryAfterSeconds: 30 });
  const [first] = fill('account 0');
  expect(() => customer('account 0', 'more')).toThrow(refused);
  expect(first!.ended()).toBe(false);
  for (let number = 1; number < 10; number += 1) fill(`account ${number}`);
  expect(() => customer('one more', 1)).toThrow(refused);
  for (let index = 0; index < 200; index += 1) listen(undefined, `staff ${index}`);
  expect(() => listen(undefined, 'one more of staff')).toThrow(refused);
  first!.close();
  expect(() => listen(undefined, 'one more of staff')).toThrow(refused);
  expect(() => customer('account 0', 'more')).not.toThrow();
  expect(() => customer('one more', 1)).toThrow(refused);
});

it('opens no more than a process can carry', () => {
  streams = streamsOf(3);
  const [first] = ['a', 'b', 'c'].map((person) => listen(undefined, person));
  expect(() => listen(undefined, 'd')).toThrow(expect.objectContaining({ code: 'service_unavailable' }));
  first!.close();
  expect(() => listen(undefined, 'd')).not.toThrow();
  expect(() => listen(undefined, 'e')).toThrow(expect.objectContaining({ code: 'service_unavailable' }));
});

it('keeps what was told for each organization apart: a loud one makes nobody else read anew', () => {
  const { id: quiet } = listen(undefined, 'q', undefined, undefined, 'quiet').heard[0]!;
  const [first] = happen(1);
  happen(60_000, 'loud');
  expect(listen(undefined, 'l', undefined, undefined, 'loud').heard).toHaveLength(1);
  expect(listen(first).heard.map(({ type }) => type)).toEqual(['ready']);
  happen(1);
  expect(listen(first).heard.map(({ type }) => type)).toEqual([undefined, 'ready']);
  expect(listen(quiet, 'q', undefined, undefined, 'quiet').heard.map(({ type }) => type)).toEqual(['ready']);
  // Nobody hears of another's, whatever else they may hear.
  const heard = listen(first, 'x', undefined, undefined, 'quiet').heard.map(({ type }) => type);
  expect(heard).toEqual(['reset']);
});

it('keeps fifty thousand of all together, and tells whom it forgot that something may have been missed', () => {
  const back = (since: string | undefined, organizationId = 'o') =>
    listen(since, organizationId, undefined, undefined, organizationId).heard.at(-1)!.type;
  const origin = listen().heard[0]!.id;
  happen(1, 'told again');
  const [first] = happen(1);
  const [again] = happen(1, 'told again');
  const loud = Array.from({ length: 49 }, (_, count) => happen(1_000, `loud ${count}`).at(-1));
  happen(997, 'last');
  expect(back(first)).toBe('ready');
  const [late] = happen(1, 'one more');
  for (const since of [first, origin]) expect(back(since)).toBe('reset');
  expect([back(late, 'one more'), back(again, 'told again')]).toEqual(['ready', 'ready']);
  // There is room for as much as went, and no more.
  const [next] = happen(1_001, 'next').slice(-1);
  expect([back(next, 'next'), back(again, 'told again'), back(loud[0], 'loud 0')]).toEqual(['ready', 'reset', 'reset']);
  expect(back(loud[1], 'loud 1')).toBe('ready');
  // What is forgotten at once makes room as well.
  listener.gap();
  const [anew] = happen(1);
  happen(1_000, 'other');
  expect(back(anew)).toBe('ready');
});

it('looks through none of the others’ streams to open one', async () => {
  const opening = (count: number) => {
    streams = streamsOf();
    for (let index = 0; index < count; index += 1) listen(undefined, `person ${index}`);
    return Promise.resolve();
  };
  expect(await costRatio(opening, 500, 2_000)).toBeLessThan(IN_PROPORTION);
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
    const open = listen(undefined, 'p', async () => may);
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
  const open = listen(undefined, 'p', () => new Promise((resolve) => answers.push(resolve)));
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
  const open = listen(undefined, 'p', undefined, () => false);
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
