import { Injectable } from '@nestjs/common';
import type { Day } from '@balcao/money';
import { newId } from '@balcao/platform-database';
import {
  assignments,
  columnsOf,
  empty,
  insertInto,
  sql,
  type Db,
  type OrganizationContext,
} from '@balcao/platform-tenancy';
import { keptContent, readContent, type ProposalContent } from '../domain/proposal.js';
import {
  DECISION_COLUMNS,
  PROPOSAL_COLUMNS,
  SENT_COLUMNS,
  VERSION_COLUMNS,
  type DecisionRow,
  type DraftRow,
  type EventRow,
  type MadeInvoice,
  type ProposalEventKind,
  type ProposalRow,
  type SentRow,
  type StaffProposalRow,
  type VersionRow,
} from './proposal.rows.js';

/** What is written of a version while it is a draft. */
export interface WrittenVersion {
  reference: string | null;
  title: string;
  currency: string;
  total: bigint;
  validUntil: Day | null;
  content: ProposalContent;
}

/** What a version becomes when it is sent. */
export interface SentVersion {
  document: string;
  digest: string;
  sentAt: Date;
  sentById: string | null;
  total: bigint;
  content: ProposalContent;
}

/** What of a proposal nobody reads but the database. */
interface UnseenColumns {
  sequenceYear: number;
  sequence: number;
  remindedAt: Date | null;
}

type Of = Pick<ProposalRow, 'id' | 'billingAccountId'>;

/** Rows of proposals, their versions, how they were decided and what became of them. */
@Injectable()
export class ProposalRepository {
  /** A proposal as its reader may see it: a draft does not exist for its customer. */
  async find(db: Db, id: string): Promise<ProposalRow | undefined> {
    return db.first<ProposalRow>(
      sql`select ${PROPOSAL_COLUMNS} from proposals t where ${db.account('t')} and t.id = ${id}::uuid`,
    );
  }

  async staffFind(db: Db, id: string): Promise<StaffProposalRow | undefined> {
    return db.first<StaffProposalRow>(sql`
      select ${PROPOSAL_COLUMNS}, a.name as "billingAccountName", staff_name(t.contact_id) as "contactName"
      from proposals t join billing_accounts a on ${db.tenant('a')} and a.id = t.billing_account_id
      where ${db.tenant('t')} and t.id = ${id}::uuid`);
  }

  /** Holds it until the transaction's end. */
  async lock(db: Db, id: string): Promise<ProposalRow | undefined> {
    return db.first<ProposalRow>(
      sql`select ${PROPOSAL_COLUMNS} from proposals t where ${db.tenant('t')} and t.id = ${id}::uuid for no key update`,
    );
  }

  async insert(
    db: Db,
    row: Pick<ProposalRow, 'id' | 'billingAccountId' | 'contactId' | 'createdById' | 'createdAt'>,
    { content: _content, ...heading }: WrittenVersion,
  ): Promise<void> {
    await db.execute(insertInto('proposals', { ...row, ...heading, updatedAt: row.createdAt }));
  }

  async update(db: Db, id: string, values: Partial<ProposalRow & UnseenColumns>, now: Date): Promise<void> {
    const set = assignments({ ...values, version: sql`t.version + 1`, updatedAt: now });
    await db.execute(sql`update proposals t set ${set} where ${db.tenant('t')} and t.id = ${id}::uuid`);
  }

  /** Changes nothing that somebody could have read. */
  async markReminded(db: Db, id: string, now: Date): Promise<void> {
    await db.execute(sql`update proposals t set reminded_at = ${now} where ${db.tenant('t')} and t.id = ${id}::uuid`);
  }

  async remove(db: Db, id: string): Promise<void> {
    await db.execute(sql`delete from proposals t where ${db.tenant('t')} and t.id = ${id}::uuid`);
  }

