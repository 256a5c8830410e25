import type { Locale } from '@balcao/contracts';
import { sql, type Db } from '@balcao/platform-tenancy';

/** Somebody who manages the people of an account, as a mail is addressed. */
interface AccountAdministrator {
  id: string;
  accountId: string;
  email: string;
  name: string;
  locale: Locale;
}

/** Who comes in for a tax id, and may manage its people. */
export function administratorsOf(db: Db, taxId: string): Promise<AccountAdministrator[]> {
  return db.query<AccountAdministrator>(
    sql`select u.id, u.billing_account_id as "accountId", u.email, u.name, coalesce(u.locale, o.locale) as locale
      from billing_accounts a
      join portal_users u on u.organization_id = a.organization_id and u.billing_account_id = a.id
      join roles r on r.organization_id = u.organization_id and r.id = u.role_id
      join organizations o on o.id = a.organization_id
      where ${db.tenant('a')} and a.tax_id = ${taxId} and u.status in ('active', 'locked')
        and 'users:manage' = any(r.permissions) order by u.id limit 20`,
  );
}
