import type pg from 'pg';

/** Counters that any request may change, and the bookkeeping of migrations. */
const NOT_COMPARED = ['rate_limits', 'idempotency_keys', 'schema_migrations'];

/** To look at every row takes some hundred times as long as to see that nothing was written since the last look. */
const looks = new WeakMap<pg.Client, { question: string; writes: string; contents: Record<string, string> }>();

/** A digest of the rows of every table, so that "nothing has changed" can be said of all of them at once. */
export async function tableContents(owner: pg.Client): Promise<Record<string, string>> {
  const last = looks.get(owner);
  const question = last?.question ?? (await countWrites(owner));
  const writes = await writesSoFar(owner);
  if (last?.writes === writes) return last.contents;
  const { rows } = await owner.query<{ name: string; digest: string }>(question);
  const contents = Object.fromEntries(rows.map(({ name, digest }) => [name, digest]));
  looks.set(owner, { question, writes, contents });
  return contents;
}

/** Names of the tables whose rows differ. */
export function changedTables(before: Record<string, string>, after: Record<string, string>): string[] {
  return Object.keys(after).filter((name) => before[name] !== after[name]);
}

/**
 * Has every statement counted that may change a row, also one that is taken back, by whatever role and whatever it turned
 * off. Answers what to ask for the digests.
 */
async function countWrites(owner: pg.Client): Promise<string> {
  const { rows: tables } = await owner.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' and tablename <> all($1)",
    [NOT_COMPARED],
  );
  const triggers = tables.map(
    ({ name }) => `
      create trigger count_writes after insert or update or delete or truncate on ${name} execute function test_writes.count();
      alter table ${name} enable always trigger count_writes;`,
  );
  await owner.query(`
    create schema test_writes;
    create sequence test_writes.so_far;
    -- The first number of a sequence does not show that it was drawn.
    select nextval('test_writes.so_far');
    create function test_writes.count() returns trigger language plpgsql security definer as
      'begin perform nextval(''test_writes.so_far''); return null; end';
    grant usage on schema test_writes to public;
    ${triggers.join('')}`);
  // A session's row slides when it is used; whether it lives is what matters.
  const columns = (table: string) => (table === 'sessions' ? 't.id::text' : 't::text');
  return tables
    .map(
      ({ name }) =>
        `select '${name}' as name, md5(coalesce(string_agg(${columns(name)}, '|' order by ${columns(name)}), '')) as digest from ${name} t`,
    )
    .join(' union all ');
}

async function writesSoFar(owner: pg.Client): Promise<string> {
  const { rows } = await owner.query<{ writes: string }>('select last_value::text as writes from test_writes.so_far');
  return rows[0]!.writes;
}
