import { Injectable } from '@nestjs/common';
import type { MailTemplateName } from '@balcao/contracts';
import { Mailer } from '@balcao/platform-mail';
import { sql, type Context, type Db } from '@balcao/platform-tenancy';
import { TicketRepository } from './persistence/ticket.repository.js';
import type { SubmitterRow } from './persistence/ticket.rows.js';

/** Whether a portal user is to be told of tickets by mail (S3.64); asked again when the mail is sent. */
export function wantsMail(user: { status: string; receiveNotifications: boolean }): boolean {
  return user.receiveNotifications && user.status !== 'suspended';
}

interface AssignedTicket {
  id: string;
  assigneeId: string | null;
}

/** Queues the mails of a ticket's events, in the transaction of the event. */
@Injectable()
export class TicketMails {
  constructor(
    private readonly mailer: Mailer,
    private readonly tickets: TicketRepository,
  ) {}

  /** Confirms to the submitter that the ticket arrived. */
  async received(db: Db, context: Context, ticketId: string, submitter: SubmitterRow): Promise<void> {
    if (!wantsMail(submitter)) return;
    await this.mailer.enqueue(db, context, {
      template: 'ticket-received',
      businessKey: `ticket-received:${ticketId}`,
      recipient: submitter,
      ids: { ticketId, portalUserId: submitter.id },
    });
  }

  /** Brings a public answer of staff to the submitter. */
  async staffReplied(
    db: Db,
    context: Context,
    ticket: { id: string; submittedById: string | null },
    commentId: string,
  ): Promise<void> {
    const submitter = ticket.submittedById && (await this.tickets.findSubmitter(db, ticket.submittedById));
    if (!submitter || !wantsMail(submitter)) return;
    await this.mailer.enqueue(db, context, {
      template: 'ticket-reply',
      businessKey: `ticket-reply:${commentId}`,
      recipient: submitter,
      ids: { ticketId: ticket.id, commentId, portalUserId: submitter.id },
    });
  }

  /** Tells the submitters of tickets that staff resolved without a word; an answer that resolves says so itself. */
  async resolved(
    db: Db,
    context: Context,
    tickets: readonly { id: string; version: number; submittedById: string | null }[],
  ): Promise<void> {
    const ids = tickets.flatMap(({ submittedById }) => submittedById ?? []);
    if (ids.length === 0) return;
    const submitters = new Map(
      (await this.tickets.findSubmitters(db, ids)).map((submitter) => [submitter.id, submitter]),
    );
    for (const ticket of tickets) {
      const submitter = ticket.submittedById && submitters.get(ticket.submittedById);
      if (!submitter || !wantsMail(submitter)) continue;
      await this.mailer.enqueue(db, context, {
        template: 'ticket-resolved',
        businessKey: `ticket-resolved:${ticket.id}:${ticket.version}`,
        recipient: submitter,
        ids: { ticketId: ticket.id, portalUserId: submitter.id },
      });
    }
  }

  /** Tells the one who takes care, if anybody does, of a customer's reply. */
  async customerReplied(db: Db, context: Context, ticket: AssignedTicket, commentId: string): Promise<void> {
    const event = `ticket-customer-reply:${commentId}`;
    await this.tellAssignee(db, context, ticket, 'ticket-customer-reply', event, { commentId });
  }

  /** Tells the one who takes care, if anybody does, that the customer closed the ticket or took it up again. */
  async customerDecided(
    db: Db,
    context: Context,
    ticket: AssignedTicket & { version: number },
    decision: 'close' | 'reopen',
  ): Promise<void> {
    const event = `ticket-customer-${decision}:${ticket.id}:${ticket.version}`;
    await this.tellAssignee(db, context, ticket, `ticket-customer-${decision}`, event, {});
  }

  private async tellAssignee(
    db: Db,
    context: Context,
    ticket: AssignedTicket,
    template: MailTemplateName,
    businessKey: string,
    ids: Record<string, string>,
  ): Promise<void> {
    if (!ticket.assigneeId) return;
    const assignee = await db.first<{ id: string; email: string; name: string; locale: string }>(sql`
      select id, email, name, locale from ticket_assignee_contact(${ticket.id}::uuid)`);
    if (!assignee) return;
    await this.mailer.enqueue(db, context, {
      template,
      businessKey,
      recipient: assignee,
      ids: { ticketId: ticket.id, ...ids, staffUserId: assignee.id },
    });
  }
}
