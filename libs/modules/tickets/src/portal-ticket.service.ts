import { Injectable } from '@nestjs/common';
import { Audit } from '@balcao/platform-audit';
import { newId } from '@balcao/platform-database';
import { found } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import { Database, type Db, type PortalContext } from '@balcao/platform-tenancy';
import { actingPerson } from './acting-person.js';
import { statusEvents, ticketEvent } from './domain/ticket-events.js';
import { afterCustomerReply, closedByCustomer, endsAfter, reopenedByCustomer } from './domain/ticket-status.js';
import { asWritten, type NewTicket, type TicketStatus } from './domain/ticket.js';
import {
  listPortalTickets,
  ticketOverview,
  ticketsVersion,
  type PortalTicketFilter,
  type TicketOverview,
  type TicketPage,
} from './persistence/portal-ticket-list.js';
import { TicketRepository } from './persistence/ticket.repository.js';
import type {
  CommentRow,
  EarlierCommentsRow,
  TicketDetailRow,
  TicketListRow,
  TicketState,
} from './persistence/ticket.rows.js';
import { readScope, type ReadScope } from './ticket.policy.js';

/** What a ticket is before anybody has done anything with it. */
const UNTOUCHED = {
  assigneeName: null,
  invoice: null,
  externalTicketId: null,
  externalTicketUrl: null,
  resolvedAt: null,
  closedAt: null,
  autoCloseAt: null,
  comments: [],
  olderComments: false,
  history: [],
};

/** What customers do with their tickets. */
@Injectable()
export class PortalTicketService {
  constructor(
    private readonly database: Database,
    private readonly tickets: TicketRepository,
    private readonly audit: Audit,
    private readonly events: Events,
  ) {}

  /**
   * A page, with the version that the account's tickets had when it was read.
   * @throws DomainError permission_denied, validation_failed for a cursor of another list
   */
  async list(
    context: PortalContext,
    filter: PortalTicketFilter & { scope?: ReadScope },
  ): Promise<TicketPage<TicketListRow>> {
    const ownerId = ownerOf(context, readScope(context, filter.scope));
    const now = context.clock.now();
    return this.database.read(context, (db) => listPortalTickets(db, filter, ownerId, now));
  }

  /** The version of a page without the page. @throws DomainError permission_denied */
  async version(context: PortalContext, scope?: ReadScope): Promise<string> {
    readScope(context, scope);
    return this.database.read(context, ticketsVersion);
  }

  /** What waits for the reader and what is open, with its numbers. @throws DomainError permission_denied */
  async overview(context: PortalContext): Promise<TicketOverview> {
    const ownerId = ownerOf(context, readScope(context));
    return this.database.read(context, (db) => ticketOverview(db, ownerId));
  }

  /** Someone else's ticket is not found, so that nobody learns that it exists. @throws DomainError not_found, permission_denied */
  async get(context: PortalContext, id: string): Promise<TicketDetailRow> {
    const ownerId = ownerOf(context, readScope(context));
    return this.database.read(context, async (db) => found(await this.tickets.detail(db, id, ownerId)));
  }

  /** What was said, before one of its comments. @throws DomainError not_found, permission_denied */
  async commentsBefore(context: PortalContext, id: string, before?: string): Promise<EarlierCommentsRow> {
    const ownerId = ownerOf(context, readScope(context));
    return this.database.read(context, async (db) =>
      found(await this.tickets.commentsBefore(db, id, before, { publicOnly: true, ownerId })),
    );
  }

  /** Opens a ticket for the acting portal user, whom the context knows as the session answered them. */
  async create(context: PortalContext, fields: NewTicket): Promise<TicketDetailRow> {
    return this.database.transaction(context, (db) => this.createWithin(db, context, fields));
  }

