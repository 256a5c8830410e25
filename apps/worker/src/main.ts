import { ConfigurationError, loadConfig } from '@balcao/platform-config';
import { createLogger } from '@balcao/platform-logging';
import { createWorker } from './create-worker.js';

/** After this the process ends whatever still runs; another worker takes its jobs over. */
const LAST_MS = 10_000;

try {
  const config = loadConfig(process.env);
  const logger = createLogger('worker', config.logLevel);
  const { worker, port } = await createWorker({ config, logger });
  logger.info({ port }, 'working');
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), LAST_MS).unref();
    worker.close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // Started by a parent that watches over it: ends with it.
  process.once('disconnect', () => stop('disconnect'));
} catch (error) {
  process.stderr.write(`${error instanceof ConfigurationError ? error.message : (error as Error).stack}\n`);
  process.exit(1);
}
