import { Injectable } from '@nestjs/common';
import type { StoredSettings } from '@balcao/module-directory';
import { newId } from '@balcao/platform-database';
import {
  columnsOf,
  empty,
  insertInto,
  sql,
  type Db,
  type OrganizationContext,
  type Sql,
} from '@balcao/platform-tenancy';
import { historyOf, type TicketFacts } from '../domain/ticket-history.js';
import { STORED_TICKET_SETTINGS } from '../ticket-settings.js';
import { yearIn } from '../domain/ticket-number.js';
import { TicketCommentEntity, TicketEntity, TicketEventEntity } from './ticket.entity.js';
import {
  COMMENT_COLUMNS,
  DETAIL_COLUMNS,
  EVENT_COLUMNS,
  LIST_COLUMNS,
  STAFF_LIST_COLUMNS,
  STAFF_LIST_JOINS,
  STATE_COLUMNS,
  type CommentRow,
  type ConversationRow,
  type DisputeRow,
  type EarlierCommentsRow,
  type EventRow,
  type StaffTicketDetailRow,
  type SubmitterRow,
  type TicketDetailRow,
  type TicketState,
} from './ticket.rows.js';

/** So many comments of a ticket are answered at once, and events; */
const MOST_COMMENTS = 1_000;
/** and no more bytes of comments, many times what one may have. */
const LONGEST_CONVERSATION = 400_000;

/** Disputes of an invoice that are told. */
const MOST_DISPUTES = 20;

/** What a new ticket may be without, or has from the database. */
type LeftOut =
  | 'assigneeId'
  | 'invoiceId'
  | `external${string}`
  | 'lastActivityAt'
  | 'updatedAt'
  | 'resolvedAt'
  | 'closedAt'
  | 'autoCloseAt'
  | 'organizationId'
  | 'version'
  | keyof NumberedTicket;
/** Whatever else a ticket has is decided by each way in which it is opened: customers, staff, and what is brought in. */
export type NewTicketRow = {
  [Name in Exclude<keyof TicketEntity, LeftOut>]: TicketEntity[Name];
} & Partial<TicketEntity>;

type NumberedTicket = Pick<TicketEntity, 'number' | keyof typeof CONVERSATION>;

/** Rows of tickets and their comments. */
@Injectable()
export class TicketRepository {
  /**
   * Draws the next number of the year where the organization is, and adds the ticket.
   * @returns its number, and what nobody has told of it yet
   */
  async insert(db: Db, ticket: NewTicketRow, timeZone: string): Promise<NumberedTicket> {
    const year = yearIn(timeZone, ticket.createdAt);
    const { createdAt } = ticket;
    const row = {
      lastActivityAt: createdAt,
      updatedAt: createdAt,
      ...ticket,
      number: sql`next_ticket_number(${year})`,
    };
    return (await db.first<NumberedTicket>(sql`${insertInto('tickets as t', row)} returning ${NUMBERED}`))!;
  }

  /** Where the organization is; contexts of persons know it. */
  async timeZone(db: Db): Promise<string> {
    return (await db.first<{ timeZone: string }>(
      sql`select o.time_zone as "timeZone" from organizations o where o.id = app_organization_id()`,
    ))!.timeZone;
  }

  /** Locks a ticket for a change; with `ownerId` only where that portal user submitted it. */
  async lock(db: Db, id: string, ownerId?: string): Promise<TicketState | undefined> {
    return db.first<TicketState>(sql`
      select ${STATE}
      from tickets t where ${db.account('t')} and t.id = ${id}::uuid ${ownedBy(ownerId)} for update of t`);
  }

  /**
   * Locks several tickets for a change, each once, in the order of their accounts and ids: whoever changes many tickets in
   * one transaction keeps to this order, so that two of them never wait for each other.
   */
  async lockMany(db: Db, ids: readonly string[]): Promise<TicketState[]> {
    return db.query<TicketState>(sql`
      select ${STATE} from tickets t where ${db.account('t')} and t.id = any(${[...ids]}::uuid[])
      order by t.billing_account_id, t.id for update of t`);
  }