  /**
   * The same in the transaction of whoever asks, as its last step.
   * @param invoiceId of the account's invoice that has a disputed charge
   */
  async createWithin(
    db: Db,
    context: PortalContext,
    fields: NewTicket,
    invoiceId: string | null = null,
  ): Promise<TicketDetailRow> {
    const { organization, billingAccount, user } = context.principal;
    const createdAt = context.clock.now();
    const ticket = {
      id: newId(),
      billingAccountId: billingAccount.id,
      portalId: context.portalId,
      ...asWritten(fields),
      status: 'new' as const,
      source: 'portal' as const,
      submittedById: user.id,
      submittedByName: user.name,
      invoiceId,
    };
    const action = 'portal.ticket.create';
    const target = { type: 'ticket', id: ticket.id };
    const [, , inserted] = await Promise.all([
      this.audit.record(db, context, { action, target, changes: { after: ticket } }),
      this.events.publish(db, context, ticketEvent('ticket.created', ticket)),
      // Last, because the organization's counter stays locked from here to the commit.
      this.tickets.insert(db, { ...ticket, createdAt }, organization.timeZone),
    ]);
    return { ...ticket, ...UNTOUCHED, ...inserted, organizationId: organization.id, createdAt, updatedAt: createdAt };
  }

  /**
   * Adds a customer's reply, which takes up a pending or resolved ticket again.
   * @throws DomainError not_found, permission_denied, ticket_closed
   */
  async comment(context: PortalContext, id: string, body: string): Promise<CommentRow> {
    const author = actingPerson(context);
    const now = context.clock.now();
    return this.changing(context, id, async (db, ticket) => {
      const status = afterCustomerReply(ticket.status);
      const comment = await this.tickets.insertComment(db, ticket, {
        body,
        authorType: 'portal',
        authorId: author.id,
        authorName: author.name,
        isPublic: true,
        createdAt: now,
      });
      await this.tickets.update(db, context, ticket, {
        status,
        ...endsAfter(ticket, status, now),
        ...takenUpAgain(ticket, status),
        lastActivityAt: now,
        updatedAt: now,
      });
      await this.audit.record(db, context, {
        action: 'portal.ticket.comment.create',
        target: { type: 'ticket', id },
        billingAccountId: ticket.billingAccountId,
        changes: { before: { status: ticket.status }, after: { status, commentId: comment.id } },
      });
      await this.events.publish(
        db,
        context,
        ticketEvent('ticket.replied', ticket, comment.id),
        ...statusEvents(ticket.status, status, ticket, comment.id),
      );
      return comment;
    });
  }

  /** @throws DomainError not_found, permission_denied, ticket_closed */
  async close(context: PortalContext, id: string): Promise<TicketDetailRow> {
    return this.changeStatus(context, id, 'close', ({ status }) => closedByCustomer(status));
  }

  /** @throws DomainError not_found, permission_denied, ticket_closed when it is too late, conflict when it is not finished */
  async reopen(context: PortalContext, id: string): Promise<TicketDetailRow> {
    return this.changeStatus(context, id, 'reopen', (ticket) => reopenedByCustomer(ticket, context.clock.now()));
  }

  private async changeStatus(
    context: PortalContext,
    id: string,
    decision: 'close' | 'reopen',
    rule: (ticket: TicketState) => TicketStatus,
  ): Promise<TicketDetailRow> {
    const now = context.clock.now();
    return this.changing(context, id, async (db, ticket) => {
      const status = rule(ticket);
      await this.tickets.update(db, context, ticket, {
        status,
        ...takenUpAgain(ticket, status),
        ...endsAfter(ticket, status, now),
        lastActivityAt: now,
        updatedAt: now,
      });
      await this.audit.record(db, context, {
        action: `portal.ticket.${decision}`,
        target: { type: 'ticket', id },
        billingAccountId: ticket.billingAccountId,
        changes: { before: { status: ticket.status }, after: { status } },
      });
      await this.events.publish(db, context, ...statusEvents(ticket.status, status, ticket));
      return found(await this.tickets.detail(db, id));
    });
  }

  /** Who may not read a ticket may not write to it either. */
  private async changing<Result>(
    context: PortalContext,
    id: string,
    work: (db: Db, ticket: TicketState) => Promise<Result>,
  ): Promise<Result> {
    const ownerId = ownerOf(context, readScope(context));
    return this.database.transaction(context, async (db) => work(db, found(await this.tickets.lock(db, id, ownerId))));
  }
}

/** Nobody waits for a colleague who has left: whoever takes up their ticket again gets it into the queue. */
function takenUpAgain(ticket: TicketState, status: TicketStatus): { assigneeId?: null } {
  const waits = status === 'open' && ticket.status !== 'open' && !ticket.assigneeWorksHere;
  return waits ? { assigneeId: null } : {};
}

function ownerOf(context: PortalContext, scope: ReadScope): string | undefined {
  return scope === 'own' ? actingPerson(context).id : undefined;
}
