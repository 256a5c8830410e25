import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { MIGRATION_LOCK, MIGRATIONS_FOLDER, migrate } from '@balcao/platform-database';
import { prepareQueues } from '@balcao/platform-queue';
import { eventually, testDatabase, type TestDatabase } from '../src/index.js';

let test: TestDatabase;

beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test?.close());

/** All that stands in the schema, with who may use it, and the extensions. */
async function schema(): Promise<string[]> {
  const { rows } = await test.owner.query<{ name: string }>(`
    select concat_ws(' ', relkind, relname, relacl::text) as name from pg_class
      where relnamespace = 'public'::regnamespace and relname not like 'schema\\_migrations%'
    union all select concat_ws(' ', oid::regprocedure, proacl::text) from pg_proc where pronamespace = 'public'::regnamespace
    union all select concat_ws(' ', 'policy', policyname, tablename) from pg_policies where schemaname = 'public'
    union all select concat_ws(' ', 'trigger', tgname, tgrelid::regclass) from pg_trigger where not tgisinternal
    union all select concat_ws(' ', 'words', cfgname) from pg_ts_config where cfgnamespace = 'public'::regnamespace
    union all select concat_ws(' ', 'words', dictname) from pg_ts_dict where dictnamespace = 'public'::regnamespace
    order by 1`);
  return rows.map(({ name }) => name);
}

it('every migration can be taken back, which leaves nothing, and run again', async () => {
  const { secrets } = test;
  const url = test.config.databaseUrl!;
  const names = (await readdir(MIGRATIONS_FOLDER)).map((file) => file.replace('.sql', '')).sort();
  const before = await schema();
  expect(before).toContainEqual(expect.stringContaining('door_portal_by_slug'));

  const down = { url, secrets, direction: 'down', count: names.length } as const;
  expect(await migrate(down)).toEqual(names.toReversed());
  expect(await schema()).toEqual([]);

  expect(await migrate({ url, secrets })).toEqual(names);
  expect(await schema()).toEqual(before);
});

it('the queues are prepared by nobody while another process migrates, whose rights it would change', async () => {
  const { config, secrets } = test;
  const holder = (await test.owner.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!.pid;
  await test.owner.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
  let isPrepared = false;
  const preparing = prepareQueues(config, secrets).then(() => (isPrepared = true));
  await eventually('its wait for the lock', async () => {
    const { rows } = await test.owner.query(
      `select 1 from pg_stat_activity where datname = current_database() and $1 = any(pg_blocking_pids(pid))`,
      [holder],
    );
    return rows.length > 0;
  });
  expect(isPrepared).toBe(false);
  await test.owner.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
  await preparing;
});
