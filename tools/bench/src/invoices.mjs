// @ts-check
// What is measured of invoices: one organization has a million of them, of a thousand customers.
import { deepStrictEqual } from 'node:assert';
import { signedIn } from './customer.mjs';
import { ANY_ID, statementsOf } from './row-statements.mjs';

const MODULE = new URL('../../../libs/modules/billing/dist/', import.meta.url);
const MONEY = new URL('../../../libs/money/dist/index.js', import.meta.url);
export const BILLING_SLUG = 'bench-billing';
/**
 * A thousand customers have them, or as many as have enough of them for a page and a quarter's statement.
 * @param {number} invoices
 */
const customersOf = (invoices) => Math.max(21, Math.min(1_000, Math.floor(invoices / 60)));
/** Customers that have somebody who signs in; theirs alone have what paid and what happened, too. */
const TOLD_WHOLE = 'substr(a.external_id, 3)::integer <= 20';
const TIME_ZONE = 'America/Sao_Paulo';

const ACCOUNTS = `
  select a.* from billing_accounts a join organizations o on o.id = a.organization_id where o.slug = '${BILLING_SLUG}'`;

/** @param {number} invoices */
export const invoicesIn = (invoices) => [
  `insert into billing_accounts (organization_id, id, name, external_id)
    select o.id, uuidv7(), 'Account ' || n, 'A-' || n
    from organizations o cross join generate_series(21, ${customersOf(invoices)}) n where o.slug = '${BILLING_SLUG}'`,
  `update roles r set permissions = permissions || '{invoices:read}' from organizations o
    where o.id = r.organization_id and o.slug = '${BILLING_SLUG}'`,
  // One every four days, the newest of each customer still to be paid.
  `insert into invoices (organization_id, billing_account_id, id, currency, title, number, sequence_year, sequence, due_on, payable_until,
      subtotal, total, settled, received, settled_at, issuer, bill_to, check_code, opened_on, opened_at, created_at, updated_at)
    select t.organization_id, t.account, uuidv7(t.at - now()), 'BRL', 'Mensalidade ' || t.n, 'F-2026-' || lpad(t.place::text, 7, '0'), 2026, t.place,
      t.day + 10, t.day + 10, 10000 + t.n, 10000 + t.n, case when t.n > 1 then 10000 + t.n else 0 end, case when t.n > 1 then 10000 + t.n else 0 end,
      case when t.n > 1 then t.at + interval '3 days' end,
      jsonb_build_object('name', 'Aurora', 'legalName', null, 'taxId', null, 'address', null, 'email', null, 'phone', null),
      jsonb_build_object('name', t.name, 'legalName', null, 'taxId', null, 'address', null, 'email', null, 'phone', null),
      translate(upper(lpad(to_hex(t.place), 8, '0')), '01', 'GH'), t.day, t.at, t.at, t.at
    from (
      select a.organization_id, a.id as account, a.name, n, row_number() over () as place, date_trunc('milliseconds', now() - n * interval '4 days') as at,
        (now() - n * interval '4 days')::date as day
      from (${ACCOUNTS}) a cross join generate_series(1, ${Math.floor(invoices / customersOf(invoices))}) n
    ) t`,
  `insert into invoice_lines (organization_id, billing_account_id, invoice_id, id, position, description, quantity, unit_price, gross, discount,
      shared_discount, tax)
    select i.organization_id, i.billing_account_id, i.id, uuidv7(), 0, 'Fibra Empresarial 600', 1, i.total, i.total, 0, 0, 0 from invoices i`,
  `insert into ledger_accounts (organization_id, billing_account_id, currency, balance)
    select i.organization_id, i.billing_account_id, 'BRL', sum(i.total - i.settled) from invoices i group by 1, 2`,
  `insert into ledger_entries (organization_id, billing_account_id, id, currency, kind, amount, allocated, source_id, invoice_id, posted_on, posted_at)
    select i.organization_id, i.billing_account_id, uuidv7(i.opened_at - now()), 'BRL', 'invoice', i.total, i.settled, i.id, i.id, i.opened_on, i.opened_at
    from invoices i`,
  `insert into deposits (organization_id, billing_account_id, id, currency, amount, method, received_on, recorded_at)
    select i.organization_id, i.billing_account_id, i.id, 'BRL', i.total, 'pix', i.opened_on + 3, i.opened_at + interval '3 days'
    from invoices i join (${ACCOUNTS}) a on a.id = i.billing_account_id where ${TOLD_WHOLE} and i.settled > 0`,
  `insert into ledger_entries (organization_id, billing_account_id, id, currency, kind, amount, allocated, source_id, posted_on, posted_at)
    select d.organization_id, d.billing_account_id, uuidv7(d.recorded_at - now()), 'BRL', 'deposit', d.amount, d.amount, d.id, d.received_on, d.recorded_at
    from deposits d`,
  `insert into allocations (organization_id, billing_account_id, id, currency, debit_id, credit_id, amount, posted_at)
    select e.organization_id, e.billing_account_id, uuidv7(), 'BRL', d.id, e.id, e.amount, e.posted_at
    from ledger_entries e join ledger_entries d on d.organization_id = e.organization_id and d.kind = 'invoice' and d.source_id = e.source_id
    where e.kind = 'deposit'`,
  `insert into invoice_events (organization_id, billing_account_id, invoice_id, id, kind, amount, actor_type, created_at)
    select i.organization_id, i.billing_account_id, i.id, uuidv7(), k.kind, i.total, 'system', i.opened_at + k.later
    from invoices i join (${ACCOUNTS}) a on a.id = i.billing_account_id
    cross join (values ('opened', interval '0'), ('paid', interval '3 days')) k (kind, later) where ${TOLD_WHOLE}`,
];

