import { expect, it } from '@jest/globals';
import { columnsOf, insertInto, sql } from './sql.js';

it('columns have the names of members', () => {
  expect(columnsOf('t', ['id', 'createdAt']).text).toBe('t.id, t.created_at as "createdAt"');
});

it('a row is inserted by its members, whose values travel apart', () => {
  const { text, values } = insertInto('tickets as t', { id: 1, createdAt: sql`now() - ${2}`, title: "'); --" });
  expect([text, values]).toEqual([
    'insert into tickets as t (id, created_at, title) values ($1,now() - $2,$3)',
    [1, 2, "'); --"],
  ]);
});
