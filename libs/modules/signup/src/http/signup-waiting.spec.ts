import { expect, it } from '@jest/globals';
import type { LiveBus, LiveListener } from '@balcao/platform-live';
import { SignupWaiting } from './signup-waiting.js';

/** Callers that wait at one process, and what wakes them. */
function waiters() {
  let listener: LiveListener | undefined;
  const bus = { subscribe: (given: LiveListener) => (listener = given) } as unknown as LiveBus;
  const waiting = new SignupWaiting(bus);
  waiting.onApplicationBootstrap();
  let version = 1;
  let pending = 0;
  const wait = async (signupId: string, ip: string, gone = new AbortController().signal) => {
    pending += 1;
    await waiting.until(
      signupId,
      ip,
      gone,
      async () => version,
      (read) => read > 1,
    );
    pending -= 1;
  };
  return {
    wait,
    waitAll: (count: number, signup: (n: number) => string, ip: (n: number) => string) => {
      for (let n = 0; n < count; n += 1) void wait(signup(n), ip(n));
      return settled();
    },
    pending: () => pending,
    changed: (signupId: string) => {
      version += 1;
      listener!.message({ id: '1', name: 'signup.changed', ids: { signupId }, organizationId: 'o' });
    },
    missed: () => {
      version += 1;
      listener!.gap();
    },
    stop: () => waiting.beforeApplicationShutdown(),
  };
}

/** Until whoever does not wait has its answer. */
const settled = () => new Promise((resolve) => setImmediate(resolve));
const same = () => 'one';
const each = (n: number) => `signup ${n}`;
const networks = (n: number) => `10.${n >> 8}.${n & 255}.1`;

it.each([
  ['for one signup', 4, same, networks],
  ['of one network', 20, each, () => '192.0.2.7'],
  ['at one process', 1_000, each, networks],
])('S0.34 so many wait %s: %d; the next one is answered at once', async (_what, most, signup, ip) => {
  const { waitAll, wait, pending, stop } = waiters();
  await waitAll(most, signup, ip);
  expect(pending()).toBe(most);
  await wait(signup(most), ip(most));
  expect(pending()).toBe(most);
  stop();
  await settled();
  expect(pending()).toBe(0);
});

it('S0.34 who leaves makes room for another', async () => {
  const { waitAll, wait, pending, stop } = waiters();
  await waitAll(3, same, networks);
  const gone = new AbortController();
  void wait(same(), networks(3), gone.signal);
  await settled();
  gone.abort();
  await settled();
  expect(pending()).toBe(3);
  void wait(same(), networks(4));
  await settled();
  expect(pending()).toBe(4);
  stop();
});

it('S0.34 a change wakes those who wait for that signup, and what may have been missed wakes all', async () => {
  const { waitAll, pending, changed, missed } = waiters();
  await waitAll(3, each, networks);
  changed(each(1));
  await settled();
  expect(pending()).toBe(2);
  missed();
  await settled();
  expect(pending()).toBe(0);
});
