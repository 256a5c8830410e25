import { Module } from '@nestjs/common';
import { TicketRepository } from './persistence/ticket.repository.js';
import { PortalTicketService } from './portal-ticket.service.js';
import { StaffTicketService } from './staff-ticket.service.js';
import { TicketImportService } from './ticket-import.service.js';
import { TicketMails } from './ticket-mails.js';

const SERVICES = [PortalTicketService, StaffTicketService, TicketImportService];

@Module({ providers: [TicketRepository, TicketMails, ...SERVICES], exports: SERVICES })
export class TicketsCoreModule {}
