import { Injectable } from '@nestjs/common';
import { Audit } from '@balcao/platform-audit';
import { newId } from '@balcao/platform-database';
import { DomainError } from '@balcao/platform-errors';
import { Database, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { actingPerson } from './acting-person.js';
import { afterAssignment, afterStaffComment, endsAfter, requireTransition } from './domain/ticket-status.js';
import type { TicketPriority, TicketStatus, TicketType } from './domain/ticket.js';
import { listInbox, type InboxFilter, type InboxPage } from './persistence/inbox-list.js';
import { TicketRepository } from './persistence/ticket.repository.js';
import type { CommentRow, StaffTicketDetailRow, TicketState } from './persistence/ticket.rows.js';
import type { NewTicket } from './portal-ticket.service.js';
import { TicketMails } from './ticket-mails.js';

/** A ticket that staff open for a customer who called or wrote. */
export interface NewTicketOnBehalf extends NewTicket {
  portalUserId: string;
  assigneeId?: string | null;
}

export interface TicketPatch {
  status?: TicketStatus;
  priority?: TicketPriority;
  type?: TicketType;
  assigneeId?: string | null;
  externalTicketId?: string | null;
  externalTicketUrl?: string | null;
}

export interface StaffComment {
  body: string;
  isPublic: boolean;
  /** Status that the ticket takes in the same step. */
  status?: TicketStatus;
}

type Changes = Partial<Pick<TicketState, keyof TicketPatch | 'assigneeName'>>;

/** What staff do with tickets. Their context has organization scope. */
@Injectable()
export class StaffTicketService {
  constructor(
    private readonly database: Database,
    private readonly tickets: TicketRepository,
    private readonly mails: TicketMails,
    private readonly audit: Audit,
  ) {}

  async list(context: OrganizationContext, filter: InboxFilter): Promise<InboxPage> {
    return this.database.read(context, (db) => listInbox(db, filter, actingPerson(context).id));
  }

  /** @throws DomainError not_found */
  async get(context: OrganizationContext, id: string): Promise<StaffTicketDetailRow> {
    return this.database.read(context, (db) => this.detail(db, id));
  }

  /** Opens a ticket in the name of a portal user, who gets the usual confirmation. @throws DomainError validation_failed */
  async create(context: OrganizationContext, fields: NewTicketOnBehalf): Promise<StaffTicketDetailRow> {
    const id = newId();
    return this.database.transaction(context, async (db) => {
      const submitter = await this.tickets.findSubmitter(db, fields.portalUserId);
      if (!submitter) throw unknownReference('portalUserId');
      const assignee = await this.assigned(db, fields.assigneeId ?? null);
      const ticket = {
        id,
        billingAccountId: submitter.billingAccountId,
        portalId: null,
        subject: fields.subject,
        description: fields.description,
        priority: fields.priority ?? 'normal',
        type: fields.type ?? 'request',
        status: assignee.assigneeId ? afterAssignment('new') : ('new' as const),
        source: 'staff' as const,
        submittedById: submitter.id,
        submittedByName: submitter.name,
        ...assignee,
      };
      await this.audit.record(db, context, {
        action: 'staff.ticket.create',
        target: { type: 'ticket', id },
        billingAccountId: ticket.billingAccountId,
        changes: { after: ticket },
      });
      await this.mails.received(db, context, id, submitter);
      // Last, because the organization's counter stays locked from here to the commit.
      await this.tickets.insert(db, { ...ticket, createdAt: context.clock.now() });
      return this.detail(db, id);
    });
  }

  /**
   * Changes what a ticket is and who takes care of it. Taking a new ticket opens it, unless the patch says otherwise.
   * @throws DomainError not_found, ticket_transition_not_allowed, validation_failed for an assignee who is no active staff
   */
  async update(context: OrganizationContext, id: string, patch: TicketPatch): Promise<StaffTicketDetailRow> {
    const now = context.clock.now();
    return this.database.transaction(context, async (db) => {
      const ticket = await this.lock(db, id);
      const { status: wanted, assigneeId, ...plain } = patch;
      const reassigned = assigneeId !== undefined && assigneeId !== ticket.assigneeId;
      const status = wanted
        ? requireTransition(ticket.status, wanted)
        : reassigned && assigneeId
          ? afterAssignment(ticket.status)
          : ticket.status;
      const changes = differing(ticket, {
        ...plain,
        ...(reassigned ? await this.assigned(db, assigneeId) : {}),
        status,
      });
      if (Object.keys(changes).length > 0) {
        await this.tickets.update(db, id, { ...changes, ...endsAfter(ticket, status, now), updatedAt: now });
        await this.audit.record(db, context, {
          action: 'staff.ticket.update',
          target: { type: 'ticket', id },
          billingAccountId: ticket.billingAccountId,
          changes: { before: { ...ticket }, after: { ...ticket, ...changes } },
        });
      }
      return this.detail(db, id);
    });
  }

  /**
   * Adds an answer, which the submitter gets by mail, or an internal note, which no customer ever sees.
   * @throws DomainError not_found, ticket_closed, ticket_transition_not_allowed
   */
  async comment(
    context: OrganizationContext,
    id: string,
    { body, isPublic, status: wanted }: StaffComment,
  ): Promise<CommentRow> {
    const author = actingPerson(context);
    const now = context.clock.now();
    return this.database.transaction(context, async (db) => {
      const ticket = await this.lock(db, id);
      const status = afterStaffComment(ticket.status, { isPublic, status: wanted });
      const comment = await this.tickets.insertComment(db, ticket, {
        body,
        authorType: 'staff',
        authorId: author.id,
        authorName: author.name,
        isPublic,
        createdAt: now,
      });
      await this.tickets.update(db, id, {
        status,
        ...endsAfter(ticket, status, now),
        lastActivityAt: now,
        ...(isPublic ? { publicCommentCount: ticket.publicCommentCount + 1, lastReplyBy: 'staff' as const } : {}),
        ...(isPublic || status !== ticket.status ? { updatedAt: now } : {}),
      });
      await this.audit.record(db, context, {
        action: 'staff.ticket.comment.create',
        target: { type: 'ticket', id },
        // What an internal note did is not for the account to read.
        ...(isPublic ? { billingAccountId: ticket.billingAccountId } : {}),
        changes: { before: { status: ticket.status }, after: { status, commentId: comment.id, isPublic } },
      });
      if (isPublic) await this.mails.staffReplied(db, context, ticket, comment.id);
      return comment;
    });
  }

  private async detail(db: Db, id: string): Promise<StaffTicketDetailRow> {
    const row = await this.tickets.staffDetail(db, id);
    if (!row) throw new DomainError('not_found');
    return row;
  }

  private async lock(db: Db, id: string): Promise<TicketState> {
    const ticket = await this.tickets.lock(db, id);
    if (!ticket) throw new DomainError('not_found');
    return ticket;
  }

  private async assigned(
    db: Db,
    assigneeId: string | null,
  ): Promise<{ assigneeId: string | null; assigneeName: string | null }> {
    if (!assigneeId) return { assigneeId: null, assigneeName: null };
    const assignee = await this.tickets.findAssignee(db, assigneeId);
    if (!assignee) throw unknownReference('assigneeId');
    return { assigneeId, assigneeName: assignee.name };
  }
}

/** The members of `wanted` that are given and differ. */
function differing(ticket: TicketState, wanted: Changes): Changes {
  return Object.fromEntries(
    Object.entries(wanted).filter(
      ([name, value]) => value !== undefined && value !== ticket[name as keyof TicketState],
    ),
  );
}

function unknownReference(path: string): DomainError {
  return new DomainError('validation_failed', {
    fields: [{ path, code: 'exists', message: `${path} names nobody who is there` }],
  });
}
