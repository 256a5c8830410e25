import type { PortalPermission } from '@balcao/contracts';
import { columnsOf, sql, type Db } from '@balcao/platform-tenancy';

/** So many people of an account have mails about one thing at most. */
export const MOST_READERS = 20;

/** Somebody who has mails about what an account is sent. */
export interface AccountReader {
  billingAccountId: string;
  /** Null where it is the account's own address, which is nobody's in particular. */
  portalUserId: string | null;
  email: string;
  name: string;
  locale: string;
}

/** Those who want notices, or everybody who may read what they are of and asks for one. */
export type Readership = 'notified' | 'on file';

/** Who has mails about the invoices of these accounts: those whose role may read them (`accountReaders`). */
export const invoiceReaders = (
  db: Db,
  billingAccountIds: readonly string[],
  readership: Readership = 'notified',
): Promise<AccountReader[]> => accountReaders(db, billingAccountIds, 'invoices:read', readership);

/**
 * Who has mails about something of these accounts: active people whose role has a permission, at most twenty of an account,
 * and of them for notices those who want some. Where a role of everybody's has it, those who also look after its people come first,
 * then who has been there for longest. Besides, the account's own address where none of its people has it: whoever has it
 * decides for themselves.
 */
export async function accountReaders(
  db: Db,
  billingAccountIds: readonly string[],
  permission: PortalPermission,
  readership: Readership = 'notified',
): Promise<AccountReader[]> {
  return db.query<AccountReader>(sql`
    select a.id as "billingAccountId", r.id as "portalUserId", r.email, r.name, coalesce(r.locale, o.locale) as locale
    from billing_accounts a join organizations o on o.id = a.organization_id
    cross join lateral (
      (select ${columnsOf('u', ['id', 'email', 'name', 'locale'])}
        from portal_users u join roles p on p.organization_id = u.organization_id and p.id = u.role_id
        where u.organization_id = a.organization_id and u.billing_account_id = a.id and u.status = 'active'
          and (u.receive_notifications or ${readership === 'on file'}) and ${permission} = any(p.permissions)
        order by ('users:manage' = any(p.permissions)) desc, u.id limit ${MOST_READERS})
      union all
      select null, a.email, a.name, null where a.email is not null and not exists (select from portal_users u
        where u.organization_id = a.organization_id and u.billing_account_id = a.id and u.email = a.email)
    ) r
    where ${db.tenant('a')} and a.id = any(${[...billingAccountIds]}::uuid[])`);
}
