import { fileURLToPath } from 'node:url';
import { Injectable, Optional, type OnApplicationShutdown } from '@nestjs/common';
import { Piscina } from 'piscina';
import { DomainError } from '@balcao/platform-errors';
import { FairQueue, type Turn } from './fair-queue.js';

const LIMITS = {
  concurrency: 2,
  /** Of one organization; at half a second for what takes longest, the last one waits about six seconds. */
  mostWaitingInLane: 24,
  mostWaiting: 400,
  /** From when work begins: longer than any input that is let in takes, on a busy machine too. */
  longestMs: 10_000,
};
/** A thread that nobody needs ends after this long. */
const IDLE_MS = 30_000;

/**
 * Runs pure functions that may take more than a moment beside the event loop, in fair turns, so that nobody else waits
 * for them.
 */
@Injectable()
export class Threads implements OnApplicationShutdown {
  private readonly limits: typeof LIMITS;
  private readonly queue: FairQueue;
  private pool: Piscina | undefined;

  constructor(@Optional() limits?: Partial<typeof LIMITS>) {
    this.limits = { ...LIMITS, ...limits };
    this.queue = new FairQueue(this.limits);
  }

  /**
   * The answer of the function `name` that the built module `file` exports; input and answer are copied. The lane of a
   * turn is an organization, its network whoever asks there.
   * @param begin is waited for once there is a thread, before the work begins
   * @throws what the function throws; DomainError service_unavailable where too much waits, or it takes too long
   */
  run<Work extends (input: never) => unknown>(
    file: URL,
    name: string,
    input: Parameters<Work>[0],
    turn: Turn,
    begin?: () => Promise<void>,
  ): Promise<Awaited<ReturnType<Work>>> {
    // Without one, all that nobody asked for would share one network, and no longer have its turn by lane.
    return this.queue.run({ network: turn.lane, ...turn }, async () => {
      const { concurrency: maxThreads, longestMs } = this.limits;
      this.pool ??= new Piscina({ minThreads: 0, maxThreads, idleTimeout: IDLE_MS });
      await begin?.();
      const signal = AbortSignal.timeout(longestMs);
      try {
        return await this.pool.run(input, { filename: fileURLToPath(file), name, signal });
      } catch (error) {
        if (!signal.aborted) throw error;
        throw new DomainError('service_unavailable', { retryAfterSeconds: 30 });
      }
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool?.destroy();
  }
}
