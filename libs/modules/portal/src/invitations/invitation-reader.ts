import { Injectable } from '@nestjs/common';
import type { MailProblem, MailStatus } from '@balcao/contracts';
import { containing, emailContaining } from '@balcao/module-directory';
import { DomainError } from '@balcao/platform-errors';
import {
  Database,
  countedPage,
  empty,
  sql,
  type Db,
  type OrganizationContext,
  type Sql,
} from '@balcao/platform-tenancy';
import type { InvitationEntity, InvitationStatus } from '../persistence/invitation.entity.js';

type Listed = Pick<
  InvitationEntity,
  'id' | 'email' | 'name' | 'invitedByName' | 'expiresAt' | 'acceptedAt' | 'sentCount'
>;

export interface InvitationRow extends Listed {
  status: InvitationStatus;
  createdAt: Date;
  billingAccount: { id: string; name: string };
  role: { id: string; name: string };
  /** How the newest mail fared. */
  mailStatus: MailStatus | null;
  /** What kept it from being delivered, so far or for good. */
  mailProblem: MailProblem | null;
}

export interface InvitationFilter {
  status?: InvitationStatus;
  mailStatus?: MailStatus;
  q?: string;
  billingAccountId?: string;
  limit: number;
  offset: number;
}

const EFFECTIVE_STATUS = sql`case when i.status = 'pending' and i.expires_at <= now() then 'expired' else i.status end`;

/** Invitations as they are shown: to staff those of the organization, to a portal user those into the own account. */
@Injectable()
export class InvitationReader {
  constructor(private readonly database: Database) {}

  async list(
    context: OrganizationContext,
    filter: InvitationFilter,
  ): Promise<{ rows: InvitationRow[]; total: number }> {
    return this.database.read(context, async (db) => {
      const pattern = filter.q && containing(filter.q);
      return countedPage<InvitationRow>(
        db,
        ({ limit, offset }) => sql`
        ${columns()}, count(*) over ()::integer as total ${tables(db)}
          ${filter.status ? sql`and ${EFFECTIVE_STATUS} = ${filter.status}` : empty}
          ${filter.mailStatus ? sql`and m.status = ${filter.mailStatus}` : empty}
          ${filter.billingAccountId ? sql`and i.billing_account_id = ${filter.billingAccountId}::uuid` : empty}
          ${pattern ? sql`and (fold(i.name) like fold(${pattern}) or i.email like ${emailContaining(filter.q!)})` : empty}
        order by i.created_at desc, i.id desc limit ${limit} offset ${offset}`,
        filter,
      );
    });
  }

  /** @throws DomainError not_found */
  async get(context: OrganizationContext, id: string): Promise<InvitationRow> {
    const [row] = await this.getAll(context, [id]);
    if (!row) throw new DomainError('not_found');
    return row;
  }

  /** Those of the given ones that exist, in the order in which they are given. */
  async getAll(context: OrganizationContext, ids: string[]): Promise<InvitationRow[]> {
    return this.database.read(context, (db) =>
      db.query<InvitationRow>(sql`
        ${columns()} ${tables(db)} and i.id = any(${ids}::uuid[]) order by array_position(${ids}::uuid[], i.id)`),
    );
  }
}

const columns = (): Sql => sql`
  select i.id, i.email, i.name, ${EFFECTIVE_STATUS} as status, i.invited_by_name as "invitedByName", i.expires_at as "expiresAt",
    i.accepted_at as "acceptedAt", i.sent_count as "sentCount", i.created_at as "createdAt",
    json_build_object('id', a.id, 'name', a.name) as "billingAccount", json_build_object('id', r.id, 'name', r.name) as role,
    m.status as "mailStatus", m.problem as "mailProblem"`;

const tables = (db: Db): Sql => sql`
  from invitations i
  join billing_accounts a on a.organization_id = i.organization_id and a.id = i.billing_account_id
  join portal_users u on u.organization_id = i.organization_id and u.id = i.portal_user_id
  join roles r on r.organization_id = u.organization_id and r.id = u.role_id
  left join mails m on m.organization_id = i.organization_id and m.business_key = 'invitation:' || i.token_id
  where ${db.account('i')}`;
