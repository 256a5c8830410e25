import type { Db } from './db.js';
import type { Sql } from './sql.js';

/**
 * One page of a statement whose rows carry the number of all as `total`. Behind the last page there is no row to carry
 * it, so the first one is asked.
 */
export async function countedPage<Row extends object>(
  db: Db,
  statement: (page: { limit: number; offset: number }) => Sql,
  page: { limit: number; offset: number },
): Promise<{ rows: Row[]; total: number }> {
  const rows = await db.query<Row & { total: number }>(statement(page));
  if (rows.length > 0 || page.offset === 0)
    return { rows: rows.map(({ total: _total, ...row }) => row as unknown as Row), total: rows[0]?.total ?? 0 };
  const first = await db.first<{ total: number }>(statement({ limit: 1, offset: 0 }));
  return { rows: [], total: first?.total ?? 0 };
}