/** An invoice of that customer that was paid. */
export const PAID_INVOICE = `
  select i.id from invoices i where i.organization_id = $1 and i.billing_account_id = $2 and i.settled > 0 order by i.opened_at desc limit 1`;

/**
 * @typedef {object} InvoiceStatements what the bare server needs to answer that customer
 * @property {string} token
 * @property {string} today of the organization
 * @property {import('./row-statements.mjs').Statement[]} list
 * @property {import('./row-statements.mjs').Statement[]} detail
 * @property {import('./row-statements.mjs').Statement[]} statement
 * @property {{ currency: string, from: string, to: string }} period
 */

/**
 * The statements with which the product reads a customer's invoices and books, taken from its own build.
 * @param {import('./data.mjs').Customer} customer
 * @returns {Promise<InvoiceStatements>}
 */
export async function invoiceStatements(customer) {
  const { ageing, listPortalInvoices } = await import(new URL('persistence/invoice-list.js', MODULE).href);
  const { InvoiceRepository } = await import(new URL('persistence/invoice.repository.js', MODULE).href);
  const { accountName, readStatement } = await import(new URL('persistence/statement.js', MODULE).href);
  const { addMonths, dayAt } = await import(MONEY.href);
  const today = dayAt(new Date(), TIME_ZONE);
  const period = { currency: 'BRL', from: addMonths(today, -3), to: today };
  const { billingAccountId } = customer;
  return {
    token: customer.token,
    today,
    period,
    list: await statementsOf(customer, (db) => listPortalInvoices(db, { sort: '-dueOn', limit: 50, offset: 0 }, today)),
    detail: await statementsOf(customer, (db) => new InvoiceRepository().detail(db, ANY_ID)),
    statement: await statementsOf(customer, (db) =>
      Promise.all([
        accountName(db, billingAccountId),
        readStatement(db, { billingAccountId, ...period }),
        ageing(db, today, billingAccountId),
      ]),
    ),
  };
}

/**
 * List, detail and statement, each beside the bare server's.
 * @param {import('./world.mjs').World} world
 * @param {(productUrl: string, bareUrl: string, request: { path: string, headers: Record<string, string> }, demand: (body: any) => void) => Promise<string>} sameAnswers
 * @returns {Promise<import('./run-bench.mjs').Measurement[]>}
 */
export async function invoiceMeasurements({ product, bare, data }, sameAnswers) {
  if (data.billing === undefined) return [];
  const { customer, invoiceId } = data.billing;
  const of = (/** @type {string} */ path) => ({
    method: /** @type {const} */ ('GET'),
    path: `/o/${customer.slug}/api/v1/portal/${path}`,
    headers: signedIn(customer),
  });
  const requests = {
    list: of('invoices?sort=-dueOn&page=1&limit=50'),
    detail: of(`invoices/${invoiceId}`),
    statement: of('statement'),
  };
  await sameAnswers(product.url, bare.url, requests.list, (body) => deepStrictEqual(body.data.length, 50));
  await sameAnswers(product.url, bare.url, requests.detail, ({ invoice }) => {
    deepStrictEqual([invoice.lines.length, invoice.settlements.length, invoice.history.length], [1, 1, 2]);
  });
  await sameAnswers(product.url, bare.url, requests.statement, (body) => deepStrictEqual(body.lines.length > 40, true));
  return Object.entries(requests).flatMap(([name, request]) => [
    { name: `invoices, ${name}`, server: /** @type {const} */ ('product'), requests: [request], status: 200 },
    { name: `invoices, ${name}, bare`, server: /** @type {const} */ ('bare'), requests: [request], status: 200 },
  ]);
}
