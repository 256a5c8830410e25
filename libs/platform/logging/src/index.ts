export { endWhenAsked } from './end-when-asked.js';
export { createLogger, type Logger } from './logger.js';
export { LOGGER, LoggingModule } from './logging.module.js';
export { NestLogger } from './nest-logger.js';
