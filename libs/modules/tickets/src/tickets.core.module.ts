import { Module } from '@nestjs/common';
import { BillingCoreModule } from '@balcao/module-billing';
import { CommentRevisionService } from './comment-revision.service.js';
import { CommentRepository } from './persistence/comment.repository.js';
import { TicketRepository } from './persistence/ticket.repository.js';
import { DisputeService } from './dispute.service.js';
import { PortalTicketService } from './portal-ticket.service.js';
import { StaffTicketService } from './staff-ticket.service.js';
import { TicketBulkService } from './ticket-bulk.service.js';
import { TicketChanges } from './ticket-changes.js';
import { TicketClosingService } from './ticket-closing.service.js';
import { TicketImportService } from './ticket-import.service.js';
import { TicketIndexService } from './ticket-index.service.js';

const SERVICES = [
  CommentRevisionService,
  DisputeService,
  PortalTicketService,
  StaffTicketService,
  TicketBulkService,
  TicketClosingService,
  TicketImportService,
  TicketIndexService,
];

@Module({
  imports: [BillingCoreModule],
  providers: [CommentRepository, TicketRepository, TicketChanges, ...SERVICES],
  exports: SERVICES,
})
export class TicketsCoreModule {}
