import { sql, type Db } from '@balcao/platform-tenancy';

/** Makes tickets found by the words that they have now. @returns how many of them are there */
export async function indexTickets(db: Db, ids: readonly string[]): Promise<number> {
  return (await db.first<{ indexed: number }>(sql`select ticket_index(${[...ids]}::uuid[]) as indexed`))!.indexed;
}

/** Ids of the next tickets of the organization, or of a person, after the last ones. */
export async function ticketIdsAfter(db: Db, last: string, limit: number, submitterId?: string): Promise<string[]> {
  const next = submitterId
    ? sql`t.submitted_by_id = ${submitterId}::uuid and t.billing_account_id =
          (select u.billing_account_id from portal_users u where ${db.tenant('u')} and u.id = ${submitterId}::uuid)
        and (t.created_at, t.id) > (select coalesce(max(l.created_at), '-infinity'), ${last}::uuid
          from tickets l where ${db.tenant('l')} and l.id = ${last}::uuid)
      order by t.created_at, t.id`
    : sql`t.id > ${last}::uuid order by t.id`;
  const rows = await db.query<{ id: string }>(
    sql`select t.id from tickets t where ${db.tenant('t')} and ${next} limit ${limit}`,
  );
  return rows.map(({ id }) => id);
}
