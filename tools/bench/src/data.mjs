// @ts-check
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { BILLING_SLUG, invoicesIn, PAID_INVOICE } from './invoices.mjs';

export const ORGANIZATIONS = 50;
const ACCOUNTS_OF_EACH = 20;
const BIG_ACCOUNTS = 4;
export const COMMENTS_OF_EACH = 3;

/**
 * A signed-in portal user.
 *
 * @typedef {object} Customer
 * @property {string} token of the session
 * @property {string} slug of the portal
 * @property {string} organizationId
 * @property {string} billingAccountId
 * @property {string} ticketId newest unfinished ticket of the account
 *
 * A customer and a colleague of one organization, and the number of a ticket of that customer.
 * @typedef {object} Side
 * @property {Customer} customer
 * @property {string} staffToken
 * @property {string} number
 *
 * @typedef {object} Data
 * @property {Customer[]} readers one of each small organization
 * @property {Customer} writer has an account of its own, so that what it adds does not change what the readers see
 * @property {Side} small
 * @property {Side} big
 * @property {{ customer: Customer, invoiceId: string }} [billing] a customer of the organization with a million invoices
 *
 * @typedef {{ ticketsOfEach: number, bigTickets: number, invoices: number }} Size tickets of each small account, and of the big
 *   organization; invoices of one organization of its own, which is there only where it has some
 */

/**
 * Fills a migrated database: 50 organizations of 20 accounts with a portal user each, and one big organization of four
 * accounts; tickets in the order of their time and in every status, public comments on each, and sessions.
 * @param {string} url of the superuser
 * @param {Size} size
 * @param {string[]} more statements
 * @returns {Promise<Data>}
 */
export async function fillDatabase(url, size, more) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin');
    // An index of all rows at once takes a fraction of what their entries take one by one.
    const { rows: indexes } = await client.query(INDEXES);
    for (const { name } of indexes) await client.query(`drop index ${name}`);
    const { invoices } = size;
    for (const statement of [...filling(size), ...(invoices > 0 ? invoicesIn(invoices) : []), ...more])
      await client.query(statement);
    await client.query(INDEXING);
    await client.query('reset session_replication_role');
    for (const { definition } of indexes) await client.query(definition);
    const tokens = Array.from({ length: ORGANIZATIONS + 1 }, newToken);
    await client.query(SESSIONS, [tokens]);
    await client.query('commit');
    const [small, big] = [await sideOf(client, 'bench-1'), await sideOf(client, 'bench-big')];
    const billing = invoices > 0 ? await billingOf(client) : undefined;
    await client.query('vacuum analyze');
    const { rows } = await client.query(CUSTOMERS, [tokens]);
    const readers = rows.slice(0, ORGANIZATIONS);
    const writer = rows[ORGANIZATIONS];
    if (readers.length !== ORGANIZATIONS || writer === undefined) throw new Error('The sessions were not made');
    return { readers, writer, small, big, billing };
  } finally {
    await client.end();
  }
}

/** @param {pg.Client} client @param {string} slug @returns {Promise<Side>} */
async function sideOf(client, slug) {
  const [customerToken, staffToken] = [newToken(), newToken()];
  const { rows } = await client.query(SIDE, [slug, customerToken, staffToken]);
  const [{ number, ...customer }] = rows;
  return { customer: { ...customer, token: customerToken, slug }, staffToken, number };
}

/** @param {pg.Client} client */
async function billingOf(client) {
  const { customer } = await sideOf(client, BILLING_SLUG);
  const { rows } = await client.query(PAID_INVOICE, [customer.organizationId, customer.billingAccountId]);
  return { customer, invoiceId: rows[0].id };
}

const newToken = () => randomBytes(36).toString('base64url');

/** Status of ticket `t.n` of an account: in the big organization most are closed, and one in ten is unfinished. */
const STATUS_OF = {
  small: `(array['new', 'open', 'pending', 'on_hold', 'resolved', 'closed'])[1 + t.n % 6]`,
  big: `case when t.n % 10 > 0 then (array['closed', 'closed', 'closed', 'resolved'])[1 + t.n / 10 % 4]
    else (array['new', 'open', 'pending', 'on_hold'])[1 + t.n / 10 % 4] end`,
};

/** Every ticket has the frequent word; one of 5,000, and one of each small organization, the rare one. */
export const FREQUENT_WORD = 'conexão';
export const RARE_WORD = 'zabumba';

const DESCRIPTION = `repeat('A ${FREQUENT_WORD} cai por alguns minutos e volta sozinha. Já reiniciamos o modem e trocamos o cabo. ', 4)`;
const COMMENT = `repeat('Estamos olhando o histórico da linha e voltamos com uma posição ainda hoje. ', 3)`;

