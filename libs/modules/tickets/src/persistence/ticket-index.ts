import { sql, type Db } from '@balcao/platform-tenancy';

/** Makes tickets found by the words that they have now. @returns how many of them are there */
export async function indexTickets(db: Db, ids: readonly string[]): Promise<number> {
  return (await db.first<{ indexed: number }>(sql`select ticket_index(${[...ids]}::uuid[]) as indexed`))!.indexed;
}

/** Ids of the organization's next tickets, oldest first. */
export async function ticketIdsAfter(db: Db, id: string, limit: number): Promise<string[]> {
  const rows = await db.query<{ id: string }>(sql`
    select t.id from tickets t where ${db.tenant('t')} and t.id > ${id}::uuid order by t.id limit ${limit}`);
  return rows.map((row) => row.id);
}
