import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { idOf } from '../support/ids.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** Tables that belong to the installation: nothing of an organization stands in them under a name that could be told. */
const OF_THE_INSTALLATION =
  /^(?:operators|rate_limits|schema_migrations|signing_keys|idempotency_keys|login_failures|registry_answers|signup_proofs)$/;

let api: TestApp;
beforeAll(async () => (api = await startTestApp()));
afterAll(() => api.close());

const tables = async () =>
  (
    await api.rows<{ name: string; tenant: boolean }>(`
      select c.relname as name, exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id') as tenant
      from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      order by c.relname`)
  ).filter(({ name }) => name !== 'organizations');

/** Those that refer to others before those that they refer to; what refers to itself goes with its own statement. */
async function deletionOrder(names: readonly string[]): Promise<string[]> {
  const references = await api.rows<{ from: string; to: string }>(`
    select distinct f.conrelid::regclass::text as "from", f.confrelid::regclass::text as "to" from pg_constraint f
    where f.contype = 'f' and f.connamespace = 'public'::regnamespace and f.conrelid <> f.confrelid`);
  const left = new Set(names);
  const order: string[] = [];
  while (left.size > 0) {
    const free = [...left].filter((name) => !references.some(({ from, to }) => to === name && left.has(from)));
    if (free.length === 0) throw new Error(`these refer to one another in a circle: ${[...left].join(', ')}`);
    for (const name of free) left.delete(name);
    order.push(...free);
  }
  return order;
}

it('B.1 every table either has the organization of each row, or belongs to the installation', async () => {
  const others = (await tables()).filter(({ tenant }) => !tenant).map(({ name }) => name);
  expect(others.filter((name) => !OF_THE_INSTALLATION.test(name))).toEqual([]);
});

it('B.1 an organization can be taken away whole, in an order that its tables say themselves, and no other loses a row', async () => {
  const names = (await tables()).filter(({ tenant }) => tenant).map(({ name }) => name);
  const order = await deletionOrder(names);
  const [gone, stays] = [idOf('organization:boreal'), idOf('organization:aurora')];
  const rowsOf = async (id: string) =>
    Promise.all(
      names.map(async (name) => {
        const [row] = await api.rows<{ count: number }>(
          `select count(*)::integer as count from ${name} where organization_id = $1`,
          id,
        );
        return [name, row!.count] as const;
      }),
    );
  const before = await rowsOf(stays);
  expect((await rowsOf(gone)).filter(([, count]) => count > 0).length).toBeGreaterThan(10);
  await api.rows('begin');
  try {
    for (const name of order) await api.rows(`delete from ${name} where organization_id = $1`, gone);
    await api.rows('delete from organizations where id = $1', gone);
    expect((await rowsOf(gone)).filter(([, count]) => count > 0)).toEqual([]);
    expect(await rowsOf(stays)).toEqual(before);
  } finally {
    await api.rows('rollback');
  }
});
