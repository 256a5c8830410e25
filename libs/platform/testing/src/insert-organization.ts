import { randomUUID } from 'node:crypto';
import type pg from 'pg';

/** Adds a bare tenant, for tests of platform libraries; modules have factories of their own. @returns its id */
export async function insertOrganization(owner: pg.Client, name = 'Aurora'): Promise<string> {
  const id = randomUUID();
  await owner.query('insert into organizations (id, slug, name) values ($1, $2, $3)', [id, `o-${id}`, name]);
  return id;
}
