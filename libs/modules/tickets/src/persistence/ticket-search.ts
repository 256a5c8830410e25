import {
  MOST_COUNTED,
  empty,
  encodeCursor,
  join,
  keysOf,
  orderBy,
  sql,
  type Db,
  type ListOrder,
  type PageWish,
  type Sql,
  type Total,
} from '@balcao/platform-tenancy';
import { emailContaining } from '@balcao/module-directory';
import { ticketNumbersIn } from '../domain/ticket-number.js';

/** The order of what was found: numbers that were meant, then the newest tickets. */
const NEWEST: ListOrder<{ id: string }> = {
  name: 'newest',
  columns: [{ column: 'id', kind: 'id', of: ({ id }: { id: string }) => id }],
  descending: true,
};
const BEFORE_ALL = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

export interface Search extends PageWish {
  q: string;
  /** Only tickets of this account, where the scope has several. */
  billingAccountId?: string;
  /** Only what this portal user submitted. */
  ownerId?: string;
  /** Everything else that a ticket `t` is asked. */
  filters: readonly Sql[];
  /** Where it is not the newest first; there are no cursors then. */
  order?: ListOrder;
  now: Date;
}

export interface FoundPage extends Total {
  /** In order. */
  ids: string[];
  nextCursor: string | null;
}

interface Found {
  ids: string[];
  /** How far was looked, if there is anything older. */
  searchedTo: string | null;
}

/**
 * A page of the tickets that a search means: those whose number it is, or those that have all of its words or, for staff,
 * whose submitter has it as their e-mail. The newest
 * 1,000 are looked at; a page without enough of them leads on with its cursor.
 */
export async function searchTickets(db: Db, search: Search): Promise<FoundPage> {
  const { cursor, limit, offset, filters, order } = search;
  const { numbers, certain } = ticketNumbersIn(search.q, search.now.getUTCFullYear() + 1);
  const meant = numbers.length > 0 ? await withNumbers(db, search, numbers) : [];
  const findOlderThan = (before: string | null): Promise<Found> =>
    certain && meant.length > 0 ? Promise.resolve({ ids: [], searchedTo: null }) : withWords(db, search, before);
  const before = (keysOf(NEWEST, cursor)?.[0] as string | undefined) ?? null;
  const all = await findOlderThan(null);
  const behind = before === null ? all : await findOlderThan(before);
  const old = behind.ids.filter((id) => !meant.includes(id));
  const candidates = before === null ? [...meant, ...old] : old;
  const kept = await fitting(db, candidates, filters, order);
  const ids = kept.slice(before === null ? offset : 0).slice(0, limit);
  const counted = before === null ? kept : await fitting(db, [...new Set([...meant, ...all.ids])], filters);
  const last = ids.at(-1);
  const after = (id: string) => encodeCursor(NEWEST.name, [id]);
  const goesOn = last !== undefined && kept.at(-1) !== last;
  return {
    ids,
    total: Math.min(counted.length, MOST_COUNTED),
    totalExact: all.searchedTo === null && counted.length <= MOST_COUNTED,
    nextCursor: order
      ? null
      : goesOn
        ? after(meant.includes(last) ? BEFORE_ALL : last)
        : behind.searchedTo && after(behind.searchedTo),
  };
}

async function withNumbers(db: Db, { billingAccountId, ownerId }: Search, numbers: string[]): Promise<string[]> {
  const rows = await db.queryPlanned<{ id: string }>(sql`
    select t.id from tickets t where ${db.account('t')} and t.number = any(${numbers}::text[])
      ${billingAccountId ? sql`and t.billing_account_id = ${billingAccountId}::uuid` : empty}
      ${ownerId ? sql`and t.submitted_by_id = ${ownerId}::uuid` : empty}
    order by t.number desc`);
  return rows.map(({ id }) => id);
}

async function withWords(db: Db, { q, billingAccountId, ownerId }: Search, before: string | null): Promise<Found> {
  const email = /^\S*@\S*$/.test(q.trim()) ? emailContaining(q.trim()) : null;
  return (await db.first<Found>(sql`
    select ids, searched_to as "searchedTo" from ticket_find(
      ${q}, ${email}, ${billingAccountId ?? null}::uuid, ${ownerId ?? null}::uuid, ${before}::uuid, ${MOST_COUNTED + 1})`))!;
}

/** Those that pass the filters, in their order or the given one. */
async function fitting(db: Db, ids: string[], filters: readonly Sql[], order?: ListOrder): Promise<string[]> {
  if (ids.length === 0 || (filters.length === 0 && !order)) return ids;
  const rows = await db.queryPlanned<{ id: string }>(sql`
    select t.id from tickets t where ${join([db.account('t'), sql`t.id = any(${ids}::uuid[])`, ...filters], ' and ')}
    ${order ? sql`order by ${orderBy(order)}` : empty}`);
  const fit = rows.map(({ id }) => id);
  if (order) return fit;
  const set = new Set(fit);
  return ids.filter((id) => set.has(id));
}

/** What stands behind `from` for the rows of the page, as `t`, and their order. */
export function foundTickets(db: Db, ids: readonly string[]): { from: Sql; order: Sql } {
  return {
    // The limit keeps the planner from looking through an account for them because something is joined to it.
    from: sql`(select t.* from tickets t where ${db.account('t')} and t.id = any(${[...ids]}::uuid[]) limit ${ids.length}) t`,
    order: sql`array_position(${[...ids]}::uuid[], t.id)`,
  };
}
