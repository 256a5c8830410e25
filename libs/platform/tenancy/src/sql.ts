import sqlTemplate, { Sql, empty, join, raw } from 'sql-template-tag';

/** Builds a statement whose values travel as parameters, never as text. Fragments nest. */
export const sql = sqlTemplate;
export { empty, join, raw, Sql };

/** Columns of `alias` under the names that an entity's members have: `t.created_at as "createdAt"`. */
export function columnsOf(alias: string, names: readonly string[]): Sql {
  const columns = names.map((name) => {
    const column = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return raw(`${alias}.${column}${column === name ? '' : ` as "${name}"`}`);
  });
  return join(columns, ', ');
}
