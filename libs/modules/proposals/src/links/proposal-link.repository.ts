import { Injectable } from '@nestjs/common';
import type { BillingTerms } from '@balcao/module-billing';
import type { Day } from '@balcao/money';
import { newId } from '@balcao/platform-database';
import { columnsOf, insertInto, sql, type Db, type Sql } from '@balcao/platform-tenancy';
import type { ProposalRow } from '../persistence/proposal.rows.js';

/** Whether a link opens its proposal. One is revoked whatever its time, and so is one of somebody who may no longer decide. */
export const PROPOSAL_LINK_STATES = ['usable', 'expired', 'revoked'] as const;
export type ProposalLinkState = (typeof PROPOSAL_LINK_STATES)[number];

export interface ProposalLinkRow {
  id: string;
  proposalId: string;
  billingAccountId: string;
  /** Whom it was mailed to; null of one that staff copy. */
  email: string | null;
  expiresAt: Date;
  revokedAt: Date | null;
  createdAt: Date;
  lastSentAt: Date | null;
  state: ProposalLinkState;
  createdByName: string | null;
  revokedByName: string | null;
}

/**
 * Whether a link `l` opens nothing any more: it was revoked, or was mailed to somebody of the account who may no longer decide. Nobody
 * takes the right to sign away with them.
 */
export const isRevoked: Sql = sql`(l.revoked_at is not null or exists (select from portal_users u
    where u.organization_id = l.organization_id and u.billing_account_id = l.billing_account_id and u.email = l.email)
  and not exists (select from portal_users u join roles r on r.organization_id = u.organization_id and r.id = u.role_id
    where u.organization_id = l.organization_id and u.billing_account_id = l.billing_account_id and u.email = l.email
      and u.status <> 'suspended' and 'proposals:accept' = any(r.permissions)))`;

const COLUMNS = sql`
  ${columnsOf('l', ['id', 'proposalId', 'billingAccountId', 'email', 'expiresAt', 'revokedAt', 'createdAt', 'lastSentAt'])},
  case when ${isRevoked} then 'revoked' when l.expires_at <= now() then 'expired' else 'usable' end as state,
  staff_name(l.created_by_id) as "createdByName", staff_name(l.revoked_by_id) as "revokedByName"`;

/** The end of a day, so many days behind the last one on which a proposal can be decided, or behind today. */
const until = (validUntil: Day, { linkDays, timeZone }: BillingTerms) => sql`
  ((greatest(${validUntil}::date, (now() at time zone ${timeZone}::text)::date) + ${linkDays + 1}::integer)::timestamp at time zone ${timeZone}::text)`;

/** Rows of links to proposals. Their time is the real one. */
@Injectable()
export class ProposalLinkRepository {
  /**
   * The link that opens a proposal for a reader, or for whoever staff give it to; a new one where there is none. Holds nothing: two at
   * once leave two links that both open it.
   */
  async ensure(
    db: Db,
    {
      id: proposalId,
      billingAccountId,
      validUntil,
    }: Pick<ProposalRow, 'id' | 'billingAccountId'> & { validUntil: Day },
    terms: BillingTerms,
    { email, createdById = null }: { email: string | null; createdById?: string | null },
  ): Promise<{ id: string; isNew: boolean }> {
    const known = await db.first<{ id: string }>(sql`
      update proposal_links l set expires_at = greatest(l.expires_at, ${until(validUntil, terms)}),
        last_sent_at = ${email === null ? sql`l.last_sent_at` : sql`now()`}
      where ${db.tenant('l')} and l.id = (select k.id from proposal_links k where ${db.tenant('k')} and k.proposal_id = ${proposalId}::uuid
        and k.email is not distinct from ${email}::text and k.revoked_at is null and k.expires_at > now() order by k.id desc limit 1)
      returning l.id`);
    if (known) return { id: known.id, isNew: false };
    const id = newId();
    const expiresAt = until(validUntil, terms);
    const lastSentAt = email === null ? null : sql`now()`;
    await db.execute(
      insertInto('proposal_links', { billingAccountId, proposalId, id, email, expiresAt, createdById, lastSentAt }),
    );
    return { id, isNew: true };
  }

  /** Links that open a proposal now do so for as long as a new one would. */
  async prolong(db: Db, proposalId: string, validUntil: Day, terms: BillingTerms): Promise<void> {
    await db.execute(sql`
      update proposal_links l set expires_at = greatest(l.expires_at, ${until(validUntil, terms)})
      where ${db.tenant('l')} and l.proposal_id = ${proposalId}::uuid and l.revoked_at is null and l.expires_at > now()`);
  }

  /** A proposal's, the newest first. */
  async list(db: Db, proposalId: string): Promise<ProposalLinkRow[]> {
    return db.query<ProposalLinkRow>(sql`
      select ${COLUMNS} from proposal_links l
      where ${db.tenant('l')} and l.proposal_id = ${proposalId}::uuid order by l.id desc limit 50`);
  }

  async find(db: Db, id: string): Promise<ProposalLinkRow | undefined> {
    return db.first<ProposalLinkRow>(
      sql`select ${COLUMNS} from proposal_links l where ${db.tenant('l')} and l.id = ${id}::uuid`,
    );
  }

  /** @returns whether it had not been revoked before */
  async revoke(db: Db, id: string, staffId: string): Promise<boolean> {
    const revoked = await db.execute(sql`
      update proposal_links l set revoked_at = now(), revoked_by_id = ${staffId}::uuid
      where ${db.tenant('l')} and l.id = ${id}::uuid and l.revoked_at is null`);
    return revoked === 1;
  }
}
