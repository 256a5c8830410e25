import { TICKETS_ENTITIES } from './entities.js';
import { TicketsHttpModule } from './http/tickets.http.module.js';
import { ticketSettings } from './ticket-settings.js';

/** What the API runs of this module. */
export const ticketsApi = { module: TicketsHttpModule, entities: TICKETS_ENTITIES, settings: [ticketSettings] };
