import { Module } from '@nestjs/common';
import { TicketsCoreModule } from '../tickets.core.module.js';
import { PortalTicketCommentsController } from './portal-ticket-comments.controller.js';
import { PortalTicketsController } from './portal-tickets.controller.js';
import { StaffTicketsController } from './staff-tickets.controller.js';

@Module({
  imports: [TicketsCoreModule],
  controllers: [PortalTicketsController, PortalTicketCommentsController, StaffTicketsController],
})
export class TicketsHttpModule {}