  /** @returns its id */
  async insertVersion(db: Db, { id: proposalId, billingAccountId }: Of, number: number, version: WrittenVersion) {
    const id = newId();
    const content = sql`${JSON.stringify(keptContent(version.content))}::jsonb`;
    await db.execute(
      insertInto('proposal_versions', { ...version, id, proposalId, billingAccountId, number, content }),
    );
    return id;
  }

  async writeDraft(db: Db, versionId: string, version: WrittenVersion): Promise<void> {
    const content = sql`${JSON.stringify(keptContent(version.content))}::jsonb`;
    await db.execute(sql`
      update proposal_versions v set ${assignments({ ...version, content })}
      where ${db.tenant('v')} and v.id = ${versionId}::uuid and v.sent_at is null`);
  }

  async removeVersion(db: Db, versionId: string): Promise<void> {
    await db.execute(sql`delete from proposal_versions v where ${db.tenant('v')} and v.id = ${versionId}::uuid`);
  }

  /** Sends a draft: another that counted until now counts no more. */
  async sendVersion(db: Db, { id }: Of, versionId: string, { content, ...sent }: SentVersion): Promise<void> {
    await db.execute(sql`
      update proposal_versions v set superseded_at = ${sent.sentAt}
      where ${db.tenant('v')} and v.proposal_id = ${id}::uuid and v.sent_at is not null and v.superseded_at is null`);
    const kept = sql`${JSON.stringify(keptContent(content))}::jsonb`;
    await db.execute(sql`
      update proposal_versions v set ${assignments({ ...sent, content: kept })}
      where ${db.tenant('v')} and v.id = ${versionId}::uuid and v.sent_at is null`);
  }

  /** What is being written; undefined where nothing is. */
  async draft(db: Db, proposalId: string): Promise<DraftRow | undefined> {
    const row = await db.first<VersionRow & { content: Parameters<typeof readContent>[0] }>(sql`
      select ${VERSION_COLUMNS}, v.content from proposal_versions v
      where ${db.tenant('v')} and v.proposal_id = ${proposalId}::uuid and v.sent_at is null`);
    return row && { ...row, content: readContent(row.content) };
  }

  /** A version that was sent: the one named, or the one that counts. */
  async sent(db: Db, proposalId: string, versionId?: string): Promise<SentRow | undefined> {
    const which = versionId ? sql`v.id = ${versionId}::uuid` : sql`v.superseded_at is null`;
    return db.first<SentRow>(sql`
      select ${SENT_COLUMNS} from proposal_versions v
      where ${db.account('v')} and v.proposal_id = ${proposalId}::uuid and v.sent_at is not null and ${which}`);
  }

  /** Of which proposal a version is. */
  async proposalOf(db: Db, versionId: string): Promise<string | undefined> {
    const row = await db.first<{ proposalId: string }>(sql`
      select v.proposal_id as "proposalId" from proposal_versions v where ${db.account('v')} and v.id = ${versionId}::uuid`);
    return row?.proposalId;
  }

  /** Where the organization is. */
  async timeZone(db: Db): Promise<string> {
    const row = await db.first<{ timeZone: string }>(
      sql`select o.time_zone as "timeZone" from organizations o where o.id = app_organization_id()`,
    );
    return row!.timeZone;
  }

  /** The latest first; those that were sent alone for a customer. */
  async versions(db: Db, proposalId: string): Promise<VersionRow[]> {
    return db.query<VersionRow>(sql`
      select ${VERSION_COLUMNS} from proposal_versions v
      where ${db.account('v')} and v.proposal_id = ${proposalId}::uuid order by v.number desc limit 1000`);
  }

  /** The next number of a year; the counter stays held to the transaction's end. */
  async nextNumber(
    db: Db,
    year: number,
  ): Promise<{ number: string } & Pick<UnseenColumns, 'sequenceYear' | 'sequence'>> {
    const row = await db.first<{ drawn: number }>(
      sql`select next_billing_number('proposal', ${year}::integer, 1) as drawn`,
    );
    const sequence = row!.drawn;
    return { number: `P-${year}-${String(sequence).padStart(6, '0')}`, sequenceYear: year, sequence };
  }

