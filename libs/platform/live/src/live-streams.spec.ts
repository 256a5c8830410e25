import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { MessageEvent } from '@nestjs/common';
import type { LiveBus, LiveListener, LiveMessage } from './live-bus.js';
import { LiveStreams } from './live-streams.js';

let listener: LiveListener;
let streams: LiveStreams;

beforeEach(() => {
  streams = new LiveStreams({ subscribe: (given) => (listener = given) && (() => {}) } as LiveBus);
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

function listen(since?: string, sessionId = 's') {
  const heard: MessageEvent[] = [];
  let ended = false;
  const reader = { sessionId, subjectId: 'p', since, mayHear: () => true, stillMay: async () => true };
  const { unsubscribe } = streams
    .stream(reader)
    .subscribe({ next: (event) => heard.push(event), complete: () => (ended = true) });
  return { heard, close: () => unsubscribe(), ended: () => ended };
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

it('ends what a person had open where all their sessions ended, but one', () => {
  const [kept, other] = [listen(undefined, 'kept'), listen(undefined, 'other')];
  listener.message({ id: '1', name: 'session.ended', ids: { subjectId: 'p', exceptId: 'kept' } });
  expect([kept.ended(), other.ended()]).toEqual([false, true]);
  listener.message({ id: '2', name: 'session.ended', ids: { sessionId: 'kept' } });
  expect(kept.ended()).toBe(true);
});

it('opens nothing once the process stops', () => {
  const open = listen();
  streams.beforeApplicationShutdown();
  expect(open.ended()).toBe(true);
  expect(() => listen()).toThrow(expect.objectContaining({ code: 'service_unavailable' }));
});
