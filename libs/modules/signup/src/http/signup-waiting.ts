import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { LiveBus } from '@balcao/platform-live';
import { networkOf } from '@balcao/platform-state';

const WAIT_MS = 20_000;
/** Requests that wait at one process: in all, of one network, and for one signup. */
const MOST = { all: 1_000, network: 20, signup: 4 };

/**
 * Requests that wait for a signup to change, woken by the live bus. Of those that are too many nobody waits: they are
 * answered at once, and ask again.
 */
@Injectable()
export class SignupWaiting implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly waiting = new Map<string, Set<() => void>>();
  private readonly ofNetwork = new Map<string, number>();
  private readonly stopping = new AbortController();
  private all = 0;

  constructor(private readonly bus: LiveBus) {}

  onApplicationBootstrap(): void {
    this.bus.subscribe({
      message: (message) => message.name === 'signup.changed' && this.wake(message.ids['signupId'] ?? ''),
      gap: () => [...this.waiting.keys()].forEach((id) => this.wake(id)),
    });
  }

  beforeApplicationShutdown(): void {
    this.stopping.abort();
  }

  /**
   * Reads until there is what was waited for, the time is over or the caller is gone.
   * @returns what was read last
   */
  async until<Result>(
    signupId: string,
    ip: string,
    gone: AbortSignal,
    read: () => Promise<Result>,
    isNew: (result: Result) => boolean,
  ): Promise<Result> {
    const ends = Date.now() + WAIT_MS;
    const over = AbortSignal.any([gone, this.stopping.signal]);
    for (;;) {
      // Before it is read, so that no change falls between.
      const place = this.enter(signupId, networkOf(ip));
      try {
        const result = await read();
        const left = ends - Date.now();
        if (!place || isNew(result) || over.aborted || left <= 0) return result;
        const done = new AbortController();
        const timer = sleep(left, undefined, { signal: AbortSignal.any([over, done.signal]) }).catch(() => {});
        await Promise.race([place.woken, timer]);
        done.abort();
      } finally {
        place?.leave();
      }
    }
  }

  private enter(signupId: string, network: string): { woken: Promise<void>; leave(): void } | undefined {
    const own = this.waiting.get(signupId) ?? new Set();
    const near = this.ofNetwork.get(network) ?? 0;
    if (this.all >= MOST.all || near >= MOST.network || own.size >= MOST.signup) return undefined;
    let wake = () => {};
    const woken = new Promise<void>((resolve) => (wake = resolve));
    this.all += 1;
    this.ofNetwork.set(network, near + 1);
    this.waiting.set(signupId, own.add(wake));
    const leave = () => {
      this.all -= 1;
      const left = this.ofNetwork.get(network)! - 1;
      if (left > 0) this.ofNetwork.set(network, left);
      else this.ofNetwork.delete(network);
      own.delete(wake);
      if (own.size === 0 && this.waiting.get(signupId) === own) this.waiting.delete(signupId);
    };
    return { woken, leave };
  }

  private wake(signupId: string): void {
    for (const wake of this.waiting.get(signupId) ?? []) wake();
  }
}