/**
 * Tickets of an account each, in the order of their time.
 * @param {string} accounts condition on the organization `o`
 * @param {number} ticketsOfEach
 * @param {string} status
 */
const ticketsOf = (accounts, ticketsOfEach, status) => `
  insert into tickets (organization_id, billing_account_id, id, portal_id, number, subject, description, type, priority, status,
      assignee_id, submitted_by_id, submitted_by_name, comment_count, last_reply_by, last_activity_at,
      created_at, updated_at, resolved_at, closed_at)
    select u.organization_id, u.billing_account_id, uuidv7(t.at - now()), p.id,
      'T-' || extract(year from t.at) || '-' || lpad(row_number() over (partition by u.organization_id order by t.at)::text, 6, '0'),
      'Internet cai todo dia por volta das 14h, ocorrência ' || t.n || case when t.n % 5000 = 50 then ' ${RARE_WORD}' else '' end,
      ${DESCRIPTION},
      (array['incident', 'change', 'request'])[1 + t.n % 3], (array['low', 'normal', 'high', 'urgent'])[1 + t.n / 3 % 4], s.status,
      w.id, u.id, u.name, ${COMMENTS_OF_EACH}, 'staff', t.at + interval '2 days', t.at, t.at + interval '2 days',
      case when s.status = 'resolved' then t.at + interval '2 days' end, case when s.status = 'closed' then t.at + interval '2 days' end
    from portal_users u
    join organizations o on o.id = u.organization_id
    join portals p on p.organization_id = u.organization_id
    cross join lateral (
      select n, now() - interval '5 days' - random() * interval '300 days' as at
      from generate_series(1, ${ticketsOfEach}) n where u.id is not null
    ) t
    cross join lateral (select ${status} as status) s
    left join staff_users w on w.organization_id = u.organization_id and t.n % 20 = 0
    where ${accounts}
    order by t.at`;

/** Public comments on every ticket of the organizations `o`. @param {string} accounts @param {number} each */
const commentsOn = (accounts, each) => `
  insert into ticket_comments (organization_id, billing_account_id, ticket_id, id, author_type, author_id, author_name, body, created_at)
    select t.organization_id, t.billing_account_id, t.id, uuidv7(t.created_at + n * interval '8 hours' - now()),
      case when n % 2 = 1 then 'staff' else 'portal' end, t.submitted_by_id,
      case when n % 2 = 1 then 'Rafael Nogueira' else t.submitted_by_name end,
      ${COMMENT}, t.created_at + n * interval '8 hours'
    from tickets t join organizations o on o.id = t.organization_id cross join generate_series(1, ${each}) n
    where ${accounts} order by t.created_at`;

const SMALL = `o.slug <> 'bench-big'`;
const BIG = `o.slug = 'bench-big'`;

/** Keys between the tables are made valid by their statements; to ask for a million rows again takes minutes. @param {Size} size */
const filling = ({ ticketsOfEach, bigTickets, invoices }) => [
  `set local session_replication_role = replica`,
  `set maintenance_work_mem = '256MB'`,
  `insert into organizations (id, slug, name)
    select uuidv7(), 'bench-' || n, 'Organization ' || n from generate_series(1, ${ORGANIZATIONS}) n
    union all select uuidv7(), 'bench-big', 'Big organization'
    ${invoices > 0 ? `union all select uuidv7(), '${BILLING_SLUG}', 'Organization with invoices'` : ''}`,
  `insert into portals (organization_id, id, slug, name, is_default) select id, uuidv7(), slug, name, true from organizations`,
  `insert into roles (organization_id, id, name, permissions, is_default)
    select id, uuidv7(), 'Administração', '{tickets:create,tickets:read_own,tickets:read_account,kb:read}', true
    from organizations`,
  `insert into staff_users (organization_id, id, email, name, role)
    select id, uuidv7(), 'rafael@' || slug || '.example', 'Rafael Nogueira', 'agent' from organizations`,
  `insert into billing_accounts (organization_id, id, name, external_id)
    select o.id, uuidv7(), 'Account ' || n, 'A-' || n
    from organizations o cross join generate_series(1, ${ACCOUNTS_OF_EACH}) n where ${SMALL} or n <= ${BIG_ACCOUNTS}`,
  `insert into portal_users (organization_id, billing_account_id, id, email, name, role_id, email_proved_at)
    select a.organization_id, a.id, uuidv7(), lower(a.external_id) || '@' || o.slug || '.example', 'Ana Ribeiro ' || a.external_id, r.id, now()
    from billing_accounts a
    join organizations o on o.id = a.organization_id
    join roles r on r.organization_id = a.organization_id`,
  `insert into ticket_counters (organization_id, id, year, last_number)
    select o.id, uuidv7(), y, case when ${BIG} then ${bigTickets} else ${ACCOUNTS_OF_EACH * ticketsOfEach} end
    from organizations o cross join generate_series(extract(year from now())::integer - 1, extract(year from now())::integer + 1) y`,
  ticketsOf(SMALL, ticketsOfEach, STATUS_OF.small),
  ticketsOf(BIG, bigTickets / BIG_ACCOUNTS, STATUS_OF.big),
  commentsOn(SMALL, COMMENTS_OF_EACH),
  commentsOn(BIG, 1),
];

