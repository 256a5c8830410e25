import type { Db } from '@balcao/platform-tenancy';
import { sql } from '@balcao/platform-tenancy';

/** Does a part of a transaction that leaves nothing behind where it fails, so that the rest can go on. */
export async function attempt<Result>(db: Db, work: () => Promise<Result>): Promise<Result> {
  await db.execute(sql`savepoint attempt`);
  try {
    const result = await work();
    await db.execute(sql`release savepoint attempt`);
    return result;
  } catch (error) {
    await db.execute(sql`rollback to savepoint attempt`);
    throw error;
  }
}
