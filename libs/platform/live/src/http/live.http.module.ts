import { Module } from '@nestjs/common';
import { LiveStreams } from '../live-streams.js';
import { PortalLiveController, StaffLiveController } from './live.controllers.js';

/** What happens, told to open pages. Needs `LiveModule` and `HttpModule`. */
@Module({ controllers: [PortalLiveController, StaffLiveController], providers: [LiveStreams] })
export class LiveHttpModule {}