/** Indexes of the large tables that are no keys. */
const INDEXES = `
  select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
  where i.indrelid in ('tickets'::regclass, 'ticket_comments'::regclass, 'ticket_search'::regclass, 'invoices'::regclass,
    'ledger_entries'::regclass) and not i.indisunique`;

/**
 * What the job makes tickets findable by. Most of their words are the same, so those are cut once: to cut them again for
 * each ticket would take a quarter of an hour.
 */
const INDEXING = `
  insert into ticket_search (organization_id, billing_account_id, submitted_by_id, ticket_id, words)
    select t.organization_id, t.billing_account_id, t.submitted_by_id, t.id,
      shared.words || to_tsvector('simple', translate(t.number || ' ' || ltrim(right(t.number, 6), '0') || regexp_replace(t.subject, '^.*ocorrência', ''), '-', ' '))
    from tickets t cross join (
      select search_vector('pt-BR', concat_ws(' ', 'Internet cai todo dia por volta das 14h, ocorrência', u.name, ${DESCRIPTION},
        ${COMMENT})) as words
      from portal_users u limit 1) shared`;

/** Tokens go to the first account of each organization in turn; the one left over to the first's second account. */
const CHOSEN = `
  select u.*, o.slug, token, place from unnest($1::text[]) with ordinality as given (token, place)
  join organizations o on o.slug = 'bench-' || (1 + (place - 1) % ${ORGANIZATIONS})
  join billing_accounts a on a.organization_id = o.id and a.external_id = 'A-' || (1 + (place - 1) / ${ORGANIZATIONS})
  join portal_users u on u.organization_id = a.organization_id and u.billing_account_id = a.id`;

/** @param {string} chosen rows of portal users with `token` */
const sessionsOf = (chosen) => `
  insert into sessions (id, token_hash, realm, organization_id, portal_id, billing_account_id, subject_id, credential_version,
    methods, ip, user_agent, expires_at, absolute_expires_at)
  select uuidv7(), sha256(convert_to(c.token, 'UTF8')), 'portal', c.organization_id, p.id, c.billing_account_id, c.id,
    c.credential_version, '{password}', '127.0.0.1', 'bench', now() + interval '1 day', now() + interval '1 day'
  from (${chosen}) c join portals p on p.organization_id = c.organization_id`;

const SESSIONS = sessionsOf(CHOSEN);

const NEWEST = `
  select t.id from tickets t where t.organization_id = c.organization_id and t.billing_account_id = c.billing_account_id
    and t.status not in ('resolved', 'closed') and t.assignee_id is null
  order by t.created_at desc limit 1`;

const CUSTOMERS = `
  select c.token, c.slug, c.organization_id as "organizationId", c.billing_account_id as "billingAccountId",
    (${NEWEST}) as "ticketId"
  from (${CHOSEN}) c order by c.place`;

const SIDE = `
  with person as materialized (
    select u.*, $2::text as token from portal_users u join organizations o on o.id = u.organization_id
    where o.slug = $1 order by u.email limit 1
  ), session as (${sessionsOf('select * from person')}), staff_session as (
    insert into sessions (id, token_hash, realm, organization_id, subject_id, credential_version, methods, ip, user_agent, expires_at,
      absolute_expires_at)
    select uuidv7(), sha256(convert_to($3, 'UTF8')), 'staff', s.organization_id, s.id, s.credential_version, '{password}', '127.0.0.1', 'bench',
      now() + interval '1 day', now() + interval '1 day'
    from staff_users s join organizations o on o.id = s.organization_id where o.slug = $1
  )
  select c.organization_id as "organizationId", c.billing_account_id as "billingAccountId", t.id as "ticketId", t.number
  from person c join tickets t on t.organization_id = c.organization_id and t.id = (${NEWEST})`;
