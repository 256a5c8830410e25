import { Global, Module } from '@nestjs/common';
import { LiveBus } from './live-bus.js';
import { PostgresLiveBus } from './postgres-live-bus.js';

/** For processes that tell what happened; pages are served by `LiveHttpModule`. */
@Global()
@Module({ providers: [{ provide: LiveBus, useClass: PostgresLiveBus }], exports: [LiveBus] })
export class LiveModule {}
