import { clockOf } from './clock.js';
import { systemContext, type OrganizationContext } from './context.js';
import type { Database } from './database.js';
import { sql, type Sql } from './sql.js';

/** Organizations that are asked for at a time. */
const PAGE = 200;
/** Turns of one organization in one run; what is left waits for the next. */
const MOST_TURNS = 100;
const NIL_ID = '00000000-0000-0000-0000-000000000000';

interface Standing {
  id: string;
  /** The time of its own that a sandbox has. */
  now: Date | null;
}

/** Which organizations a job of the clock looks after, and how. */
export interface EachOrganization {
  /** What the standings of all of them are read for. */
  reason: string;
  /** What has to be so of an organization, whose standing is `s`. What of it is due is asked within each, by its own clock. */
  where: Sql;
  /**
   * Does what is due of one, up to as much as others may wait for.
   * @param before turns that it has had in this run
   * @returns true where more may be left, for its next turn
   */
  turn: (context: OrganizationContext, before: number) => Promise<boolean | void>;
}

/**
 * Looks after every active organization of which something is so, by id. Whoever has more to do than fits a turn goes on once
 * all others had theirs, so that nobody's thousands hold up others; of whom a turn has failed nothing more is tried in this run.
 * @throws AggregateError after all others were done, where one could not be looked after
 */
export async function eachOrganization(database: Database, { reason, where, turn }: EachOrganization): Promise<void> {
  const failures: unknown[] = [];
  const turnsOf = async (
    organizations: AsyncIterable<Standing> | Iterable<Standing>,
    before: number,
  ): Promise<Standing[]> => {
    const waiting: Standing[] = [];
    for await (const organization of organizations) {
      try {
        const context = systemContext(organization.id, { clock: clockOf(organization) });
        if (await turn(context, before)) waiting.push(organization);
      } catch (error) {
        failures.push(error);
      }
    }
    return waiting;
  };
  let waiting = await turnsOf(standings(database, reason, where), 0);
  for (let turns = 1; waiting.length > 0 && turns < MOST_TURNS; turns += 1) waiting = await turnsOf(waiting, turns);
  if (failures.length > 0) throw new AggregateError(failures, 'Not every organization could be looked after');
}

async function* standings(database: Database, reason: string, where: Sql): AsyncGenerator<Standing> {
  for (let last = NIL_ID, count = PAGE; count === PAGE;) {
    const page: Standing[] = await database.asPlatform(reason, (db) =>
      db.query<Standing>(sql`
        select s.id, s.now from organization_standings s
        where s.id > ${last}::uuid and s.status = 'active' and ${where} order by s.id limit ${PAGE}`),
    );
    yield* page;
    count = page.length;
    last = page.at(-1)?.id ?? last;
  }
}
