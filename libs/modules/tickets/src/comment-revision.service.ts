import { Injectable } from '@nestjs/common';
import type { AuditAction } from '@balcao/contracts';
import { Audit, type AuditChanges } from '@balcao/platform-audit';
import { found } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import { Database, type Db, type PortalContext, type StaffContext } from '@balcao/platform-tenancy';
import { actingPerson } from './acting-person.js';
import { requireRevisable, requireRevisableNote } from './domain/comment-revision.js';
import { ticketEvent } from './domain/ticket-events.js';
import { CommentRepository, type RevisedCommentRow } from './persistence/comment.repository.js';
import { TicketRepository } from './persistence/ticket.repository.js';
import type { CommentRow, TicketState } from './persistence/ticket.rows.js';
import { readScope } from './ticket.policy.js';

/**
 * What an author does with words that are written already. The ticket is locked first, as it is for every answer: of
 * a change and an answer that come at once, one sees the other.
 */
@Injectable()
export class CommentRevisionService {
  constructor(
    private readonly database: Database,
    private readonly tickets: TicketRepository,
    private readonly comments: CommentRepository,
    private readonly audit: Audit,
    private readonly events: Events,
  ) {}

  /**
   * Changes a customer's own comment that staff have not answered yet.
   * @throws DomainError not_found, permission_denied for another's comment, comment_answered, ticket_closed
   */
  async edit(context: PortalContext, ticketId: string, commentId: string, body: string): Promise<CommentRow> {
    const now = context.clock.now();
    return this.revising(context, ticketId, commentId, async (db, ticket, comment) => {
      if (comment.body === body) return comment;
      await this.comments.edit(db, commentId, body, now);
      await this.tickets.update(db, context, ticket, { lastActivityAt: now, updatedAt: now });
      await this.record(db, context, 'portal.ticket.comment.update', ticket, commentId, {
        before: { body: comment.body },
        after: { body },
      });
      return { ...comment, body, editedAt: now };
    });
  }

  /**
   * Takes back a customer's own comment that staff have not answered yet. Its place in the conversation stays, because
   * those who take care may have read it in a mail; its words stay in the audit only.
   * @throws DomainError not_found, permission_denied for another's comment, comment_answered, ticket_closed
   */
  async remove(context: PortalContext, ticketId: string, commentId: string): Promise<void> {
    const now = context.clock.now();
    await this.revising(context, ticketId, commentId, async (db, ticket, comment) => {
      await this.comments.remove(db, commentId, now);
      await this.tickets.update(db, context, ticket, { lastActivityAt: now, updatedAt: now });
      await this.record(db, context, 'portal.ticket.comment.delete', ticket, commentId, {
        before: { ticketId, body: comment.body },
      });
    });
  }

  /**
   * Changes a note of the acting staff user. What customers see of the ticket does not move.
   * @throws DomainError not_found, permission_denied for another's note, comment_already_sent for an answer
   */
  async editNote(context: StaffContext, ticketId: string, commentId: string, body: string): Promise<CommentRow> {
    const author = actingPerson(context);
    const now = context.clock.now();
    return this.database.transaction(context, async (db) => {
      const ticket = found(await this.tickets.lock(db, ticketId));
      const note = found(await this.comments.find(db, ticketId, commentId));
      requireRevisableNote(note, author.id);
      if (note.body === body) return note;
      await this.comments.edit(db, commentId, body, now);
      await this.tickets.update(db, context, ticket, {});
      await this.audit.record(db, context, {
        action: 'staff.ticket.comment.update',
        // Without the account: what a note said is not for the customer to read.
        target: { type: 'ticket_comment', id: commentId },
        changes: { before: { body: note.body }, after: { body } },
      });
      await this.events.publish(db, context, ticketEvent('ticket.note_changed', ticket, commentId));
      return { ...note, body, editedAt: now };
    });
  }

  private async revising<Result>(
    context: PortalContext,
    ticketId: string,
    commentId: string,
    work: (db: Db, ticket: TicketState, comment: RevisedCommentRow) => Promise<Result>,
  ): Promise<Result> {
    const userId = actingPerson(context).id;
    const ownerId = readScope(context) === 'own' ? userId : undefined;
    return this.database.transaction(context, async (db) => {
      const ticket = found(await this.tickets.lock(db, ticketId, ownerId));
      const comment = found(await this.comments.find(db, ticketId, commentId));
      requireRevisable(comment, { userId, status: ticket.status, answered: comment.answered });
      return work(db, ticket, comment);
    });
  }

  private async record(
    db: Db,
    context: PortalContext,
    action: AuditAction,
    ticket: TicketState,
    commentId: string,
    changes: AuditChanges,
  ): Promise<void> {
    const target = { type: 'ticket_comment', id: commentId };
    await this.audit.record(db, context, { action, target, billingAccountId: ticket.billingAccountId, changes });
    await this.events.publish(db, context, ticketEvent('ticket.comment_changed', ticket, commentId));
  }
}
