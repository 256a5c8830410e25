import type { Locale } from '@balcao/contracts';
import { sql, type Db } from '@balcao/platform-tenancy';

/**
 * Languages in which to write to addresses whose people have not chosen one: that of another access of the address in
 * this organization, as far as the context sees it, else the organization's.
 */
export async function languagesOf(db: Db, emails: readonly string[]): Promise<(email: string) => Locale> {
  const row = await db.first<{ fallback: Locale; chosen: Record<string, Locale> | null }>(sql`
    select o.locale as fallback, (
      select json_object_agg(u.email, u.locale order by u.last_login_at nulls first) from portal_users u
      where ${db.account('u')} and u.email = any(${[...emails]}::text[]) and u.locale is not null) as chosen
    from organizations o where o.id = app_organization_id()`);
  return (email) => row?.chosen?.[email] ?? row!.fallback;
}

/** The language in which to write to somebody: chosen by them, else that in which they ask, else as `languagesOf` says. */
export async function languageFor(
  db: Db,
  { email, locale }: { email: string; locale?: Locale | null },
  asked?: Locale,
): Promise<Locale> {
  return locale ?? asked ?? (await languagesOf(db, [email]))(email);
}
