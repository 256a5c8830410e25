import sqlTemplate, { Sql, empty, join, raw } from 'sql-template-tag';

/** Builds a statement whose values travel as parameters, never as text. Fragments nest. */
export const sql = sqlTemplate;
export { empty, join, raw, Sql };