  /** Ids of tickets that are not finished and that somebody takes care of, latest activity first. */
  async unfinishedOf(db: Db, assigneeId: string, limit: number): Promise<string[]> {
    const rows = await db.query<{ id: string }>(sql`
      select t.id from tickets t
      where ${db.tenant('t')} and t.assignee_id = ${assigneeId}::uuid and t.status not in ('resolved', 'closed')
      order by t.last_activity_at desc, t.id desc limit ${limit}`);
    return rows.map(({ id }) => id);
  }

  /** Locks tickets that are due to close and that nobody else holds. */
  async lockDue(db: Db, now: Date, limit: number): Promise<TicketState[]> {
    return db.query<TicketState>(sql`
      select ${STATE} from tickets t where ${db.tenant('t')} and t.auto_close_at <= ${now}
      order by t.auto_close_at, t.id limit ${limit} for update of t skip locked`);
  }

  /** What a portal, or the default one, does with tickets. */
  async settingsOf(db: Db, portalId: string | null): Promise<StoredSettings> {
    const portal = await db.first<{ settings: StoredSettings }>(sql`
      select ${STORED_TICKET_SETTINGS} as settings from portals p
      where ${db.tenant('p')} and ${portalId ? sql`p.id = ${portalId}::uuid` : sql`p.is_default`}`);
    return portal?.settings ?? {};
  }

  /** Writes what a locked ticket becomes, and that into its history. */
  async update(
    db: Db,
    context: OrganizationContext,
    ticket: TicketState,
    values: Partial<TicketEntity>,
  ): Promise<void> {
    const counted = { ...CONVERSATION, version: () => 'version + 1' };
    // Before the row, which says what its history amounts to.
    await this.remember(db, context, ticket, values);
    await db.repository(TicketEntity).update({ id: ticket.id }, { ...values, ...counted });
  }

  /** Writes what the conversation of a new ticket amounts to. */
  async updateConversation(db: Db, id: string): Promise<void> {
    await db.repository(TicketEntity).update({ id }, CONVERSATION);
  }

  /** Adds to a ticket's history what a change did to it. */
  async remember(
    db: Db,
    context: OrganizationContext,
    ticket: TicketFacts & Pick<TicketState, 'id' | 'billingAccountId'>,
    change: Partial<TicketFacts>,
  ): Promise<void> {
    const { id: ticketId, billingAccountId } = ticket;
    const createdAt = context.clock.now();
    const events = historyOf(ticket, change, context.actor);
    if (events.length > 0)
      await db
        .repository(TicketEventEntity)
        .insert(events.map((event) => ({ id: newId(), billingAccountId, ticketId, ...event, createdAt })));
  }

  async insertComment(
    db: Db,
    ticket: Pick<TicketState, 'id' | 'billingAccountId'>,
    comment: Omit<CommentRow, 'id' | 'editedAt' | 'deletedAt'>,
  ): Promise<CommentRow> {
    const row = { id: newId(), ...comment, editedAt: null, deletedAt: null };
    await db
      .repository(TicketCommentEntity)
      .insert({ ...row, billingAccountId: ticket.billingAccountId, ticketId: ticket.id });
    return row;
  }

  async findSubmitter(db: Db, id: string): Promise<SubmitterRow | undefined> {
    return db.first<SubmitterRow>(sql`
      select u.id, u.name, u.billing_account_id as "billingAccountId" from portal_users u
      where ${db.account('u')} and u.id = ${id}::uuid`);
  }

  /** What became of a staff user of the organization. */
  async statusOfColleague(db: Db, id: string): Promise<string | undefined> {
    const row = await db.first<{ status: string }>(
      sql`select s.status from staff_users s where ${db.tenant('s')} and s.id = ${id}::uuid`,
    );
    return row?.status;
  }

