import type { PortalPermission } from '@balcao/contracts';
import { columnsOf, sql, type Db } from '@balcao/platform-tenancy';

/** So many people of an account have mails about its invoices at most. */
export const MOST_READERS = 20;

/** Somebody who has mails about an account's invoices. */
export interface InvoiceReader {
  billingAccountId: string;
  /** Null where it is the account's own address, which is nobody's in particular. */
  portalUserId: string | null;
  email: string;
  name: string;
  locale: string;
}

/** Those who want notices of invoices; of them who may pay; those who want notices of subscriptions; or everybody who may read invoices and asks for one. */
export type Readership = 'notified' | 'paying' | 'subscribed' | 'on file';

/** What their role has to allow. */
const NEEDED = {
  notified: 'invoices:read',
  paying: 'payments:create',
  subscribed: 'subscriptions:read',
  'on file': 'invoices:read',
} as const satisfies Record<Readership, PortalPermission>;

/**
 * Who has mails about the invoices of these accounts: active people whose role may read invoices, at most twenty of an account,
 * and of them for notices those who want some. Where a role of everybody's may, those who also look after its people come first,
 * then who has been there for longest. Besides, the account's own address where none of its people has it: whoever has it
 * decides for themselves. Where it is about paying, or about subscriptions, those whose role may do that take the place of those
 * whose role may read invoices.
 */
export async function invoiceReaders(
  db: Db,
  billingAccountIds: readonly string[],
  readership: Readership = 'notified',
): Promise<InvoiceReader[]> {
  return db.query<InvoiceReader>(sql`
    select a.id as "billingAccountId", r.id as "portalUserId", r.email, r.name, coalesce(r.locale, o.locale) as locale
    from billing_accounts a join organizations o on o.id = a.organization_id
    cross join lateral (
      (select ${columnsOf('u', ['id', 'email', 'name', 'locale'])}
        from portal_users u join roles p on p.organization_id = u.organization_id and p.id = u.role_id
        where u.organization_id = a.organization_id and u.billing_account_id = a.id and u.status = 'active'
          and (u.receive_notifications or ${readership === 'on file'})
          and ${NEEDED[readership]} = any(p.permissions)
        order by ('users:manage' = any(p.permissions)) desc, u.id limit ${MOST_READERS})
      union all
      select null, a.email, a.name, null where a.email is not null and not exists (select from portal_users u
        where u.organization_id = a.organization_id and u.billing_account_id = a.id and u.email = a.email)
    ) r
    where ${db.tenant('a')} and a.id = any(${[...billingAccountIds]}::uuid[])`);
}
