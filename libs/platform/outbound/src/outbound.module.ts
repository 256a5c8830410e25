import { Global, Module } from '@nestjs/common';
import { Outbound } from './outbound.js';

/** The client of a process for addresses outside. */
@Global()
@Module({ providers: [Outbound], exports: [Outbound] })
export class OutboundModule {}
