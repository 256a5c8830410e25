import { ApiError } from '@balcao/ui';

const BACK_OFF_MS = { first: 1_000, most: 30_000 };
/** An API that has too many waiting answers at once; then it is asked as seldom as this. */
const UNWAITED_MS = 3_000;

export interface Followed<Value> {
  /** Asks, and waits as long as the API does for something new. */
  ask: (signal: AbortSignal) => Promise<Value>;
  /** Takes an answer and says what it was: something new, nothing new, or the last that there will be. */
  take: (value: Value) => 'new' | 'same' | 'last';
  /** What the API refused for good: there is nothing left to follow. */
  refused: (error: ApiError) => void;
  /** Whether the last question was answered; while it is not, the page says so. */
  reached?: (yes: boolean) => void;
}

/**
 * Follows something by requests that wait for its next change, one at a time. Where none is answered it asks ever more
 * seldom, and at once when the connection is back or somebody looks at the page again. @returns what ends it
 */
export function follow<Value>({ ask, take, refused, reached }: Followed<Value>): () => void {
  const leaving = new AbortController();
  const { signal } = leaving;
  let wake = () => {};
  let backOff = BACK_OFF_MS.first;

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const seen = () => document.visibilityState === 'visible';
  const onWake = () => seen() && wake();
  addEventListener('online', onWake, { signal });
  document.addEventListener('visibilitychange', onWake, { signal });
  signal.addEventListener('abort', () => wake());

  async function run(): Promise<void> {
    while (!signal.aborted) {
      // Nobody needs to hear what nobody sees.
      if (!seen()) {
        await pause(2 ** 31 - 1);
        continue;
      }
      const asked = Date.now();
      try {
        const value = await ask(signal);
        if (signal.aborted) return;
        reached?.(true);
        backOff = BACK_OFF_MS.first;
        const said = take(value);
        if (said === 'last') return;
        if (said === 'same' && Date.now() - asked < UNWAITED_MS) await pause(UNWAITED_MS);
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof ApiError && isFinal(error)) return refused(error);
        reached?.(false);
        const told = error instanceof ApiError ? (error.retryAfter ?? 0) * 1_000 : 0;
        await pause(Math.max(told, backOff * (0.5 + Math.random() / 2)));
        backOff = Math.min(backOff * 2, BACK_OFF_MS.most);
      }
    }
  }
  void run();
  return () => leaving.abort();
}

/** Neither the network nor a moment's load: asked again, it would be refused again. */
const isFinal = ({ status }: ApiError) => status >= 400 && status < 500 && status !== 429 && status !== 408;
