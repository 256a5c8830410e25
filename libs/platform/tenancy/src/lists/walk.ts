import type { Db } from '../db.js';
import { empty, join, raw, sql, type Sql } from '../sql.js';
import { decodeCursor, encodeCursor, type CursorKeys, type CursorKind } from './list-cursor.js';

/** Entries of an index that a list looks at before it answers what it has, with a cursor to go on. */
export const WALK = 10_000;
/** Nobody counts or turns pages further: beyond this, cursors and filters lead on. */
export const MOST_COUNTED = 1_000;

/** How a list is ordered: by columns of its table, the id last, all of them in one direction. */
export interface ListOrder<Row = never> {
  /** In cursors. */
  name: string;
  columns: readonly { column: string; kind: CursorKind; of: (row: Row) => Date | number | string }[];
  descending: boolean;
}

/** Which rows of a table a list is of, in terms of the index that it walks; every condition names them `t`. */
export interface WalkedList {
  /** Keyed by organization and id. */
  table: string;
  /** The tenant's wall. */
  within: Sql;
  /** What the index begins with: one stretch of it, or several that are read side by side. */
  stretches: readonly Sql[];
  /** What each entry of the one stretch is asked besides: of columns that the index carries, lest each row be fetched. */
  filters: readonly Sql[];
  /** The order of the index where it is not the list's: the stretch is read first and put in order then. */
  readBy?: ListOrder;
}

export interface Total {
  total: number;
  /** Whether these are all: counting stops at 1,000, and filters are asked of 10,000 rows at most. */
  totalExact: boolean;
}

export interface PageWish {
  /** Begins behind the row that an earlier page ended with; counts instead of `offset`. */
  cursor?: string;
  limit: number;
  offset: number;
}

const CASTS = { time: raw('timestamptz'), day: raw('date'), rank: raw('smallint'), id: raw('uuid') };

const columnsOf = (order: ListOrder) =>
  join(
    order.columns.map(({ column }) => raw(`t.${column}`)),
    ', ',
  );

export function orderBy(order: ListOrder): Sql {
  const direction = order.descending ? 'desc' : 'asc';
  return join(
    order.columns.map(({ column }) => raw(`t.${column} ${direction}`)),
    ', ',
  );
}

/** Condition "and the column has one of these values", by a list of conditions. */
export function anyOf(column: string, values: readonly string[] | undefined): Sql[] {
  return values?.length ? [sql`${raw(`t.${column}`)} = any(${values}::text[])`] : [];
}

/** `offset`, where there is one: with it the planner takes a prepared statement for dearer than it is, and plans it anew each time. */
const skip = (offset: number) => (offset > 0 ? sql`offset ${offset}` : empty);

/** Condition "and comes after the row that a page ended with". */
function behind(order: ListOrder, after: CursorKeys | undefined): Sql {
  if (!after) return empty;
  const keys = order.columns.map(({ kind }, place) => sql`${after[place]}::${CASTS[kind]}`);
  return sql`and (${columnsOf(order)}) ${raw(order.descending ? '<' : '>')} (${join(keys, ', ')})`;
}

/** No column but those that are asked for: the index alone answers then, and a table's width costs an entry nothing. */
const stretch = (
  { table, within }: WalkedList,
  columns: Sql,
  condition: Sql,
  order: ListOrder,
  after: Sql,
  limit: number,
): Sql => sql`
  select ${columns} from ${raw(table)} t where ${within} and ${condition} ${after} order by ${orderBy(order)} limit ${limit}`;

/** Every entry that is looked at, and whether the filters keep it. */
const walked = (list: WalkedList, order: ListOrder, after: Sql) => {
  const kept = list.filters.length > 0 ? join([...list.filters], ' and ') : sql`true`;
  const columns = sql`${columnsOf(order)}, (${kept}) as is_kept`;
  return sql`(${stretch(list, columns, list.stretches[0]!, list.readBy ?? order, list.readBy ? empty : after, WALK)}) t`;
};

const sideBySide = (list: WalkedList, columns: Sql, order: ListOrder, after: Sql, limit: number) =>
  join(
    list.stretches.map((condition) => sql`(${stretch(list, columns, condition, order, after, limit)})`),
    ' union all ',
  );

const isWalked = ({ filters, readBy }: WalkedList) => filters.length > 0 || readBy !== undefined;

