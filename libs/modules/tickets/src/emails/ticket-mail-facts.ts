import { Injectable } from '@nestjs/common';
import { portalOrigin, type StoredSettings } from '@balcao/module-directory';
import { AppConfig } from '@balcao/platform-config';
import { Database, sql, type OrganizationContext } from '@balcao/platform-tenancy';
import type { TicketStatus } from '../domain/ticket.js';
import { authorName } from '../persistence/ticket.rows.js';
import { STORED_TICKET_SETTINGS } from '../ticket-settings.js';

/** What the mails about a ticket are made of. Members of the comment and of the reader are null where not asked for. */
export interface TicketMailFacts {
  ticketId: string;
  number: string;
  subject: string;
  /** What was written when it was opened. */
  description: string;
  status: TicketStatus;
  /** Event of its history that brought the status. */
  statusId: string | null;
  /** When a resolved ticket closes by itself. */
  autoCloseAt: Date | null;
  /** Of the reader where they chose one, else of the organization. */
  timeZone: string;
  assigneeId: string | null;
  organizationName: string;
  portalId: string;
  settings: StoredSettings;
  portalSlug: string;
  portalDomain: string | null;
  domainLeadsHere: boolean;
  body: string | null;
  authorName: string | null;
  isPublic: boolean | null;
  userStatus: string | null;
  receiveNotifications: boolean | null;
  staffStatus: string | null;
}

/** The latest change of a ticket `t`'s status. */
export const STATUS_ID = sql`(select e.id from ticket_events e where e.organization_id = t.organization_id
  and e.ticket_id = t.id and e.kind = 'status' order by e.id desc limit 1)`;

/** Reads, at the moment of sending, whether and what to write. */
@Injectable()
export class TicketMailReader {
  constructor(
    private readonly database: Database,
    private readonly config: AppConfig,
  ) {}

  /**
   * The facts of a mail's ids, or undefined when the ticket or the comment is gone, its author took it back, or the status
   * was changed after the change that the mail is about.
   */
  async read(context: OrganizationContext, ids: Record<string, string>): Promise<TicketMailFacts | undefined> {
    return this.database.read(context, async (db) => {
      const facts = await db.first<TicketMailFacts>(sql`
        select t.id as "ticketId", t.number, t.subject, t.description, t.status, ${STATUS_ID} as "statusId", t.auto_close_at as "autoCloseAt",
          coalesce(u.time_zone, o.time_zone) as "timeZone", t.assignee_id as "assigneeId", o.name as "organizationName",
          -- The rules of the portal where it was opened, and the address of one that lets its reader in.
          (select ${STORED_TICKET_SETTINGS} from portals p where p.organization_id = t.organization_id
            and (p.id = t.portal_id or (t.portal_id is null and p.is_default))) as settings,
          p.id as "portalId", p.slug as "portalSlug", p.custom_domain as "portalDomain", p.domain_leads_here as "domainLeadsHere",
          c.body, ${authorName('c')} as "authorName", c.is_public as "isPublic",
          u.status as "userStatus", u.receive_notifications as "receiveNotifications", s.status as "staffStatus"
        from tickets t
        join organizations o on o.id = t.organization_id
        left join ticket_comments c on c.organization_id = t.organization_id and c.ticket_id = t.id and c.id = ${ids.commentId ?? null}::uuid
          and c.deleted_at is null
        left join portal_users u on u.organization_id = t.organization_id and u.id = ${ids.portalUserId ?? null}::uuid
        cross join lateral portal_for(t.organization_id, u.role_id, t.portal_id) p
        left join staff_users s on s.organization_id = t.organization_id and s.id = ${ids.staffUserId ?? null}::uuid
        where ${db.tenant('t')} and t.id = ${ids.ticketId ?? null}::uuid`);
      if (!facts || (ids.commentId && facts.body === null)) return undefined;
      return ids.statusId && facts.statusId !== ids.statusId ? undefined : facts;
    });
  }

  /** Where the customer reads the ticket. */
  portalUrl({ portalSlug: slug, portalDomain: customDomain, domainLeadsHere, ticketId }: TicketMailFacts): string {
    return `${portalOrigin({ slug, customDomain, domainLeadsHere }, this.config.publicUrl)}/portal/tickets/${ticketId}`;
  }

  /** Where staff read the ticket. */
  consoleUrl({ ticketId }: TicketMailFacts): string {
    return `${this.config.publicUrl}/console/inbox/${ticketId}`;
  }
}

/** Whether the portal user of the facts still is to be told. */
export function readerWantsMail({ userStatus, receiveNotifications }: TicketMailFacts): boolean {
  return userStatus !== null && userStatus !== 'suspended' && receiveNotifications === true;
}
