import { Injectable } from '@nestjs/common';
import { Audit } from '@balcao/platform-audit';
import { newId } from '@balcao/platform-database';
import { DomainError } from '@balcao/platform-errors';
import { Database, type OrganizationContext } from '@balcao/platform-tenancy';
import { asWritten, type NewTicket, type TicketSource, type TicketStatus } from './domain/ticket.js';
import { indexTickets } from './persistence/ticket-index.js';
import { TicketRepository } from './persistence/ticket.repository.js';
import { endsOf } from './ticket-changes.js';

export interface ImportedComment {
  author: { type: 'portal' | 'staff'; id: string; name: string };
  body: string;
  /** Internal notes say false. */
  isPublic?: boolean;
  createdAt: Date;
}

/** A ticket as it stands in another system, or in the demo's story. Comments are in the order of their times. */
export interface ImportedTicket extends NewTicket {
  portalUserId: string;
  status?: TicketStatus;
  source?: TicketSource;
  assigneeId?: string | null;
  externalTicketId?: string | null;
  externalTicketUrl?: string | null;
  createdAt: Date;
  comments?: ImportedComment[];
  /** When it was resolved or closed; the time of its last message where absent. */
  endedAt?: Date;
}

const UNFINISHED = { status: 'open', resolvedAt: null, closedAt: null, autoCloseAt: null } as const;

/** Brings in tickets with their history: their times are kept and nobody gets a mail. */
@Injectable()
export class TicketImportService {
  constructor(
    private readonly database: Database,
    private readonly tickets: TicketRepository,
    private readonly audit: Audit,
  ) {}

  /**
   * Adds one ticket with its conversation. The context has organization scope.
   * @throws DomainError not_found for a portal user or assignee who does not exist
   */
  async import(context: OrganizationContext, ticket: ImportedTicket): Promise<{ id: string; number: string }> {
    const id = newId();
    const comments = ticket.comments ?? [];
    const told = comments.filter(({ isPublic }) => isPublic !== false);
    const status = ticket.status ?? 'new';
    const lastMessageAt = comments.at(-1)?.createdAt ?? ticket.createdAt;
    const endedAt = ticket.endedAt ?? lastMessageAt;
    return this.database.transaction(context, async (db) => {
      const submitter = await this.tickets.findSubmitter(db, ticket.portalUserId);
      const { assigneeId = null } = ticket;
      const isAssignable = !assigneeId || (await this.tickets.statusOfColleague(db, assigneeId)) === 'active';
      if (!submitter || !isAssignable) throw new DomainError('not_found');
      // Nobody was told of an end yet, so the time to answer begins now.
      const now = context.clock.now();
      const settings = await this.tickets.settingsOf(db, context.portalId ?? null);
      const { autoCloseAt } = endsOf({ ...UNFINISHED, settings }, status, now);
      const timeZone = await this.tickets.timeZone(db);
      const { number } = await this.tickets.insert(
        db,
        {
          id,
          billingAccountId: submitter.billingAccountId,
          portalId: context.portalId ?? null,
          ...asWritten(ticket),
          status,
          source: ticket.source ?? 'portal',
          submittedById: submitter.id,
          submittedByName: submitter.name,
          assigneeId,
          externalTicketId: ticket.externalTicketId ?? null,
          externalTicketUrl: ticket.externalTicketUrl ?? null,
          createdAt: ticket.createdAt,
          lastActivityAt: lastMessageAt,
          updatedAt:
            status === 'resolved' || status === 'closed' ? endedAt : (told.at(-1)?.createdAt ?? ticket.createdAt),
          resolvedAt: status === 'resolved' ? endedAt : null,
          closedAt: status === 'closed' ? endedAt : null,
          autoCloseAt,
        },
        timeZone,
      );
      for (const { author, body, isPublic = true, createdAt } of comments) {
        await this.tickets.insertComment(
          db,
          { id, billingAccountId: submitter.billingAccountId },
          {
            body,
            authorType: author.type,
            authorId: author.id,
            authorName: author.name,
            isPublic,
            createdAt,
          },
        );
      }
      await this.tickets.updateConversation(db, id);
      // Nobody hears of what is brought in, so nobody else indexes it.
      await indexTickets(db, [id]);
      await this.audit.record(db, context, {
        action: 'staff.ticket.create',
        target: { type: 'ticket', id },
        billingAccountId: submitter.billingAccountId,
        changes: { after: { number, subject: ticket.subject, status, source: 'import' } },
      });
      return { id, number };
    });
  }
}
