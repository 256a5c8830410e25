import { mount, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineComponent } from 'vue';
import { useLiveQueries } from './use-live.js';

/** Stands for the browser's, which only a server can open. */
class FakeSource extends EventTarget {
  static readonly CLOSED = 2;
  static all: FakeSource[] = [];
  readyState = 1;

  constructor(readonly url: string) {
    super();
    FakeSource.all.push(this);
  }

  say(type: string, data: object = {}): void {
    this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(data) }));
  }

  giveUp(): void {
    this.readyState = 2;
    this.dispatchEvent(new Event('error'));
  }

  close(): void {
    this.readyState = 2;
  }
}

/** Locks of all tabs: the first who asks has it, the others wait. */
class FakeLocks {
  private readonly queues = new Map<string, (() => Promise<void>)[]>();

  async request(
    name: string,
    { signal, ifAvailable }: { signal?: AbortSignal; ifAvailable?: boolean },
    work: (lock: object | null) => Promise<void> | undefined,
  ): Promise<void> {
    const queue = this.queues.get(name) ?? [];
    this.queues.set(name, queue);
    if (ifAvailable && queue.length > 0) return work(null);
    queue.push(async () => {
      if (!signal?.aborted) await work({});
      queue.shift();
      await queue[0]?.();
    });
    if (queue.length === 1) await queue[0]!();
  }
}

const check = vi.fn(async () => {});
const tabs: VueWrapper[] = [];

function openTab(person = 'ana') {
  const invalidateQueries = vi.fn();
  const tab = mount(
    defineComponent({
      setup() {
        useLiveQueries({ invalidateQueries }, { url: '/live', person, owner: 'aurora', check });
        return () => null;
      },
    }),
  );
  tabs.push(tab);
  const fetched = async () => {
    await vi.advanceTimersByTimeAsync(400);
    return invalidateQueries.mock.calls.splice(0).map(([filter]) => (filter as { queryKey: unknown[] }).queryKey);
  };
  return { tab, fetched };
}
const REPLIED = { name: 'ticket.replied', ids: { ticketId: 't', commentId: 'c' } };
const FETCHED = [
  ['aurora', 'tickets'],
  ['aurora', 'ticket', 't'],
];

