import type { FirstStepName } from '@balcao/contracts';
import { sql, type Db, type Sql } from '@balcao/platform-tenancy';

/** A step of getting started, as the module declares it that knows what it leaves behind. */
export interface FirstStep {
  name: FirstStepName;
  /** How much of it there is in the organization; up to `MOST_COUNTED`. */
  count: (db: Db) => Promise<number>;
  /** From how much on it is done; 1 otherwise. */
  enough?: number;
  /** What was begun of it and waits for somebody else; asked only while it is not done. */
  waiting?: (db: Db) => Promise<WaitingStep | null>;
}

/** What of a step was begun and is not done by that. */
export interface WaitingStep {
  /** As people know it, such as a domain or an address. */
  name: string;
  /** Whose it is; null for what is the organization's. */
  portalId: string | null;
}

/** What has so many is not counted further: organizations have millions of rows. */
export const MOST_COUNTED = 1_000;

/** How many rows `select 1 from …` finds, without reading more than are told. */
export async function countUpTo(db: Db, rows: Sql): Promise<number> {
  const found = await db.first<{ count: number }>(
    sql`select count(*)::integer as count from (${rows} limit ${MOST_COUNTED}) found`,
  );
  return found!.count;
}
