import { onBeforeUnmount } from 'vue';

/** What the API tells open pages: what happened, and the ids of what it concerns. */
export interface LiveMessage {
  name: string;
  ids: Record<string, string | undefined>;
}

export interface LiveSettings {
  /** Address of the stream; also names it among the browser's tabs. */
  url: string;
  /** Whose stream it is: tabs of different people share none. */
  person: string;
  onMessage: (message: LiveMessage) => void;
  /** Something may have been missed. */
  onReset: () => void;
  /** Asks the API whether somebody is signed in; the transport does what there is to do where nobody is. */
  check: () => Promise<unknown>;
}

type Told = LiveMessage | 'reset';

const REOPEN_MS = { first: 1_000, most: 60_000 };

/**
 * Hears what happens while the component is there. Of a browser's tabs one holds the stream and tells the others, since
 * over HTTP/1.1 six streams would leave no connection for anything else; where tabs cannot agree (no https), each has its
 * own.
 */
export function useLive({ url, person, onMessage, onReset, check }: LiveSettings): void {
  if (typeof EventSource === 'undefined') return;
  const name = `balcao-live ${url} ${person}`;
  const locks: LockManager | undefined = navigator.locks;
  const channel = locks && new BroadcastChannel(name);
  const leaving = new AbortController();
  let source: EventSource | undefined;
  let reopening: ReturnType<typeof setTimeout> | undefined;
  let reopenMs = REOPEN_MS.first;

  const hear = (told: Told) => (told === 'reset' ? onReset() : onMessage(told));
  const tell = (told: Told) => {
    hear(told);
    channel?.postMessage(told);
  };

  /** @param late something may have happened before it is open that nobody heard */
  function open(late: boolean): void {
    source = new EventSource(url);
    source.addEventListener('ready', () => {
      reopenMs = REOPEN_MS.first;
      if (late) tell('reset');
      late = false;
    });
    source.addEventListener('reset', () => tell('reset'));
    source.addEventListener('message', ({ data }) => tell(JSON.parse(data as string) as LiveMessage));
    source.addEventListener('error', () => {
      // Everything else browsers come back from by themselves.
      if (source?.readyState !== EventSource.CLOSED) return;
      source.close();
      reopening = setTimeout(() => void reopen(), reopenMs);
      reopenMs = Math.min(reopenMs * 2, REOPEN_MS.most);
    });
  }

  /** The session may have ended, or the API be away. */
  async function reopen(): Promise<void> {
    await check().catch(() => {});
    if (!leaving.signal.aborted) open(true);
  }

  /** Leads until this tab leaves. */
  const lead = (late: boolean) =>
    new Promise<void>((resolve) => {
      if (leaving.signal.aborted) return resolve();
      leaving.signal.addEventListener('abort', () => resolve());
      open(late);
    });

  /** Leads at once where nobody does, else after whoever does has gone. */
  async function takeTurns(): Promise<void> {
    await locks!.request(name, { ifAvailable: true }, (lock) => (lock ? lead(false) : undefined));
    if (leaving.signal.aborted) return;
    await locks!.request(name, { signal: leaving.signal }, () => lead(true));
  }

  if (channel) {
    channel.addEventListener('message', ({ data }) => hear(data as Told));
    void takeTurns().catch(() => {});
  } else void lead(false);

  onBeforeUnmount(() => {
    leaving.abort();
    clearTimeout(reopening);
    source?.close();
    channel?.close();
  });
}

/** A store of server state, as vue-query has it. */
interface QueryStore {
  invalidateQueries(filter: { queryKey: readonly unknown[] }): unknown;
}

const TOGETHER_MS = 300;

/** Fetches anew what a message concerns, as far as it shows; what comes in quick succession is fetched once. */
export function useLiveQueries(
  store: QueryStore,
  {
    owner,
    concerns,
    ...settings
  }: Pick<LiveSettings, 'url' | 'person' | 'check'> & {
    /** What every key begins with. */
    owner: string;
    /** Beginnings of the keys, below the owner, of what a message makes stale. */
    concerns: (message: LiveMessage) => readonly (readonly unknown[])[];
  },
): void {
  const stale = new Map<string, readonly unknown[]>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const fetchAnew = (keys: readonly (readonly unknown[])[]) => {
    for (const key of keys) stale.set(JSON.stringify(key), [owner, ...key]);
    timer ??= setTimeout(() => {
      timer = undefined;
      for (const queryKey of stale.values()) void store.invalidateQueries({ queryKey });
      stale.clear();
    }, TOGETHER_MS);
  };
  useLive({ ...settings, onMessage: (message) => fetchAnew(concerns(message)), onReset: () => fetchAnew([[]]) });
  onBeforeUnmount(() => clearTimeout(timer));
}

/** Lists of tickets and the ticket itself. */
export const concernsTickets = ({ name, ids }: LiveMessage): readonly (readonly unknown[])[] =>
  name.startsWith('ticket.') ? [['tickets'], ['ticket', ids['ticketId']]] : [];
