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
 * What staff mean by a search: papers whose number it is, or begins like it, or was counted so; else those whose other name does, and
 * those of the customers whose name or tax id it is; where there are none, titles with its words.
 * @returns the stretch of an index that has them, and what its entries are asked besides
 */
export async function searchedPapers(
  db: Db,
  q: string,
  { table, key, isOfOne }: SearchedPapers,
): Promise<Pick<WalkedList, 'stretches' | 'filters'>> {
  const [numbers, called] = await Promise.all([withNumber(db, q, table), key ? named(db, q, table, key) : []]);
  const papers = [...new Set([...numbers, ...called])];
  const words = { stretches: [sql`true`], filters: [hasWords(q)] };
  if (papers.length > MOST_NUMBERS) return words;
  // Customers may be called as anything is, but hardly as a paper is numbered.
  const customers = isOfOne || numbers.length > 0 ? [] : await customersNamed(db, q);
  const meant = [
    ...(papers.length > 0 ? [sql`t.id = any(${papers}::uuid[])`] : []),
    ...(customers.length > 0 ? [sql`t.billing_account_id = any(${customers}::uuid[])`] : []),
  ];
  return meant.length > 0 ? { stretches: [sql`(${join(meant, ' or ')})`], filters: [] } : words;
}

/** Part of a number or of a title, accents and case apart. */
export function hasWords(q: string): Sql {
  // Folded once, not for each entry that is looked at.
  return sql`t.words like (select fold(${containing(q.trim())}))`;
}

const begins = (column: string, beginning: Sql) =>
  sql`(${raw(`t.${column}`)} >= ${beginning} and ${raw(`t.${column}`)} < ${beginning} || ${LAST_CHARACTER})`;

async function withNumber(db: Db, q: string, table: string): Promise<string[]> {
  // As it was typed, and as ours are written.
  const spellings = [...new Set([q, q.toUpperCase()])].map((beginning) => begins('number', sql`${beginning}::text`));
  const counted = /^\d{1,9}$/.test(q) ? [sql`t.sequence = ${Number(q)}`] : [];
  const found = await Promise.all([...spellings, ...counted].map((condition) => papersWith(db, table, condition)));
  return [...new Set(found.flat())];
}

const named = (db: Db, q: string, table: string, key: string): Promise<string[]> =>
  papersWith(db, table, begins(key, sql`fold(${q})`));

/** One more than may be meant, where there are more. */
async function papersWith(db: Db, table: string, condition: Sql): Promise<string[]> {
  const rows = await db.queryPlanned<{ id: string }>(
    sql`select t.id from ${raw(table)} t where ${db.tenant('t')} and ${condition} limit ${MOST_NUMBERS + 1}`,
  );
  return rows.map(({ id }) => id);
}

async function customersNamed(db: Db, q: string): Promise<string[]> {
  const pattern = containing(q);
  const rows = await db.queryPlanned<{ id: string }>(sql`
    select a.id from billing_accounts a where ${db.tenant('a')}
      and (fold(a.name) like fold(${pattern}) or fold(coalesce(a.legal_name, '')) like fold(${pattern}) or a.tax_id = ${normalizeTaxId(q)})
    order by a.name, a.id limit ${MOST_CUSTOMERS}`);
  return rows.map(({ id }) => id);
}
