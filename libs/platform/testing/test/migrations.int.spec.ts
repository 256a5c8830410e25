import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { MIGRATIONS_FOLDER, migrate } from '@balcao/platform-database';
import { testDatabase, type TestDatabase } from '../src/index.js';

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