beforeEach(() => {
  vi.useFakeTimers();
  FakeSource.all = [];
  check.mockClear();
  vi.stubGlobal('EventSource', FakeSource);
  Object.defineProperty(navigator, 'locks', { value: new FakeLocks(), configurable: true });
  const channels = new Map<string, Set<EventTarget>>();
  vi.stubGlobal(
    'BroadcastChannel',
    class extends EventTarget {
      private readonly others: Set<EventTarget>;
      constructor(name: string) {
        super();
        this.others = channels.get(name) ?? new Set();
        channels.set(name, this.others.add(this));
      }
      postMessage(data: unknown): void {
        for (const other of this.others) if (other !== this) other.dispatchEvent(new MessageEvent('message', { data }));
      }
      close(): void {
        this.others.delete(this);
      }
    },
  );
});
afterEach(() => {
  for (const tab of tabs.splice(0)) tab.unmount();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('a page that listens', () => {
  it('fetches what a message concerns, once for what comes together, and nothing else', async () => {
    const { fetched } = openTab();
    const [source] = FakeSource.all;
    source!.say('ready');
    source!.say('message', REPLIED);
    source!.say('message', REPLIED);
    source!.say('message', { name: 'billing_account.renamed', ids: { billingAccountId: 'b', ticketId: 't' } });
    expect(await fetched()).toEqual([...FETCHED, ['aurora', 'billing_accounts'], ['aurora', 'billing_account', 'b']]);
    expect(await fetched()).toEqual([]);
  });

  it('fetches everything anew where it may have missed something', async () => {
    const { fetched } = openTab();
    FakeSource.all[0]!.say('reset');
    expect(await fetched()).toEqual([['aurora']]);
  });

  it('asks for the session and comes back where the browser has given up, ever later', async () => {
    // Without the part of a wait that is drawn by lot.
    vi.spyOn(Math, 'random').mockReturnValue(1);
    const { fetched } = openTab();
    FakeSource.all[0]!.say('ready');
    FakeSource.all[0]!.giveUp();
    await vi.advanceTimersByTimeAsync(1_000);
    expect([check.mock.calls.length, FakeSource.all.length]).toEqual([1, 2]);
    FakeSource.all[1]!.giveUp();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(FakeSource.all.length).toBe(2);
    await vi.advanceTimersByTimeAsync(1_000);
    FakeSource.all[2]!.say('ready');
    expect(await fetched()).toEqual([['aurora']]);
  });

  it('does not wait for a connection that never says a word', async () => {
    openTab();
    await vi.advanceTimersByTimeAsync(16_000);
    expect(FakeSource.all.map(({ readyState }) => readyState)).toEqual([2, 1]);
  });

  it('leaves it to the browser where that comes back by itself', async () => {
    openTab();
    FakeSource.all[0]!.say('ready');
    FakeSource.all[0]!.readyState = 0;
    FakeSource.all[0]!.dispatchEvent(new Event('error'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect([check.mock.calls.length, FakeSource.all.length]).toEqual([0, 1]);
  });

  it('comes back from a stream that fell silent, and holds no other one back that speaks', async () => {
    const { fetched } = openTab();
    FakeSource.all[0]!.say('ready');
    for (let beat = 0; beat < 5; beat += 1) {
      await vi.advanceTimersByTimeAsync(25_000);
      FakeSource.all[0]!.say('heartbeat');
    }
    expect([check.mock.calls.length, FakeSource.all.length]).toEqual([0, 1]);
    await vi.advanceTimersByTimeAsync(62_500);
    expect([FakeSource.all[0]!.readyState, check.mock.calls.length, FakeSource.all.length]).toEqual([2, 1, 2]);
    FakeSource.all[1]!.say('ready');
    expect(await fetched()).toEqual([['aurora']]);
  });

  it('comes back at once where the connection is back, or somebody looks at a page that slept', async () => {
    openTab();
    FakeSource.all[0]!.say('ready');
    document.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(0);
    expect(FakeSource.all.length).toBe(1);
    dispatchEvent(new Event('online'));
    await vi.advanceTimersByTimeAsync(0);
    expect(FakeSource.all.length).toBe(2);
    // Timers stand still while a device sleeps; its clock does not.
    vi.setSystemTime(Date.now() + 3_600_000);
    document.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(0);
    expect(FakeSource.all.map(({ readyState }) => readyState)).toEqual([2, 2, 1]);
    FakeSource.all[2]!.giveUp();
    document.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(0);
    expect(FakeSource.all.length).toBe(4);
    FakeSource.all[3]!.say('ready');
    await vi.advanceTimersByTimeAsync(30_000);
    expect(FakeSource.all.length).toBe(4);
  });

  it('comes back after another while than others do', async () => {
    for (const [random, ms] of [
      [0, 500],
      [0.999, 1_000],
    ] as const) {
      vi.spyOn(Math, 'random').mockReturnValue(random);
      FakeSource.all = [];
      const { tab } = openTab(String(random));
      FakeSource.all[0]!.giveUp();
      await vi.advanceTimersByTimeAsync(ms - 2);
      expect(FakeSource.all.length).toBe(1);
      await vi.advanceTimersByTimeAsync(2);
      expect(FakeSource.all.length).toBe(2);
      tab.unmount();
    }
  });

  it('hears nothing any more once it is left, though it was about to come back', async () => {
    const { tab } = openTab();
    FakeSource.all[0]!.giveUp();
    tab.unmount();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(FakeSource.all.length).toBe(1);
  });
});

describe('the books of a customer', () => {
  it('are read among the invoices', async () => {
    const { fetched } = openTab();
    FakeSource.all[0]!.say('message', { name: 'ledger.posted', ids: { billingAccountId: 'b' } });
    expect(await fetched()).toContainEqual(['aurora', 'invoices']);
  });
});

describe('several tabs', () => {
  it('share one stream, and another takes over where its holder is closed', async () => {
    const [first, second] = [openTab(), openTab()];
    await vi.advanceTimersByTimeAsync(0);
    expect(FakeSource.all.length).toBe(1);
    FakeSource.all[0]!.say('message', REPLIED);
    expect([await first.fetched(), await second.fetched()]).toEqual([FETCHED, FETCHED]);
    first.tab.unmount();
    await vi.advanceTimersByTimeAsync(0);
    expect(FakeSource.all.map(({ readyState }) => readyState)).toEqual([2, 1]);
    FakeSource.all[1]!.say('ready');
    expect(await second.fetched()).toEqual([['aurora']]);
  });

  it('of another person have their own', async () => {
    openTab('ana');
    openTab('carla');
    await vi.advanceTimersByTimeAsync(0);
    expect(FakeSource.all.length).toBe(2);
  });

  it('have their own where they cannot agree', async () => {
    Object.defineProperty(navigator, 'locks', { value: undefined, configurable: true });
    openTab();
    openTab();
    expect(FakeSource.all.length).toBe(2);
  });
});
