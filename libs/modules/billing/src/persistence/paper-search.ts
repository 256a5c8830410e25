import { normalizeTaxId } from '@balcao/brazil';
import { containing } from '@balcao/module-directory';
import { join, raw, sql, type Db, type Sql, type WalkedList } from '@balcao/platform-tenancy';

/** Customers whose papers a search for a name shows. */
const MOST_CUSTOMERS = 20;
/** Behind everything that begins alike. */
const LAST_CHARACTER = '\u{10FFFF}';
/** Papers that a number, or another name, may mean: where more begin alike, it is a word. */
const MOST_NUMBERS = 100;

/** A table of papers, each with a number, a customer, and `words` in which the number and its title are folded. */
export interface SearchedPapers {
  table: string;
  /** A column with another name of each, folded. */
  key?: string;
  /** Whether all of them are one customer's, so that no name is asked for. */
  isOfOne: boolean;
}

/**
 * What staff mean by a search: papers whose number or other name it is, or begins like it, or was counted so, and those of the
 * customers whose name or tax id it is; where there are none, titles with its words.
 * @returns the stretch of an index that has them, and what its entries are asked besides
 */
export async function searchedPapers(
  db: Db,
  q: string,
  { table, key, isOfOne }: SearchedPapers,
): Promise<Pick<WalkedList, 'stretches' | 'filters'>> {
  const [numbers, customers] = await Promise.all([withNumber(db, q, table, key), isOfOne ? [] : customersNamed(db, q)]);
  if (numbers.length > MOST_NUMBERS) return { stretches: [sql`true`], filters: [hasWords(q)] };
  const meant = [
    ...(numbers.length > 0 ? [sql`t.id = any(${numbers}::uuid[])`] : []),
    ...(customers.length > 0 ? [sql`t.billing_account_id = any(${customers}::uuid[])`] : []),
  ];
  if (meant.length > 0) return { stretches: [sql`(${join(meant, ' or ')})`], filters: [] };
  return { stretches: [sql`true`], filters: [hasWords(q)] };
}

/** Part of a number or of a title, accents and case apart. */
export function hasWords(q: string): Sql {
  // Folded once, not for each entry that is looked at.
  return sql`t.words like (select fold(${containing(q.trim())}))`;
}

async function withNumber(db: Db, q: string, table: string, key: string | undefined): Promise<string[]> {
  const begins = (column: string, beginning: Sql) =>
    sql`(${raw(`t.${column}`)} >= ${beginning} and ${raw(`t.${column}`)} < ${beginning} || ${LAST_CHARACTER})`;
  const conditions = [
    // As it was typed, and as ours are written.
    ...[...new Set([q, q.toUpperCase()])].map((beginning) => begins('number', sql`${beginning}::text`)),
    ...(/^\d{1,9}$/.test(q) ? [sql`t.sequence = ${Number(q)}`] : []),
    ...(key ? [begins(key, sql`fold(${q})`)] : []),
  ];
  const found = await Promise.all(
    conditions.map((condition) =>
      db.queryPlanned<{ id: string }>(
        sql`select t.id from ${raw(table)} t where ${db.tenant('t')} and ${condition} limit ${MOST_NUMBERS + 1}`,
      ),
    ),
  );
  return [...new Set(found.flat().map(({ id }) => id))];
}

async function customersNamed(db: Db, q: string): Promise<string[]> {
  const pattern = containing(q);
  const rows = await db.queryPlanned<{ id: string }>(sql`
    select a.id from billing_accounts a where ${db.tenant('a')}
      and (fold(a.name) like fold(${pattern}) or fold(coalesce(a.legal_name, '')) like fold(${pattern}) or a.tax_id = ${normalizeTaxId(q)})
    order by a.name, a.id limit ${MOST_CUSTOMERS}`);
  return rows.map(({ id }) => id);
}
