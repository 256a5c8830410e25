import type { LoggerService } from '@nestjs/common';
import type { Logger } from './logger.js';

/** Sends Nest's own messages to the structured log. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...details: unknown[]): void {
    this.logger.debug({ context: details.at(-1) }, String(message));
  }

  warn(message: unknown, ...details: unknown[]): void {
    this.logger.warn({ context: details.at(-1) }, String(message));
  }

  error(message: unknown, ...details: unknown[]): void {
    const error = message instanceof Error ? message : undefined;
    this.logger.error(
      { context: details.at(-1), err: error, stack: error ? undefined : details[0] },
      error?.message ?? String(message),
    );
  }

  fatal(message: unknown, ...details: unknown[]): void {
    this.logger.fatal({ context: details.at(-1) }, String(message));
  }
}
