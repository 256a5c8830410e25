import sqlTemplate, { Sql, empty, join, raw } from 'sql-template-tag';

/** Builds a statement whose values travel as parameters, never as text. Fragments nest. */
export const sql = sqlTemplate;
export { empty, join, raw, Sql };

/** Columns of `alias` under the names that an entity's members have: `t.created_at as "createdAt"`. */
export function columnsOf(alias: string, names: readonly string[]): Sql {
  const columns = names.map((name) => {
    const column = columnOf(name);
    return raw(`${alias}.${column}${column === name ? '' : ` as "${name}"`}`);
  });
  return join(columns, ', ');
}

/** The names of a row's members, each of them: `membersOf<Row>()(['id', 'title'])` is an error of types where one is missing. */
export const membersOf =
  <Row>() =>
  <const Names extends readonly (keyof Row & string)[]>(
    names: Names &
      ([Exclude<keyof Row, Names[number]>] extends [never] ? unknown : { missing: Exclude<keyof Row, Names[number]> }),
  ): Names =>
    names;

/** `insert into` a table (`tickets as t`) what a row's members have; a member that is SQL is worked out by the database. */
export function insertInto(table: string, row: Readonly<Record<string, unknown>>): Sql {
  const columns = Object.keys(row).map(columnOf).join(', ');
  return sql`insert into ${raw(table)} (${raw(columns)}) values (${join(Object.values(row))})`;
}

/** The assignments of an `update` for what a row's members become; a member that is SQL is worked out by the database. */
export function assignments(values: Readonly<Record<string, unknown>>): Sql {
  return join(
    Object.entries(values).map(([member, value]) => sql`${raw(columnOf(member))} = ${value}`),
    ', ',
  );
}

const columnOf = (member: string) => member.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
