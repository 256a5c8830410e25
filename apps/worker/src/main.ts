import { constants, setPriority } from 'node:os';
import { ConfigurationError, loadConfig } from '@balcao/platform-config';
import { createLogger, endWhenAsked } from '@balcao/platform-logging';
import { createWorker } from './create-worker.js';

// Where both want the processor, whoever waits for a page goes first. Threads that draw inherit it.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
try {
  const config = loadConfig(process.env);
  const logger = createLogger('worker', config.logLevel);
  const { worker, port } = await createWorker({ config, logger });
  logger.info({ port }, 'working');
  endWhenAsked(worker, logger);
} catch (error) {
  process.stderr.write(`${error instanceof ConfigurationError ? error.message : (error as Error).stack}\n`);
  process.exit(1);
}