  /** Decides it: a trigger ends the proposal, and refuses what does not count. */
  async decide(db: Db, { id: proposalId, billingAccountId }: Of, { strokes, ...decision }: DecisionRow): Promise<void> {
    const drawn = sql`${strokes && JSON.stringify(strokes)}::jsonb`;
    await db.execute(insertInto('proposal_decisions', { billingAccountId, proposalId, ...decision, strokes: drawn }));
  }

  /** With the address that the link was mailed to, by which it was decided. */
  async decision(db: Db, proposalId: string): Promise<DecisionRow | undefined> {
    return db.first<DecisionRow>(sql`
      select ${DECISION_COLUMNS} from proposal_decisions d where ${db.account('d')} and d.proposal_id = ${proposalId}::uuid`);
  }

  /** What acceptance made. */
  async invoiceOf(db: Db, proposalId: string): Promise<MadeInvoice | undefined> {
    return db.first<MadeInvoice>(sql`
      select ${columnsOf('i', ['id', 'number', 'title'])} from invoices i
      where ${db.account('i')} and i.proposal_id = ${proposalId}::uuid and i.opened_at is not null`);
  }

  async addEvent(
    db: Db,
    context: OrganizationContext,
    { id: proposalId, billingAccountId }: Of,
    event: { kind: ProposalEventKind; versionNumber?: number; recipient?: string; isByLink?: boolean },
  ): Promise<void> {
    const { isByLink = false, ...said } = event;
    const { type, id } = context.actor;
    const actorType = isByLink ? 'link' : type === 'user' ? 'portal' : type === 'staff' ? 'staff' : 'system';
    const actorId = actorType === 'portal' || actorType === 'staff' ? id : null;
    await db.execute(
      insertInto('proposal_events', {
        ...said,
        ...{ billingAccountId, proposalId, actorType, actorId },
        id: newId(),
        createdAt: context.clock.now(),
      }),
    );
  }

  /** The latest first. */
  async events(db: Db, proposalId: string): Promise<EventRow[]> {
    return db.query<EventRow>(sql`
      select ${columnsOf('e', ['id', 'kind', 'versionNumber', 'recipient', 'createdAt'])},
        case e.actor_type when 'staff' then staff_name(e.actor_id) when 'portal' then (select u.name from portal_users u
          where ${db.tenant('u')} and u.id = e.actor_id) end as "actorName"
      from proposal_events e where ${db.tenant('e')} and e.proposal_id = ${proposalId}::uuid
      order by e.created_at desc, e.id desc limit 200`);
  }

  /** Proposals that wait and whose last day has passed, or comes soon and of which nobody was reminded; held, by that day. */
  async lockDue(
    db: Db,
    { today, remindUntil, limit }: { today: Day; remindUntil: Day; limit: number },
    after: { validUntil: Day; id: string } | undefined,
  ): Promise<(Of & { validUntil: Day; number: string; currentVersionId: string; isOver: boolean })[]> {
    return db.query(sql`
      select ${columnsOf('t', ['id', 'billingAccountId', 'validUntil', 'number', 'currentVersionId'])},
        t.valid_until < ${today}::date as "isOver"
      from proposals t
      where ${db.tenant('t')} and t.state = 'sent' and t.valid_until <= ${remindUntil}::date
        and (t.valid_until < ${today}::date or (t.reminded_at is null
          and (t.sent_at at time zone (select o.time_zone from organizations o where o.id = t.organization_id))::date < t.valid_until))
        ${after ? sql`and (t.valid_until, t.id) > (${after.validUntil}::date, ${after.id}::uuid)` : empty}
      order by t.valid_until, t.id limit ${limit} for no key update of t skip locked`);
  }
}
