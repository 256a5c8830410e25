import { Global, Module } from '@nestjs/common';
import { Events } from './events.js';

/** Needs `OutboxModule` and `LiveModule`. */
@Global()
@Module({ providers: [Events], exports: [Events] })
export class EventsModule {}
