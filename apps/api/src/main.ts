import { ConfigurationError, loadConfig } from '@balcao/platform-config';
import { createLogger, endWhenAsked } from '@balcao/platform-logging';
import { createApp } from './create-app.js';

try {
  const config = loadConfig(process.env);
  const logger = createLogger('api', config.logLevel);
  const { app } = await createApp({ config, logger });
  await app.listen({ port: config.port, host: config.host });
  logger.info({ address: await app.getUrl() }, 'listening');
  endWhenAsked(app, logger);
} catch (error) {
  process.stderr.write(`${error instanceof ConfigurationError ? error.message : (error as Error).stack}\n`);
  process.exit(1);
}
