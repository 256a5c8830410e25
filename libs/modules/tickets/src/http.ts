import { Module } from '@nestjs/common';
import { TicketsCoreModule } from './tickets.core.module.js';
import { PortalDisputesController } from './http/portal-disputes.controller.js';
import { PortalTicketsController } from './http/portal-tickets.controller.js';
import { StaffDisputesController } from './http/staff-disputes.controller.js';
import { StaffTicketsController } from './http/staff-tickets.controller.js';
import { TICKETS_ENTITIES } from './persistence/ticket.entity.js';
import { ticketSettings } from './ticket-settings.js';

@Module({
  imports: [TicketsCoreModule],
  controllers: [PortalDisputesController, PortalTicketsController, StaffDisputesController, StaffTicketsController],
})
export class TicketsHttpModule {}

/** What the API runs of this module. */
export const ticketsApi = { module: TicketsHttpModule, entities: TICKETS_ENTITIES, settings: [ticketSettings] };
