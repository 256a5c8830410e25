import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { Logger } from './logger.js';

/** Injection token of the process's logger. */
export const LOGGER = Symbol('LOGGER');

/** Makes the logger known to every module of a process: `@Inject(LOGGER) logger: Logger`. */
@Global()
@Module({})
export class LoggingModule {
  static forRoot(logger: Logger): DynamicModule {
    return { module: LoggingModule, providers: [{ provide: LOGGER, useValue: logger }], exports: [LOGGER] };
  }
}
