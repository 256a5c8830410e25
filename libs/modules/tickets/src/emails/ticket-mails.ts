import { Injectable } from '@nestjs/common';
import type { EventName, HeardEvent } from '@balcao/contracts';
import { AppConfig } from '@balcao/platform-config';
import { Mailer, type MailRequest } from '@balcao/platform-mail';
import { Subscriber, type EventSubscriber, type Finish } from '@balcao/platform-outbox/worker';
import { Database, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { STATUS_ID } from './ticket-mail-facts.js';

const HEARD = [
  'ticket.created',
  'ticket.replied',
  'ticket.resolved',
  'ticket.closed',
  'ticket.reopened',
] as const satisfies EventName[];
type Heard = Extract<HeardEvent, { name: (typeof HEARD)[number] }>;

/** Somebody who may be written to. */
interface Reader {
  id: string;
  email: string;
  name: string;
  locale: string;
}

/** Writes the mails about what happens to tickets: one for each event at most, in the transaction that has heard it. */
@Injectable()
@Subscriber('tickets.mails', HEARD)
export class TicketMails implements EventSubscriber<Heard['name']> {
  constructor(
    private readonly database: Database,
    private readonly mailer: Mailer,
    private readonly config: AppConfig,
  ) {}

  async hear(event: Heard, context: OrganizationContext, finish: Finish): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const request = await (event.actor.type === 'user' ? this.ofCustomer(db, event) : this.ofStaff(db, event));
      if (request) await this.mailer.enqueue(db, context, request);
      await finish(db);
    });
  }

  /** What a customer does is told to the one who takes care, if anybody does. A new ticket is confirmed to its submitter. */
  private async ofCustomer(db: Db, event: Heard): Promise<MailRequest | undefined> {
    const { ticketId, commentId } = { commentId: undefined, ...event.ids };
    if (event.name === 'ticket.created') return this.received(db, ticketId);
    const assignee = await this.assignee(db, ticketId);
    if (!assignee) return undefined;
    const ids = { ticketId, staffUserId: assignee.id };
    if (event.name === 'ticket.replied')
      return {
        template: 'ticket-customer-reply',
        businessKey: `ticket-customer-reply:${commentId}`,
        recipient: assignee,
        ids: { ...ids, commentId: event.ids.commentId },
      };
    // The reply that took it up again has its own mail.
    if (commentId || event.name === 'ticket.resolved') return undefined;
    return this.ofStatus(db, `ticket-customer-${event.name === 'ticket.closed' ? 'close' : 'reopen'}`, assignee, ids);
  }

  /** The submitter is told of answers, and of a solution without one: an answer that resolves says so itself. */
  private async ofStaff(db: Db, event: Heard): Promise<MailRequest | undefined> {
    const { ticketId, commentId } = { commentId: undefined, ...event.ids };
    if (event.name === 'ticket.created') return this.received(db, ticketId);
    if (event.name !== 'ticket.replied' && (event.name !== 'ticket.resolved' || commentId)) return undefined;
    const submitter = await this.submitter(db, ticketId);
    if (!submitter) return undefined;
    const ids = { ticketId, portalUserId: submitter.id };
    if (event.name === 'ticket.replied')
      return {
        template: 'ticket-reply',
        businessKey: `ticket-reply:${commentId}`,
        recipient: submitter,
        ids: { ...ids, commentId: event.ids.commentId },
      };
    return this.ofStatus(db, 'ticket-resolved', submitter, ids);
  }

  /**
   * A mail about the status that the ticket has now. It waits a while, and tells of nothing that was undone by then; what
   * was done, undone and done again has one.
   */
  private async ofStatus(
    db: Db,
    template: MailRequest['template'],
    recipient: Reader,
    ids: { ticketId: string },
  ): Promise<MailRequest | undefined> {
    const change = await db.first<{ statusId: string | null }>(
      sql`select ${STATUS_ID} as "statusId" from tickets t where ${db.tenant('t')} and t.id = ${ids.ticketId}::uuid`,
    );
    const afterSeconds = this.config.statusMailDelaySeconds;
    const businessKey = `${template}:${change?.statusId}`;
    return { template, businessKey, recipient, ids: { ...ids, statusId: change?.statusId }, afterSeconds };
  }

  private async received(db: Db, ticketId: string): Promise<MailRequest | undefined> {
    const submitter = await this.submitter(db, ticketId);
    return (
      submitter && {
        template: 'ticket-received',
        businessKey: `ticket-received:${ticketId}`,
        recipient: submitter,
        ids: { ticketId, portalUserId: submitter.id },
      }
    );
  }

  /** Who wrote the ticket, unless they want no mails; asked again when the mail is sent. */
  private submitter(db: Db, ticketId: string): Promise<Reader | undefined> {
    return db.first<Reader>(sql`
      select u.id, u.email, u.name, coalesce(u.locale, o.locale) as locale from tickets t
      join portal_users u on u.organization_id = t.organization_id and u.id = t.submitted_by_id
      join organizations o on o.id = t.organization_id
      where ${db.tenant('t')} and t.id = ${ticketId}::uuid and u.receive_notifications and u.status <> 'suspended'`);
  }

  private assignee(db: Db, ticketId: string): Promise<Reader | undefined> {
    return db.first<Reader>(sql`
      select s.id, s.email, s.name, coalesce(s.locale, o.locale) as locale from tickets t
      join staff_users s on s.organization_id = t.organization_id and s.id = t.assignee_id
      join organizations o on o.id = t.organization_id
      where ${db.tenant('t')} and t.id = ${ticketId}::uuid and s.status = 'active'`);
  }
}
