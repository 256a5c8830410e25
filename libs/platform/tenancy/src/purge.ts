import type { Database } from './database.js';
import type { DoorName } from './doors.js';

/** Deletes at most `limit` rows that nobody asks for any more. Kept by whoever owns them. @returns how many went */
export type Purge = (database: Database, limit: number) => Promise<number>;

/** The purge behind a door, which answers how many rows went. */
export function purgeBehind(door: DoorName & `${string}_purge`): Purge {
  return async (database, limit) => {
    const [row] = await database.door<Partial<Record<typeof door, number>>>(door, [limit]);
    return row?.[door] ?? 0;
  };
}
