import type pg from 'pg';

/** Counters that any request may change, and the bookkeeping of migrations. */
const NOT_COMPARED = ['rate_limits', 'idempotency_keys', 'schema_migrations'];

/** A digest of the rows of every table, so that "nothing has changed" can be said of all of them at once. */
export async function tableContents(owner: pg.Client): Promise<Record<string, string>> {
  const { rows: tables } = await owner.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' and tablename <> all($1)",
    [NOT_COMPARED],
  );
  // A session's row slides when it is used; whether it lives is what matters.
  const columns = (table: string) => (table === 'sessions' ? 't.id::text' : 't::text');
  const { rows } = await owner.query<{ name: string; digest: string }>(
    tables
      .map(
        ({ name }) =>
          `select '${name}' as name, md5(coalesce(string_agg(${columns(name)}, '|' order by ${columns(name)}), '')) as digest from ${name} t`,
      )
      .join(' union all '),
  );
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]));
}

/** Names of the tables whose rows differ. */
export function changedTables(before: Record<string, string>, after: Record<string, string>): string[] {
  return Object.keys(after).filter((name) => before[name] !== after[name]);
}
