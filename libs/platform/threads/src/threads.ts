import { fileURLToPath } from 'node:url';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Piscina } from 'piscina';

/** Longer than any input that is let in takes, on a busy machine too. */
const LONGEST_MS = 10_000;
const MOST_WAITING = 200;
/** A thread that nobody needs ends after this long. */
const IDLE_MS = 30_000;

/** Runs pure functions that may take more than a moment beside the event loop, so that nobody else waits for them. */
@Injectable()
export class Threads implements OnApplicationShutdown {
  private pool: Piscina | undefined;

  /**
   * The answer of the function `name` that the built module `file` exports; input and answer are copied.
   * @throws what the function throws; an AbortError where it takes too long
   */
  run<Work extends (input: never) => unknown>(
    file: URL,
    name: string,
    input: Parameters<Work>[0],
  ): Promise<Awaited<ReturnType<Work>>> {
    this.pool ??= new Piscina({ minThreads: 0, maxThreads: 2, maxQueue: MOST_WAITING, idleTimeout: IDLE_MS });
    return this.pool.run(input, { filename: fileURLToPath(file), name, signal: AbortSignal.timeout(LONGEST_MS) });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool?.destroy();
  }
}
