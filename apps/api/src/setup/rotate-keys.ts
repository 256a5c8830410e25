import { sealedContext, type Secrets } from '@balcao/platform-config';
import { raw, sql, type Database } from '@balcao/platform-tenancy';

/** Rows that one transaction seals anew: few enough that nobody waits for their locks. */
const BATCH = 100;
const LOCK = 7_126_013;

interface SealedColumn {
  table: string;
  /** What names a row: the last column of its primary key. */
  id: string;
  column: `${string}_sealed`;
}

/**
 * Seals anew, with the key of today, whatever is sealed with one of before: every column named `…_sealed`. Each batch is a
 * transaction under one lock; what an interrupted run has not reached stays readable, and the next run finds it.
 * @returns how many were sealed anew, and names of those that none of the known keys opens
 */
export async function rotateKeys(
  database: Database,
  secrets: Secrets,
): Promise<{ sealed: number; unreadable: string[] }> {
  const columns = await database.asPlatform('looking for sealed columns', (db) =>
    db.query<SealedColumn>(sql`
      select c.relname as table, a.attname as column, k.attname as id
      from pg_attribute a join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p')
      join pg_index i on i.indrelid = c.oid and i.indisprimary
      join pg_attribute k on k.attrelid = c.oid and k.attnum = i.indkey[i.indnkeyatts - 1]
      where c.relnamespace = 'public'::regnamespace and a.attname like '%\\_sealed' and not a.attisdropped
      order by 1, 2`),
  );
  const outcome = { sealed: 0, unreadable: [] as string[] };
  for (const column of columns) {
    for (let last: string | undefined = ''; last !== undefined;) {
      last = await rotateBatch(database, secrets, column, last, outcome);
    }
  }
  return outcome;
}

/** @returns the last row that was looked at, or undefined where none is left */
async function rotateBatch(
  database: Database,
  secrets: Secrets,
  { table, id, column }: SealedColumn,
  after: string,
  outcome: { sealed: number; unreadable: string[] },
): Promise<string | undefined> {
  const { sealedHead } = secrets;
  return database.asPlatform('sealing anew', async (db) => {
    await db.query(sql`select pg_advisory_xact_lock(${LOCK})`);
    const rows = await db.query<{ id: string; value: Buffer }>(sql`
      select ${raw(id)}::text as id, ${raw(column)} as value from ${raw(table)}
      where ${raw(id)}::text > ${after} and substring(${raw(column)} from 1 for ${sealedHead.length}) <> ${sealedHead}
      order by ${raw(id)}::text limit ${BATCH} for update`);
    let sealed = 0;
    for (const row of rows) {
      const context = sealedContext(table, column, row.id);
      const text = secrets.open(row.value, context);
      if (text === undefined) outcome.unreadable.push(context);
      else
        sealed += await db.execute(sql`
          update ${raw(table)} set ${raw(column)} = ${secrets.seal(text, context)} where ${raw(id)}::text = ${row.id}`);
    }
    db.onCommit(() => (outcome.sealed += sealed));
    return rows.at(-1)?.id;
  });
}