  /** The ticket as its customer sees it. */
  async detail(db: Db, id: string, ownerId?: string): Promise<TicketDetailRow | undefined> {
    return unfolded(
      await db.first<Folded<TicketDetailRow>>(sql`
        select ${DETAIL}, staff_name(t.assignee_id) as "assigneeName",
          ${conversation(db, sql`and c.is_public`)}, ${history(db)}, ${disputedInvoice(db)} from tickets t
        where ${db.account('t')} and t.id = ${id}::uuid ${ownedBy(ownerId)}`),
    );
  }

  /** Tickets in which a charge of an invoice is disputed, the latest first. */
  async disputesOf(db: Db, invoiceId: string): Promise<DisputeRow[]> {
    return db.query<DisputeRow>(sql`
      select ${columnsOf('t', ['id', 'number', 'subject', 'status', 'createdAt', 'submittedById'])} from tickets t
      where ${db.account('t')} and t.invoice_id = ${invoiceId}::uuid order by t.created_at desc, t.id desc limit ${MOST_DISPUTES}`);
  }

  /** Lets nobody else dispute an invoice before the transaction ends: its row is none that a customer may hold. */
  async holdDisputes(db: Db, invoiceId: string): Promise<void> {
    await db.query(sql`select pg_advisory_xact_lock(hashtextextended('dispute:' || ${invoiceId}, 0))`);
  }

  /** The ticket as staff see it, internal notes included. */
  async staffDetail(db: Db, id: string): Promise<StaffTicketDetailRow | undefined> {
    return unfolded(
      await db.first<Folded<StaffTicketDetailRow>>(sql`
        select ${DETAIL}, ${conversation(db, empty)}, ${history(db)}, ${disputedInvoice(db)}, ${STAFF_LIST_COLUMNS}, t.version,
          case when u.id is not null then json_build_object('id', u.id, 'name', u.name, 'email', u.email, 'status', u.status) end as submitter
        from tickets t ${STAFF_LIST_JOINS}
        left join portal_users u on u.organization_id = t.organization_id and u.id = t.submitted_by_id
        where ${db.tenant('t')} and t.id = ${id}::uuid`),
    );
  }

  /**
   * What was said in a ticket, before one of its comments where that is given: in public alone where it is for the
   * customer. Before a comment that is not the ticket's there is nothing.
   */
  async commentsBefore(
    db: Db,
    id: string,
    before: string | undefined,
    { publicOnly, ownerId }: { publicOnly: boolean; ownerId?: string },
  ): Promise<EarlierCommentsRow | undefined> {
    const earlier = before ? sql`and (c.created_at, c.id) < (b.created_at, b.id)` : empty;
    const row = await db.first<Folded<EarlierCommentsRow>>(sql`
      select t.status, exists (
          select from ticket_comments a where ${db.account('a')} and a.ticket_id = t.id and a.author_type = 'staff'
            and a.is_public and (a.created_at, a.id) >= (b.created_at, b.id)) as "answeredSince",
        ${conversation(db, sql`${publicOnly ? sql`and c.is_public` : empty} ${earlier}`)}
      from tickets t left join ticket_comments b on ${db.account('b')} and b.ticket_id = t.id and b.id = ${before ?? null}::uuid
        ${publicOnly ? sql`and b.is_public` : empty}
      where ${db.account('t')} and t.id = ${id}::uuid ${ownedBy(ownerId)}`);
    return unfolded<EarlierCommentsRow>(row);
  }
}

/** With the settings of the ticket's portal, or of the default one. */
const STATE = sql`${STATE_COLUMNS},
  t.assignee_id is null or staff_works_here(t.assignee_id) as "assigneeWorksHere",
  coalesce((select ${STORED_TICKET_SETTINGS} from portals p
    where p.organization_id = t.organization_id and (p.id = t.portal_id or (t.portal_id is null and p.is_default))), '{}') as settings`;

