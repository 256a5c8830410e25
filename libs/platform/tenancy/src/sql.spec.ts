import { expect, it } from '@jest/globals';
import { columnsOf, insertInto, membersOf, sql } from './sql.js';

it('columns have the names of members', () => {
  expect(columnsOf('t', ['id', 'createdAt']).text).toBe('t.id, t.created_at as "createdAt"');
});

it('the members of a row are named each, or types say which is missing', () => {
  const members = membersOf<{ id: string; createdAt: Date }>();
  expect(members(['createdAt', 'id'])).toEqual(['createdAt', 'id']);
  // @ts-expect-error `createdAt` is missing
  members(['id']);
  // @ts-expect-error there is no `title`
  members(['id', 'createdAt', 'title']);
});

it('a row is inserted by its members, whose values travel apart', () => {
  const { text, values } = insertInto('tickets as t', { id: 1, createdAt: sql`now() - ${2}`, title: "'); --" });
  expect([text, values]).toEqual([
    'insert into tickets as t (id, created_at, title) values ($1,now() - $2,$3)',
    [1, 2, "'); --"],
  ]);
});
