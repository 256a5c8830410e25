import { onTestFinished, vi } from 'vitest';

/** What the API tells open pages, as a browser hears it. */
class Stream extends EventTarget {
  static readonly CLOSED = 2;
  static open: Stream[] = [];
  readonly readyState = 1;
  constructor() {
    super();
    Stream.open.push(this);
  }
  close(): void {}
}

/** Until the test is over, pages that are opened hear what is told. */
export function hearLive(): void {
  vi.stubGlobal('EventSource', Stream);
  // A hook of this module's would be one of the first file's alone that uses it.
  onTestFinished(() => {
    vi.unstubAllGlobals();
    Stream.open = [];
  });
}

/** Tells all open pages of an event. */
export function tell(message: object): void {
  for (const stream of Stream.open)
    stream.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(message) }));
}
