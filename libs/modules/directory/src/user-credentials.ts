import type { Locale } from '@balcao/contracts';
import { empty, raw, sql, type Db, type Sql } from '@balcao/platform-tenancy';

/** Somebody whose credentials were written, as mails and audit rows need them. */
export interface CredentialHolder {
  id: string;
  email: string;
  name: string;
  locale: Locale | null;
  status: string;
  credentialVersion: number;
  billingAccountId: string | null;
  username: string | null;
}

/** What somebody's password opens, in names for people. */
export interface Access {
  organizationName: string;
  /** Of customers; null where an account has its person's own name, as those of people do, and is their only one. */
  billingAccountName: string | null;
  /** Whether their address opens other accounts of the organization too, each with a password of its own. */
  hasOthers: boolean;
}

/**
 * Writes the columns that prove who somebody is: password, status, lock. Each change says what it expects to find, and
 * answers undefined where that is not so any more; one that makes older sessions and links worthless raises the version.
 */
export class UserCredentials {
  constructor(private readonly table: 'portal_users' | 'staff_users') {}

  /**
   * Holds people, of whom `which` speaks as `u`, until the transaction ends. Whoever holds several names them all at once, and
   * before what belongs to them: their links, invitations and sessions.
   */
  async hold(db: Db, which: Sql): Promise<void> {
    await db.query(sql`
      select from ${raw(this.table)} u where ${this.own(db)} and (${which}) order by u.id for no key update`);
  }

  /** Sets a password by a mailed link; ends a lock. */
  reset(db: Db, id: string, version: number, passwordHash: string): Promise<CredentialHolder | undefined> {
    return this.update(
      db,
      id,
      sql`password_hash = ${passwordHash}, credential_version = u.credential_version + 1, email_proved_at = now(),
        status = case when u.status = 'locked' then 'active' else u.status end, locked_until = null`,
      sql`u.credential_version = ${version} and u.status in ('active', 'locked')`,
    );
  }

  /** Replaces the password that was compared. */
  change(db: Db, id: string, before: string, passwordHash: string): Promise<CredentialHolder | undefined> {
    return this.update(
      db,
      id,
      sql`password_hash = ${passwordHash}, credential_version = u.credential_version + 1`,
      sql`u.password_hash = ${before}`,
    );
  }

  /** Makes somebody who was invited active, with a first password. */
  accept(
    db: Db,
    id: string,
    version: number,
    { passwordHash, name, locale }: { passwordHash: string; name?: string; locale: Locale },
  ): Promise<CredentialHolder | undefined> {
    return this.update(
      db,
      id,
      sql`status = 'active', password_hash = ${passwordHash}, name = coalesce(${name ?? null}, u.name), email_proved_at = now(),
        locale = coalesce(u.locale, ${locale}), credential_version = u.credential_version + 1`,
      sql`u.credential_version = ${version} and u.status = 'pending_invitation'`,
    );
  }

  /** Makes somebody whose e-mail is proved active; whose the password is that was set before, that does not show. */
  verify(db: Db, id: string, version: number): Promise<CredentialHolder | undefined> {
    return this.update(
      db,
      id,
      sql`status = 'active', email_confirmed_at = now()`,
      // Who signed up has no password yet, and gets it by `confirm`.
      sql`u.credential_version = ${version} and u.status = 'pending_verification' and not (${this.signedUp()})`,
    );
  }

  /** Whether somebody signed up and has yet to come in: the first link makes them active and sets their password. */
  async hasSignedUp(db: Db, id: string): Promise<boolean> {
    const row = await db.first(sql`
      select 1 from ${raw(this.table)} u where ${this.own(db)} and u.id = ${id}::uuid
        and u.status = 'pending_verification' and ${this.signedUp()}`);
    return row !== undefined;
  }

  /** Makes somebody who signed up active, with the password that is known to be theirs; the mailbox is proved by its link. */
  confirm(
    db: Db,
    id: string,
    version: number,
    { passwordHash, locale }: { passwordHash: string; locale: Locale },
  ): Promise<CredentialHolder | undefined> {
    return this.update(
      db,
      id,
      sql`status = 'active', password_hash = ${passwordHash}, email_proved_at = now(), email_confirmed_at = now(),
        locale = ${locale}, credential_version = u.credential_version + 1`,
      sql`u.credential_version = ${version} and u.status = 'pending_verification' and u.password_hash is null`,
    );
  }

