import type { Locale } from '@balcao/contracts';
import { sql, type Db, type Sql } from '@balcao/platform-tenancy';

/** Somebody of an account, as a mail is addressed. */
interface AccountPerson {
  userId: string;
  accountId: string;
  email: string;
  name: string;
  locale: Locale;
}

/** Where a customer is told of something; without a user, the account's own address. */
type AddressOnRecord = Omit<AccountPerson, 'userId'> & { userId: string | null };

const MANAGES = sql`'users:manage' = any(r.permissions)`;

/** Who comes in for a tax id, and may manage its people. */
export const administratorsOf = (db: Db, taxId: string): Promise<AccountPerson[]> => peopleOf(db, taxId, MANAGES);

/**
 * Where a person who is a customer reads: whoever manages the account, else its people, else the address of the account. Only of
 * accounts that staff have made: of one that came by a signup the addresses are those of whoever typed the CPF, who would
 * learn by this mail, at a second signup, that the CPF was nobody's at the first.
 */
export async function addressesOnRecord(db: Db, taxId: string): Promise<AddressOnRecord[]> {
  const madeByStaff = sql`a.source is null`;
  const administrators = await peopleOf(db, taxId, sql`${madeByStaff} and ${MANAGES}`);
  if (administrators.length > 0) return administrators;
  const people = await peopleOf(db, taxId, madeByStaff);
  if (people.length > 0) return people;
  return db.query<AddressOnRecord>(sql`
    select null as "userId", a.id as "accountId", a.email, a.name, o.locale
    from billing_accounts a join organizations o on o.id = a.organization_id
    where ${db.tenant('a')} and a.tax_id = ${taxId} and ${madeByStaff} and a.email is not null`);
}

function peopleOf(db: Db, taxId: string, which: Sql): Promise<AccountPerson[]> {
  return db.query<AccountPerson>(
    sql`select u.id as "userId", u.billing_account_id as "accountId", u.email, u.name, coalesce(u.locale, o.locale) as locale
      from billing_accounts a
      join portal_users u on u.organization_id = a.organization_id and u.billing_account_id = a.id
      join roles r on r.organization_id = u.organization_id and r.id = u.role_id
      join organizations o on o.id = a.organization_id
      where ${db.tenant('a')} and a.tax_id = ${taxId} and u.status in ('active', 'locked')
        and ${which} order by u.id limit 20`,
  );
}
