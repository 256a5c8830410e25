// @ts-check
// What billing must do quickly besides invoices' lists: say how late what is owed is, draw an invoice, and answer a payment service.
import { deepStrictEqual } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import pg from 'pg';
import { cpuOfFamily } from './cpu.mjs';
import { longDocument, usualDocument } from './invoice-document.mjs';
import { median, p99Of } from './report.mjs';
import { statementsOf } from './row-statements.mjs';

const LIBRARIES = new URL('../../../libs/', import.meta.url);
const INVOICE_LIST = new URL('modules/billing/dist/persistence/invoice-list.js', LIBRARIES).href;
const RENDERER = new URL('modules/billing/dist/documents/render-invoice.js', LIBRARIES).href;
const CONFIG = new URL('platform/config/dist/index.js', LIBRARIES).href;
const SIGNATURE = new URL('platform/gateways/dist/event-signature.js', LIBRARIES).href;

const SLUG = 'bench-4';
const OPEN_INVOICES = 20_000;
const CUSTOMERS = 1_000;
const AGEINGS = 100;
const WARM_UP_DOCUMENTS = 20;
const DOCUMENTS = 50;
const LONG_DOCUMENTS = 10;
/** As a payment service that has much to tell: so many a second, whether those before are answered or not. */
const EVENTS_PER_SECOND = 20;
const WARM_UP_EVENTS = 200;
const EVENTS = 1_000;
const COPIES = 100;
const PATIENCE_MS = 120_000;

/** Customers of one organization who owe it twenty invoices each, from a month before they are due to four months behind it. */
const OWED = [
  `set local session_replication_role = replica`,
  `insert into billing_accounts (organization_id, id, name, external_id)
    select o.id, uuidv7(), 'Debtor ' || n, 'D-' || n from organizations o, generate_series(1, ${CUSTOMERS}) n where o.slug = '${SLUG}'`,
  `insert into invoices (organization_id, billing_account_id, id, currency, title, number, sequence_year, sequence, due_on, payable_until,
      subtotal, total, bill_to, check_code, opened_on, opened_at)
    select t.organization_id, t.id, uuidv7(), 'BRL', 'Mensalidade', 'F-2026-' || lpad(t.place::text, 7, '0'), 2026, t.place, t.due_on, t.due_on,
      10000 + t.place, 10000 + t.place, jsonb_build_object('name', t.name), translate(upper(lpad(to_hex(t.place), 8, '0')), '01', 'GH'),
      t.due_on - 40, now() - interval '160 days'
    from (
      select a.organization_id, a.id, a.name, row_number() over () as place, current_date + 30 - (row_number() over () % 150)::int as due_on
      from billing_accounts a join organizations o on o.id = a.organization_id
      cross join generate_series(1, ${OPEN_INVOICES / CUSTOMERS}) n
      where o.slug = '${SLUG}' and a.external_id like 'D-%') t`,
];

/** What they owe together, in minor units. */
const OWED_TOTAL = OPEN_INVOICES * 10_000 + (OPEN_INVOICES * (OPEN_INVOICES + 1)) / 2;

const BIND = `
  select set_config('app.organization_id', $1, false), set_config('app.scope', 'organization', false), set_config('app.billing_account_id', '', false)`;

/**
 * Processor time and time of the statement with which the product tells how late what is owed is, as its own role, behind its policies.
 * @param {pg.Client} client of the superuser
 * @param {string} organizationId
 * @param {number} postgresPid
 */
async function measureAgeing(client, organizationId, postgresPid) {
  await client.query('begin');
  for (const statement of OWED) await client.query(statement);
  await client.query('commit');
  await client.query('vacuum analyze invoices');
  const { ageing, AGES } = await import(INVOICE_LIST);
  const today = new Date().toISOString().slice(0, 10);
  const [statement] = await statementsOf({ organizationId }, (db) => ageing(db, today));
  if (statement === undefined) throw new Error('The product asked for no rows');
  await client.query('set role balcao_app');
  try {
    await client.query(BIND, [organizationId]);
    const { rows } = await client.query(statement);
    const sumOf = (/** @type {string} */ column) => rows.reduce((sum, row) => sum + Number(row[column]), 0);
    deepStrictEqual([rows.length, sumOf('invoices'), sumOf('owed')], [AGES.length + 2, OPEN_INVOICES, OWED_TOTAL]);
    /** @type {number[]} */
    const took = [];
    const before = cpuOfFamily(postgresPid);
    while (took.length < AGEINGS) {
      const began = performance.now();
      await client.query(statement);
      took.push(performance.now() - began);
    }
    const after = cpuOfFamily(postgresPid);
    const cpuMs = before === undefined || after === undefined ? undefined : (after - before) / AGEINGS / 1_000;
    return { invoices: OPEN_INVOICES, ms: median(took), cpuMs };
  } finally {
    await client.query('reset role');
  }
}

