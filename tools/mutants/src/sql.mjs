// @ts-check
import pg from 'pg';
import { differing, oneLine, withoutTerms } from './mutate.mjs';

/** @typedef {{ id: string, apply: string, undo: string, subject: string }} SqlMutant */

/** Databases that the tests have open, the newest first, and what those to come are copied from. @param {string} serverUrl */
async function databasesOf(serverUrl) {
  const names = await ask(
    serverUrl,
    `select datname as name from pg_database where datname ~ '^balcao_(test|template)_' and datname !~ 'unfinished'
     order by datname ~ 'template', oid desc`,
  );
  return names.map(({ name }) => new URL(`/${name}`, serverUrl).href);
}

/** Runs a statement in all of them. @param {string} serverUrl @param {string} statement */
export async function everywhere(serverUrl, statement) {
  await Promise.all((await databasesOf(serverUrl)).map((url) => ask(url, statement)));
}

/** What a process that a mutant ended has left of it. @param {string} serverUrl */
export async function forgetDatabases(serverUrl) {
  for (const url of await databasesOf(serverUrl))
    await ask(serverUrl, `drop database "${new URL(url).pathname.slice(1)}" with (force)`);
}

/** @param {string} url @param {string} statement */
async function ask(url, statement) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows ?? [];
  } finally {
    await client.end();
  }
}

/** Every guarding function and policy of the database, each time without one of its conditions. @param {string} serverUrl @returns {Promise<SqlMutant[]>} */
export async function sqlMutants(serverUrl) {
  const [newest] = await databasesOf(serverUrl);
  if (!newest) return [];
  const functions = await ask(
    newest,
    `
    select p.proname as name, pg_get_functiondef(p.oid) as text from pg_proc p join pg_language l on l.oid = p.prolang
    where pronamespace = 'public'::regnamespace and prokind = 'f' and l.lanname in ('sql', 'plpgsql')
      and proname ~ '^(door_|session|state_|app_)' order by 1`,
  );
  const policies = await ask(
    newest,
    `
    select format('%I on %I', policyname, tablename) as name, tablename as table, qual, with_check as check from pg_policies
    where schemaname = 'public' and 'balcao_app' = any(roles) order by 1`,
  );
  const alter = (/** @type {any} */ { name, qual, check }) =>
    `alter policy ${name}${qual ? ` using (${qual})` : ''}${check ? ` with check (${check})` : ''}`;
  return [
    ...functions.map(({ name, text }) => ({ name: `function ${name}`, text, subject: `function ${name}` })),
    ...policies.map((policy) => ({
      name: `policy ${policy.name}`,
      text: alter(policy),
      subject: `table ${policy.table}`,
    })),
  ].flatMap(({ name, text, subject }) =>
    withoutTerms(text).map((apply, index) => ({
      id: `${name}: (${index + 1}) without ${differing(oneLine(text), oneLine(apply))[0]}`,
      subject,
      apply,
      undo: text,
    })),
  );
}
