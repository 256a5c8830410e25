import { ConfigurationError, loadConfig } from '@balcao/platform-config';
import { createLogger, endWhenAsked } from '@balcao/platform-logging';
import { createWorker } from './create-worker.js';

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
