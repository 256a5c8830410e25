import { LIVE_HEARTBEAT_MS } from '@balcao/contracts';
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
/** A stream that says nothing for so long is dead, though no one told: a proxy holds its socket, or this device slept. */
const SILENCE_MS = 2.5 * LIVE_HEARTBEAT_MS;
/** Until the first word, which comes at once: browsers keep connections that are as dead, and try them first. */
const OPENING_MS = 15_000;

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
  const { signal } = leaving;
  let source: EventSource | undefined;
  let reopening: ReturnType<typeof setTimeout> | undefined;
  let reopenMs = REOPEN_MS.first;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let heardAt = 0;

  const hear = (told: Told) => (told === 'reset' ? onReset() : onMessage(told));
  const tell = (told: Told) => {
    hear(told);
    channel?.postMessage(told);
  };

  function heard(): void {
    heardAt = Date.now();
    clearTimeout(silence);
    silence = setTimeout(reopen, SILENCE_MS);
  }

  /** @param late something may have happened before it is open that nobody heard */
  function open(late: boolean): void {
    const opened = new EventSource(url);
    source = opened;
    heardAt = Date.now();
    silence = setTimeout(later, OPENING_MS);
    const on = (type: string, then: (event: MessageEvent<string>) => void) =>
      opened.addEventListener(type, (event) => {
        heard();
        then(event as MessageEvent<string>);
      });
    on('ready', () => {
      reopenMs = REOPEN_MS.first;
      if (late) tell('reset');
      late = false;
    });
    on('reset', () => tell('reset'));
    on('heartbeat', () => {});
    on('message', ({ data }) => tell(JSON.parse(data) as LiveMessage));
    opened.addEventListener('error', () => {
      // Everything else browsers come back from by themselves.
      if (opened.readyState === EventSource.CLOSED && source === opened) later();
    });
  }

  /** Not all pages at the same moment: what they lost, they lost together. */
  function later(): void {
    close();
    reopening = setTimeout(reopen, reopenMs * (0.5 + Math.random() / 2));
    reopenMs = Math.min(reopenMs * 2, REOPEN_MS.most);
  }

  function close(): void {
    source?.close();
    source = undefined;
    clearTimeout(silence);
    clearTimeout(reopening);
    reopening = undefined;
  }

  /** The session may have ended, or the API be away. */
  function reopen(): void {
    close();
    void check().catch(() => {});
    open(true);
  }

  /** Whoever looks at the page, or is online again, does not wait for what has run out meanwhile. */
  function wake(back: boolean): void {
    const isDead = source && (back || Date.now() - heardAt > SILENCE_MS);
    if (isDead || reopening) reopen();
  }
  addEventListener('online', () => wake(true), { signal });
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && wake(false), {
    signal,
  });

  /** Leads until this tab leaves. */
  const lead = (late: boolean) =>
    new Promise<void>((resolve) => {
      if (signal.aborted) return resolve();
      signal.addEventListener('abort', () => resolve());
      open(late);
    });

  /** Leads at once where nobody does, else after whoever does has gone. */
  async function takeTurns(): Promise<void> {
    await locks!.request(name, { ifAvailable: true }, (lock) => (lock ? lead(false) : undefined));
    if (signal.aborted) return;
    await locks!.request(name, { signal }, () => lead(true));
  }

  if (channel) {
    channel.addEventListener('message', ({ data }) => hear(data as Told));
    void takeTurns().catch(() => {});
  } else void lead(false);

  onBeforeUnmount(() => {
    leaving.abort();
    close();
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
    ...settings
  }: Pick<LiveSettings, 'url' | 'person' | 'check'> & {
    /** What every key begins with. */
    owner: string;
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
  useLive({ ...settings, onMessage: (message) => fetchAnew(concernedBy(message)), onReset: () => fetchAnew([[]]) });
  onBeforeUnmount(() => clearTimeout(timer));
}

/**
 * What pages show under another name: what is posted in the books is read among the invoices, and so are statements; what goes back of
 * a payment, and who contests it, stands on the payment's page.
 */
const SHOWN_AS: Record<string, readonly (readonly unknown[])[]> = {
  ledger: [['invoices']],
  refund: [['payments'], ['payment']],
  dispute: [['payments'], ['payment']],
  statement: [
    ['invoices', 'statement'],
    ['ledgers', 'statement'],
  ],
};

/**
 * What a message concerns, by its name alone: `ticket.created` the lists below `tickets`, and the one below `ticket` and
 * its id. A feature whose keys begin so hears of its events without a word.
 */
function concernedBy({ name, ids }: LiveMessage): readonly (readonly unknown[])[] {
  const [noun = ''] = name.split('.');
  const id = `${noun.replace(/_(.)/g, (_all, letter: string) => letter.toUpperCase())}Id`;
  return [[`${noun}s`], ...(ids[id] ? [[noun, ids[id]]] : []), ...(SHOWN_AS[noun] ?? [])];
}
