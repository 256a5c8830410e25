// @ts-check
import { deepStrictEqual } from 'node:assert';
import pg from 'pg';
import { listOf } from './customer.mjs';
import { median } from './report.mjs';

const RENEWALS = 10_000;
const SLUG = 'bench-3';
const PATIENCE_MS = 1_800_000;
/** What other organizations' customers ask for meanwhile: as many requests a second, in windows of so many seconds. */
const BESIDE = { rate: 50, connections: 4, seconds: 5 };
const QUIET_WINDOWS = 4;

/** Subscriptions of R$ 99.90 a month, one of each of as many customers, who have mails of it; all of them are renewed today. */
const DUE = `
  with place as (select id as organization_id, (now() at time zone time_zone)::date as today from organizations where slug = '${SLUG}'),
  plan as (
    insert into plans (organization_id, id, name) select organization_id, uuidv7(), 'Fibra 600' from place returning organization_id, id),
  price as (
    insert into plan_prices (organization_id, plan_id, id, number, model, currency, unit_amount, period_unit, period_every)
    select organization_id, id, uuidv7(), 1, 'flat', 'BRL', 9990, 'month', 1 from plan returning organization_id, plan_id, id),
  account as (
    insert into billing_accounts (organization_id, id, name, email, external_id)
    select organization_id, uuidv7(), 'Renewal ' || n, 'renewal-' || n || '@example.com', 'R-' || n from place, generate_series(1, ${RENEWALS}) n returning organization_id, id, external_id),
  subscription as (
    insert into subscriptions (organization_id, billing_account_id, id, number, title, currency, period_unit, period_every, starts_on, anchor_on,
      period_count, current_starts_on, current_ends_on, recurring, monthly, next_renewal_on, started_at)
    select a.organization_id, a.id, uuidv7(), 'AS-' || a.external_id, 'Fibra 600', 'BRL', 'month', 1, (p.today - interval '1 month')::date,
      (p.today - interval '1 month')::date, 1, (p.today - interval '1 month')::date, p.today, 9990, 9990, p.today, now() - interval '1 month'
    from account a join place p using (organization_id) returning organization_id, billing_account_id, id)
  insert into subscription_items (organization_id, billing_account_id, subscription_id, id, position, plan_id, price_id, currency, period_unit,
      period_every)
    select s.organization_id, s.billing_account_id, s.id, uuidv7(), 0, p.plan_id, p.id, 'BRL', 'month', 1
    from subscription s join price p using (organization_id)`;

const BEGIN = `insert into outbox (id, job, version, payload) values (uuidv7(), 'subscriptions.run', 1, '{}')`;
const STANDINGS = `
  select count(*) filter (where s.next_on <= (now() at time zone o.time_zone)::date)::int as waiting, count(*) filter (where s.held_at is not null)::int as held
  from subscriptions s join organizations o on o.id = s.organization_id where o.slug = '${SLUG}'`;
const MAILED = `
  select count(*)::int as mails from mails m join organizations o on o.id = m.organization_id
  where o.slug = '${SLUG}' and m.template = 'invoice-opened' and m.status = 'sent'`;
const MADE = `
  select count(*)::int as invoices, count(distinct i.billing_account_id)::int as customers, sum(i.total)::bigint::text as total,
    count(distinct i.number)::int as numbers
  from invoices i join organizations o on o.id = i.organization_id where o.slug = '${SLUG}'`;

/**
 * Ten thousand subscriptions of one organization that are renewed on one day, while customers of another read their tickets: each
 * becomes one invoice, and the readers wait little longer than before.
 * @param {import('./world.mjs').World} world
 * @param {(load: import('./load-generator.mjs').Load) => Promise<import('./load-generator.mjs').LoadResult>} generate
 * @returns {Promise<NonNullable<import('./report.mjs').Figures['renewals']>>}
 * @throws AssertionError where one was lost or billed twice
 */
export async function measureRenewals({ databaseUrl, product, data, startWorker }, generate) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const rowOf = async (/** @type {string} */ statement) => (await client.query(statement)).rows[0];
  const requests = data.readers.filter(({ slug }) => slug !== SLUG).map(listOf);
  const read = () => generate({ url: product.url, requests, expectedStatus: 200, ...BESIDE });
  try {
    await client.query(DUE);
    await client.query('vacuum analyze');
    await startWorker();
    await read();
    /** @type {number[]} */
    const quiet = [];
    while (quiet.length < QUIET_WINDOWS) quiet.push((await read()).p99);
    await client.query(BEGIN);
    const began = performance.now();
    /** @type {number[]} */
    const busy = [];
    do {
      if (performance.now() - began > PATIENCE_MS) throw new Error('The renewals are not done');
      busy.push((await read()).p99);
    } while ((await rowOf(STANDINGS)).waiting > 0);
    const seconds = (performance.now() - began) / 1_000;
    deepStrictEqual((await rowOf(STANDINGS)).held, 0);
    deepStrictEqual(await rowOf(MADE), {
      invoices: RENEWALS,
      customers: RENEWALS,
      total: String(RENEWALS * 9_990),
      numbers: RENEWALS,
    });
    /** @type {number[]} */
    const afterwards = [];
    do {
      if (performance.now() - began > PATIENCE_MS) throw new Error('Not everybody has had a mail');
      afterwards.push((await read()).p99);
    } while ((await rowOf(MAILED)).mails < RENEWALS);
    return {
      count: RENEWALS,
      seconds,
      mailedSeconds: (performance.now() - began) / 1_000,
      quietP99: median(quiet),
      busyP99: median(busy),
      mailingP99: median(afterwards),
    };
  } finally {
    await client.end();
  }
}