/** Milliseconds of processor time that the product's own renderer takes for a usual invoice, and for one of many lines, once it is warm. */
async function measureDocuments() {
  const { renderInvoice } = await import(RENDERER);
  const draw = async (/** @type {object} */ document, /** @type {number} */ times) => {
    const before = process.cpuUsage();
    for (let drawn = 0; drawn < times; drawn += 1) await renderInvoice(document);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / times / 1_000;
  };
  await draw(usualDocument(), WARM_UP_DOCUMENTS);
  const cpuMs = await draw(usualDocument(), DOCUMENTS);
  const long = longDocument();
  await draw(long, 1);
  return { cpuMs, longLines: long.lines.length, longCpuMs: await draw(long, LONG_DOCUMENTS) };
}

/** An event of the pretended payment service, of a payment that nobody here asked for. */
function anEvent() {
  const id = randomUUID();
  const about = { kind: 'payment', gatewayId: randomUUID(), ourId: null };
  return { id, raw: JSON.stringify({ id, type: 'payment.succeeded', about }) };
}

const CONNECTED = `
  insert into gateway_accounts (organization_id, id, kind, name, credentials_sealed, methods, currency, is_test)
    values ($1, $2, 'sandbox', 'Bench', $3, '{pix}', 'BRL', true)`;
const KEPT = `
  select e.event_id as id, convert_from(e.raw, 'UTF8') as raw from gateway_events e where e.gateway_account_id = $1 order by e.event_id`;
const STANDINGS = `
  select e.state, count(*)::int as events from gateway_events e where e.gateway_account_id = $1 group by e.state order by e.state`;

/**
 * Signed events of the pretended payment service, many a second while the worker works through those before, and then one of them many
 * times at once: from when each is sent until it is answered.
 * @param {import('./world.mjs').World} world
 * @param {pg.Client} client of the superuser
 * @param {string} organizationId
 * @throws AssertionError where one was not answered, lost, changed or kept twice
 */
async function measureEvents({ product, secretKey, startWorker }, client, organizationId) {
  const { Secrets, sealedContext } = await import(CONFIG);
  const { signEvent } = await import(SIGNATURE);
  const [accountId, webhookSecret] = [randomUUID(), 'w'.repeat(43)];
  const sealedFor = sealedContext('gateway_accounts', 'credentials_sealed', accountId);
  const sealed = new Secrets(secretKey).seal(JSON.stringify({ webhookSecret }), sealedFor);
  await client.query(CONNECTED, [organizationId, accountId, sealed]);
  const post = async (/** @type {string} */ raw) => {
    const began = performance.now();
    const answer = await fetch(`${product.url}/api/v1/hooks/gateways/${accountId}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'balcao-sandbox-signature': signEvent(Buffer.from(raw), webhookSecret, new Date()),
      },
      body: raw,
    });
    const text = await answer.text();
    deepStrictEqual([answer.status, text], [200, '{"success":true}']);
    return performance.now() - began;
  };
  const all = Array.from({ length: WARM_UP_EVENTS + EVENTS }, anEvent);
  const repeated = anEvent();
  await startWorker();
  const began = performance.now();
  const took = await Promise.all(
    all.map(async ({ raw }, place) => {
      await sleep(began + (place * 1_000) / EVENTS_PER_SECOND - performance.now());
      return post(raw);
    }),
  );
  await Promise.all(Array.from({ length: COPIES }, () => post(repeated.raw)));
  const sent = [...all, repeated].sort((one, other) => (one.id < other.id ? -1 : 1));
  deepStrictEqual((await client.query(KEPT, [accountId])).rows, sent);
  const worked = [{ state: 'ignored', events: sent.length }];
  for (const until = Date.now() + PATIENCE_MS; ; await sleep(200)) {
    const { rows } = await client.query(STANDINGS, [accountId]);
    if (isDeepStrictEqual(rows, worked)) break;
    if (Date.now() > until) throw new Error(`The events are not worked through: ${JSON.stringify(rows)}`);
  }
  const counted = took.slice(WARM_UP_EVENTS);
  return { events: EVENTS, ms: median(counted), p99: p99Of(counted) };
}

/**
 * @param {import('./world.mjs').World} world
 * @returns {Promise<NonNullable<import('./report.mjs').Figures['billing']>>}
 * @throws AssertionError where the books say another sum than is owed, or an event was lost or kept twice
 */
export async function measureBilling(world) {
  const client = new pg.Client({ connectionString: world.databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query('select id from organizations where slug = $1', [SLUG]);
    const organizationId = rows[0].id;
    return {
      ageing: await measureAgeing(client, organizationId, world.postgresPid),
      documents: await measureDocuments(),
      events: await measureEvents(world, client, organizationId),
    };
  } finally {
    await client.end();
  }
}
