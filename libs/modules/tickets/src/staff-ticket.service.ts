import { Injectable } from '@nestjs/common';
import { Audit } from '@balcao/platform-audit';
import { newId } from '@balcao/platform-database';
import { DomainError, found, unknownReference } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import { Database, type Db, type OrganizationContext, type StaffContext } from '@balcao/platform-tenancy';
import { actingPerson } from './acting-person.js';
import { statusEvents, ticketEvent } from './domain/ticket-events.js';
import { afterAssignment, afterStaffComment } from './domain/ticket-status.js';
import { asWritten, type NewTicket, type TicketStatus } from './domain/ticket.js';
import { listInbox, type InboxFilter, type InboxPage } from './persistence/inbox-list.js';
import { TicketRepository } from './persistence/ticket.repository.js';
import type { CommentRow, EarlierCommentsRow, StaffTicketDetailRow, TicketState } from './persistence/ticket.rows.js';
import { TicketChanges, endsOf, type TicketPatch } from './ticket-changes.js';

/** A ticket that staff open for a customer who called or wrote. */
export interface NewTicketOnBehalf extends NewTicket {
  portalUserId: string;
  assigneeId?: string | null;
}

export interface StaffComment {
  body: string;
  isPublic: boolean;
  /** Status that the ticket takes in the same step. */
  status?: TicketStatus;
  /** The version of the ticket that its author saw. */
  version?: number;
}

/** What staff do with tickets. Their context has organization scope. */
@Injectable()
export class StaffTicketService {
  constructor(
    private readonly database: Database,
    private readonly tickets: TicketRepository,
    private readonly changes: TicketChanges,
    private readonly audit: Audit,
    private readonly events: Events,
  ) {}

  async list(context: OrganizationContext, filter: InboxFilter): Promise<InboxPage> {
    const reader = { staffId: actingPerson(context).id, now: context.clock.now() };
    return this.database.read(context, (db) => listInbox(db, filter, reader));
  }

  /** @throws DomainError not_found */
  async get(context: OrganizationContext, id: string): Promise<StaffTicketDetailRow> {
    return this.database.read(context, (db) => this.detail(db, id));
  }

  /** What was said, before one of its comments. @throws DomainError not_found */
  async commentsBefore(context: OrganizationContext, id: string, before?: string): Promise<EarlierCommentsRow> {
    return this.database.read(context, async (db) =>
      found(await this.tickets.commentsBefore(db, id, before, { publicOnly: false })),
    );
  }

  /** Opens a ticket in the name of a portal user, who hears of it as usual. @throws DomainError validation_failed */
  async create(context: StaffContext, fields: NewTicketOnBehalf): Promise<StaffTicketDetailRow> {
    const id = newId();
    return this.database.transaction(context, async (db) => {
      const submitter = await this.tickets.findSubmitter(db, fields.portalUserId);
      if (!submitter) throw unknownReference('portalUserId');
      const assigneeId = fields.assigneeId?.toLowerCase() ?? null;
      await this.changes.requireAssignee(db, assigneeId);
      const ticket = {
        id,
        billingAccountId: submitter.billingAccountId,
        portalId: null,
        ...asWritten(fields),
        status: assigneeId ? afterAssignment('new') : ('new' as const),
        source: 'staff' as const,
        submittedById: submitter.id,
        submittedByName: submitter.name,
        assigneeId,
      };
      await this.audit.record(db, context, {
        action: 'staff.ticket.create',
        target: { type: 'ticket', id },
        billingAccountId: ticket.billingAccountId,
        changes: { after: ticket },
      });
      await this.events.publish(db, context, ticketEvent('ticket.created', ticket));
      // Last, because the organization's counter stays locked from here to the commit.
      await this.tickets.insert(
        db,
        { ...ticket, createdAt: context.clock.now() },
        context.principal.organization.timeZone,
      );
      await this.tickets.remember(db, context, { ...ticket, assigneeId: null }, { assigneeId });
      return this.detail(db, id);
    });
  }

  /**
   * Changes what a ticket is and who takes care of it. With `version` only where the ticket still is what its reader saw.
   * @throws DomainError not_found, ticket_changed, ticket_transition_not_allowed, validation_failed for an assignee who is
   *   no active staff
   */
  async update(
    context: OrganizationContext,
    id: string,
    patch: TicketPatch,
    version?: number,
  ): Promise<StaffTicketDetailRow> {
    return this.database.transaction(context, async (db) => {
      const ticket = await this.lock(db, id, version);
      if (patch.assigneeId !== ticket.assigneeId) await this.changes.requireAssignee(db, patch.assigneeId);
      await this.events.publish(db, context, ...(await this.changes.apply(db, context, ticket, patch)));
      return this.detail(db, id);
    });
  }

  /**
   * Adds an answer, which reaches the submitter, or an internal note, which no customer ever sees. Whoever answers what
   * nobody takes care of takes it. With `version` only where nobody changed the ticket, or wrote to it, since its reader saw it.
   * @throws DomainError not_found, ticket_changed, ticket_closed, ticket_transition_not_allowed
   */
  async comment(
    context: OrganizationContext,
    id: string,
    { body, isPublic, status: wanted, version }: StaffComment,
  ): Promise<CommentRow> {
    const author = actingPerson(context);
    const now = context.clock.now();
    return this.database.transaction(context, async (db) => {
      const ticket = await this.lock(db, id, version);
      const status = afterStaffComment(ticket.status, { isPublic, status: wanted });
      const takes = isPublic && (ticket.assigneeId === null || !ticket.assigneeWorksHere);
      const taken = takes ? { assigneeId: author.id } : {};
      const comment = await this.tickets.insertComment(db, ticket, {
        body,
        authorType: 'staff',
        authorId: author.id,
        authorName: author.name,
        isPublic,
        createdAt: now,
      });
      await this.tickets.update(db, context, ticket, {
        status,
        ...taken,
        ...endsOf(ticket, status, now),
        lastActivityAt: now,
        ...(isPublic || status !== ticket.status ? { updatedAt: now } : {}),
      });
      await this.audit.record(db, context, {
        action: 'staff.ticket.comment.create',
        target: { type: 'ticket', id },
        // What an internal note did is not for the account to read.
        ...(isPublic ? { billingAccountId: ticket.billingAccountId } : {}),
        changes: {
          before: { status: ticket.status, assigneeId: ticket.assigneeId },
          after: { status, assigneeId: ticket.assigneeId, ...taken, commentId: comment.id, isPublic },
        },
      });
      await this.events.publish(
        db,
        context,
        ticketEvent(isPublic ? 'ticket.replied' : 'ticket.note_added', ticket, comment.id),
        // That a note stands behind it is not for the customer.
        ...statusEvents(ticket.status, status, ticket, isPublic ? comment.id : undefined),
        ...(takes ? [ticketEvent('ticket.updated', ticket)] : []),
      );
      return comment;
    });
  }

  private async detail(db: Db, id: string): Promise<StaffTicketDetailRow> {
    return found(await this.tickets.staffDetail(db, id));
  }

  /** @throws DomainError not_found, ticket_changed where it no longer is at that version */
  private async lock(db: Db, id: string, version?: number): Promise<TicketState> {
    const ticket = found(await this.tickets.lock(db, id));
    if (version !== undefined && version !== ticket.version) throw new DomainError('ticket_changed');
    return ticket;
  }
}