/** What stands behind `from` for the rows of a page, as `t`. */
export function pageOf(
  list: WalkedList,
  order: ListOrder,
  { after, limit, offset }: { after?: CursorKeys; limit: number; offset: number },
): Sql {
  const beyond = behind(order, after);
  const cut = sql`order by ${orderBy(order)} limit ${limit} ${skip(offset)}`;
  const { within, stretches } = list;
  const table = raw(list.table);
  // What an offset leaves out is left out by the index alone, without its rows.
  if (stretches.length === 1 && !isWalked(list) && offset === 0)
    return sql`(select t.* from ${table} t where ${within} and ${stretches[0]} ${beyond} ${cut}) t`;
  const entries = isWalked(list)
    ? sql`select t.id from ${walked(list, order, beyond)} where t.is_kept ${list.readBy ? beyond : empty} ${cut}`
    : sql`select t.id from (${sideBySide(list, columnsOf(order), order, beyond, limit + offset)}) t ${cut}`;
  return sql`(${entries}) p join ${table} t on ${within} and t.id = p.id`;
}

/** The number of a list's rows as far as it is counted, in one integer: -1 - n for "at least n". */
export function countOf(list: WalkedList, order: ListOrder): Sql {
  const readBy = list.readBy ?? order;
  return isWalked(list)
    ? sql`(select (case when c.kept > ${MOST_COUNTED} or not exists (
          select from ${raw(list.table)} t where ${list.within} and ${list.stretches[0]} order by ${orderBy(readBy)} limit 1 offset ${WALK})
        then c.kept else -1 - c.kept end)::integer
        from (select count(*) as kept from (
          select from ${walked(list, order, empty)} where t.is_kept limit ${MOST_COUNTED + 1}) k) c)`
    : sql`(select count(*)::integer from (
        select from (${sideBySide(list, empty, order, empty, MOST_COUNTED + 1)}) t limit ${MOST_COUNTED + 1}) t)`;
}

/** What `countOf` says. */
export function totalOf(counted: number): Total {
  const least = counted < 0 ? -1 - counted : counted;
  return { total: Math.min(least, MOST_COUNTED), totalExact: counted >= 0 && counted <= MOST_COUNTED };
}

/**
 * A page and where the next one begins. Pages that lie beyond what is counted are empty and lead on by their cursor.
 * @param select the statement for what stands behind `from`
 * @throws DomainError validation_failed for a cursor of another list
 */
export async function readPage<Row extends object>(
  db: Db,
  list: WalkedList,
  order: ListOrder<Row>,
  { cursor, limit, offset }: PageWish,
  select: (from: Sql) => Sql,
): Promise<{ rows: Row[]; nextCursor: string | null }> {
  if (cursor === undefined && offset >= MOST_COUNTED) {
    const last = Math.ceil(MOST_COUNTED / limit) * limit - 1;
    return { rows: [], nextCursor: await cursorAt(db, order, pageOf(list, order, { limit: 1, offset: last })) };
  }
  const after = keysOf(order, cursor);
  const from = pageOf(list, order, { after, limit: limit + 1, offset: cursor === undefined ? offset : 0 });
  const rows = await (isWalked(list) ? db.queryPlanned<Row>(select(from)) : db.query<Row>(select(from)));
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  if (last && rows.length > limit) return { rows: page, nextCursor: cursorOf(order, last) };
  if (list.filters.length === 0 || list.readBy) return { rows: page, nextCursor: null };
  // The list may go on where the walk ended.
  const end = sql`(select t.* from ${raw(list.table)} t where ${list.within} and ${list.stretches[0]} ${behind(order, after)}
    order by ${orderBy(order)} limit 1 offset ${WALK - 1}) t`;
  return { rows: page, nextCursor: await cursorAt(db, order, end) };
}

const cursorOf = <Row>(order: ListOrder<Row>, row: Row): string =>
  encodeCursor(
    order.name,
    order.columns.map(({ of }) => of(row)),
  );

async function cursorAt(db: Db, order: ListOrder, from: Sql): Promise<string | null> {
  const [row] = await db.queryPlanned<Record<string, Date | number | string>>(
    sql`select ${columnsOf(order)} from ${from}`,
  );
  return row
    ? encodeCursor(
        order.name,
        order.columns.map(({ column }) => row[column]!),
      )
    : null;
}

/** Keys that a cursor of this order carries. @throws DomainError validation_failed for another's */
export function keysOf(order: ListOrder, cursor: string | undefined): CursorKeys | undefined {
  if (cursor === undefined) return undefined;
  return decodeCursor(
    order.name,
    cursor,
    order.columns.map(({ kind }) => kind),
  );
}
