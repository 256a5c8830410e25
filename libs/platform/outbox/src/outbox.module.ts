import { Global, Module } from '@nestjs/common';
import { Outbox } from './outbox.js';

/** For processes that add jobs; handling them is `OutboxWorkerModule`'s business. */
@Global()
@Module({ providers: [Outbox], exports: [Outbox] })
export class OutboxModule {}
