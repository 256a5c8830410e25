import { Module } from '@nestjs/common';
import { TicketsCoreModule } from '../tickets.core.module.js';
import { PortalTicketsController } from './portal-tickets.controller.js';
import { StaffTicketsController } from './staff-tickets.controller.js';

@Module({ imports: [TicketsCoreModule], controllers: [PortalTicketsController, StaffTicketsController] })
export class TicketsHttpModule {}
