import { randomUUID } from 'node:crypto';
import type pg from 'pg';

/** Adds a bare tenant, for tests of platform libraries; modules have factories of their own. @returns its id */
export async function insertOrganization(owner: pg.Client, name = 'Aurora'): Promise<string> {
  const id = randomUUID();
  await owner.query('insert into organizations (id, slug, name) values ($1, $2, $3)', [id, `o-${id}`, name]);
  return id;
}

/** The same of a sandbox, where it is some moment that has yet to come. */
export async function insertSandbox(owner: pg.Client, now: Date, timeZone = 'America/Sao_Paulo'): Promise<string> {
  const id = randomUUID();
  await owner.query('insert into organizations (id, slug, name, time_zone, is_sandbox) values ($1, $2, $3, $4, true)', [
    id,
    `o-${id}`,
    'Cometa (teste)',
    timeZone,
  ]);
  await owner.query('update organization_clocks set now = $2 where organization_id = $1', [id, now]);
  return id;
}
