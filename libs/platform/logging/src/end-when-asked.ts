import type { Logger } from './logger.js';

/** After this the process ends whatever still runs; less than the ten seconds that those who stop containers wait. */
const LAST_MS = 9_000;

/** Ends the process with `app`, on SIGTERM, SIGINT or the loss of the parent that watches over it, and soon in any case. */
export function endWhenAsked(app: { close(): Promise<void> }, logger: Logger): void {
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping');
    setTimeout(() => {
      logger.error({ signal }, 'did not stop in time');
      process.exit(1);
    }, LAST_MS).unref();
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'did not stop cleanly');
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, stop);
  process.once('disconnect', () => stop('disconnect'));
}