const PUBLIC_COMMENTS = `from ticket_comments c where c.organization_id = tickets.organization_id and c.ticket_id = tickets.id
  and c.is_public and c.deleted_at is null`;

/** What a ticket's row says of its conversation: worked out here alone, whenever the row is written. */
const CONVERSATION = {
  commentCount: () => `(select count(*) ${PUBLIC_COMMENTS})`,
  lastReplyBy:
    () => `(case when (select said.by from ((select c.author_type as by, c.created_at as at, c.id ${PUBLIC_COMMENTS}
      order by c.created_at desc, c.id desc limit 1) union all (select e.actor_type, e.created_at, e.id from ticket_events e
      where e.organization_id = tickets.organization_id and e.ticket_id = tickets.id and e.kind = 'status'
      and e.actor_type = 'portal' and e.to_value = 'open' order by e.created_at desc, e.id desc limit 1)) said
    order by said.at desc, said.id desc limit 1) = 'staff' then 'staff' else 'customer' end)`,
};

const NUMBERED = columnsOf('t', ['number', ...Object.keys(CONVERSATION)]);

const DETAIL = sql`${LIST_COLUMNS}, ${DETAIL_COLUMNS}`;

/**
 * The conversation travels in the ticket's row: one statement for both. The latest comments, as many as fit, and whether
 * there are older ones; of those that do not fit the words are not read.
 */
const conversation = (db: Db, which: Sql) => sql`
  (with c as materialized (
    select c.*, row_number() over latest <= ${MOST_COMMENTS}
        and sum(octet_length(c.body)) over latest <= ${LONGEST_CONVERSATION} as fits
    from (select c.* from ticket_comments c where ${db.account('c')} and c.ticket_id = t.id ${which}
      order by c.created_at desc, c.id desc limit ${MOST_COMMENTS + 1}) c
    window latest as (order by c.created_at desc, c.id desc))
  select json_build_object(
    'comments', (select coalesce(json_agg(m order by m."createdAt", m.id), '[]')
      from (select ${COMMENT_COLUMNS} from c where c.fits) m),
    'olderComments', exists (select from c where not c.fits))) as conversation`;

const history = (db: Db) => sql`
  (select coalesce(json_agg(m order by m."createdAt", m.id), '[]')
    from (select ${EVENT_COLUMNS} from ticket_events e where ${db.account('e')} and e.ticket_id = t.id
      order by e.created_at desc, e.id desc limit ${MOST_COMMENTS}) m) as history`;

/** The invoice of a ticket in which a charge is disputed. */
const disputedInvoice = (db: Db) => sql`
  (select json_build_object('id', i.id, 'number', i.number, 'title', i.title, 'currency', i.currency, 'total', i.total, 'owed', i.owed)
    from invoices i where ${db.account('i')} and i.id = t.invoice_id) as invoice`;

const ownedBy = (ownerId: string | undefined) => (ownerId ? sql`and t.submitted_by_id = ${ownerId}::uuid` : empty);

/** A row as it is read: its conversation is one column. */
type Folded<Row extends ConversationRow> = Omit<Row, keyof ConversationRow> & { conversation: ConversationRow };

/** Times inside JSON arrive as text. */
function unfolded<Row extends ConversationRow>(folded: Folded<Row> | undefined): Row | undefined {
  if (!folded) return undefined;
  const { conversation, ...rest } = folded;
  const row = { ...rest, ...conversation } as unknown as Row & { history?: EventRow[] };
  for (const comment of row.comments) {
    comment.createdAt = new Date(comment.createdAt);
    comment.editedAt &&= new Date(comment.editedAt);
    comment.deletedAt &&= new Date(comment.deletedAt);
  }
  for (const event of row.history ?? []) event.createdAt = new Date(event.createdAt);
  return row;
}