  lock(db: Db, id: string, until: Date): Promise<CredentialHolder | undefined> {
    return this.update(db, id, sql`status = 'locked', locked_until = ${until}`, sql`u.status = 'active'`);
  }

  unlock(db: Db, id: string): Promise<CredentialHolder | undefined> {
    return this.update(
      db,
      id,
      sql`status = case when u.status = 'locked' then 'active' else u.status end, locked_until = null`,
    );
  }

  /** Notes a sign-in; a lock whose time is over ends. */
  async signedIn(db: Db, id: string): Promise<void> {
    await this.update(
      db,
      id,
      sql`last_login_at = now(),
        status = case when u.locked_until <= now() then 'active' else u.status end,
        locked_until = case when u.locked_until <= now() then null else u.locked_until end`,
    );
  }

  async passwordHash(db: Db, id: string): Promise<string | undefined> {
    const row = await db.first<{ hash: string | null }>(
      sql`select u.password_hash as hash from ${raw(this.table)} u where ${this.own(db)} and u.id = ${id}::uuid`,
    );
    return row?.hash ?? undefined;
  }

  /** What nobody's password shall be: their address and names, and those of the organization and its portals. */
  async ownWords(db: Db, id: string): Promise<string[]> {
    const row = await db.first<{ words: string[] }>(sql`
      select array_remove(array[u.email, u.name, ${this.table === 'portal_users' ? sql`u.username` : sql`null`}, o.name]
        || array(select p.name from portals p where ${db.tenant('p')}), null) as words
      from ${raw(this.table)} u join organizations o on o.id = u.organization_id where ${this.own(db)} and u.id = ${id}::uuid`);
    return row?.words ?? [];
  }

  find(db: Db, id: string): Promise<CredentialHolder | undefined> {
    return db.first<CredentialHolder>(
      sql`select ${this.columns()} from ${raw(this.table)} u where ${this.own(db)} and u.id = ${id}::uuid`,
    );
  }

  /** For whoever has proved the mailbox. */
  access(db: Db, id: string): Promise<Access | undefined> {
    const others = sql`exists (
      select 1 from portal_users other where ${db.tenant('other')} and other.email = u.email and other.id <> u.id
        and other.status in ('active', 'locked'))`;
    // Of who signed up and has confirmed nothing, anybody may have written the name, to have it mailed.
    const isNamed = sql`(a.name <> u.name or ${others}) and not (u.status = 'pending_verification' and ${this.signedUp()})`;
    const ofCustomer = sql`case when ${isNamed} then a.name end as "billingAccountName", ${others} as "hasOthers"`;
    const account = sql`join billing_accounts a on a.organization_id = u.organization_id and a.id = u.billing_account_id`;
    const isCustomer = this.table === 'portal_users';
    return db.first<Access>(sql`
      select o.name as "organizationName", ${isCustomer ? ofCustomer : sql`null as "billingAccountName", false as "hasOthers"`}
      from ${raw(this.table)} u join organizations o on o.id = u.organization_id ${isCustomer ? account : empty}
      where ${this.own(db)} and u.id = ${id}::uuid`);
  }

  private signedUp(): Sql {
    return this.table === 'portal_users' ? sql`u.password_hash is null and not u.sso_only` : sql`false`;
  }

  private update(db: Db, id: string, values: Sql, expected: Sql = empty): Promise<CredentialHolder | undefined> {
    return db.first<CredentialHolder>(sql`
      update ${raw(this.table)} u set ${values}
      where ${this.own(db)} and u.id = ${id}::uuid ${expected === empty ? empty : sql`and ${expected}`}
      returning ${this.columns()}`);
  }

  private columns(): Sql {
    return sql`u.id, u.email, u.name, u.locale, u.status, u.credential_version as "credentialVersion",
      ${this.table === 'portal_users' ? sql`u.billing_account_id as "billingAccountId", u.username` : sql`null as "billingAccountId", null as username`}`;
  }

  private own(db: Db): Sql {
    return this.table === 'portal_users' ? db.account('u') : db.tenant('u');
  }
}

export const portalUserCredentials = new UserCredentials('portal_users');
export const staffCredentials = new UserCredentials('staff_users');
