import { Global, Module } from '@nestjs/common';
import { Queues } from './queues.js';

/** Needs `ConfigModule` and `LoggingModule`. Connects only when a queue is asked for. */
@Global()
@Module({ providers: [Queues], exports: [Queues] })
export class QueueModule {}
