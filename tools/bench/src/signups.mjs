// @ts-check
import { deepStrictEqual } from 'node:assert';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const SIGNUPS = 1_000;
const PATIENCE_MS = 600_000;

/** Signups whose people have sent everything, and whose companies the register has yet to be asked about. */
const QUEUED = `
  with place as (select p.organization_id, p.id from portals p where p.slug = 'bench-3'),
  made as (
    insert into signups (organization_id, id, portal_id, kind, tax_id, status, locale, lookup, lookup_attempt,
      administrator_name, administrator_email, number, submitted_at, expires_at)
    select organization_id, uuidv7(), id, 'cnpj', '91' || lpad(n::text, 10, '0') || '00', 'submitted', 'pt-BR', 'waiting', 1,
      'Carolina Sampaio', 'carolina@empresa-' || n || '.example', 'B-' || n, now(), now() + interval '1 day'
    from place, generate_series(1, ${SIGNUPS}) n returning organization_id, id)
  insert into outbox (organization_id, id, job, version, payload)
  select organization_id, uuidv7(), 'signup.look-up', 1, jsonb_build_object('signupId', id) from made`;

const STANDINGS = `
  select count(*) filter (where s.status = 'submitted')::int as waiting,
    count(*) filter (where s.status = 'awaiting_confirmation')::int as made,
    count(*) filter (where s.status = 'in_review')::int as reviewed
  from signups s where s.number like 'B-%'`;

const MADE = `
  select count(*)::int as accounts, count(distinct s.tax_id)::int as companies, count(distinct u.email)::int as people,
    (select count(*)::int from mails where template = 'email-verification') as mails
  from signups s join billing_accounts a on a.id = s.account_id join portal_users u on u.billing_account_id = a.id
  where s.number like 'B-%'`;

/**
 * A thousand signups that wait for a register which fails 30 % of calls: none may be lost, none may be made twice.
 * `startWorker` is called once they are queued.
 * @param {{ databaseUrl: string, registry: { calls: number, failed: number }, startWorker: import('./world.mjs').World['startWorker'] }} world
 * @returns {Promise<NonNullable<import('./report.mjs').Figures['signups']>>}
 * @throws AssertionError where one was lost or made twice
 */
export async function measureSignups({ databaseUrl, registry, startWorker }) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const rowOf = async (/** @type {string} */ statement) => (await client.query(statement)).rows[0];
  try {
    await client.query(
      `update portals set settings = settings || '{"signup":{"enabled":true}}' where slug = 'bench-3'`,
    );
    const before = { ...registry };
    await client.query(QUEUED);
    const began = performance.now();
    await startWorker();
    let standing = await rowOf(STANDINGS);
    for (const until = Date.now() + PATIENCE_MS; standing.waiting > 0; standing = await rowOf(STANDINGS)) {
      if (Date.now() > until) throw new Error(`${standing.waiting} signups are not done`);
      await sleep(200);
    }
    const seconds = (performance.now() - began) / 1_000;
    const { made, reviewed } = standing;
    deepStrictEqual(made + reviewed, SIGNUPS);
    deepStrictEqual(await rowOf(MADE), { accounts: made, companies: made, people: made, mails: made });
    return { made, reviewed, seconds, calls: registry.calls - before.calls, failed: registry.failed - before.failed };
  } finally {
    await client.end();
  }
}
