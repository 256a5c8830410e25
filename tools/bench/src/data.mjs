// @ts-check
import { randomBytes } from 'node:crypto';
import pg from 'pg';

export const ORGANIZATIONS = 50;
const ACCOUNTS_OF_EACH = 20;
export const TICKETS_OF_EACH = 100;
export const COMMENTS_OF_EACH = 3;

/**
 * A signed-in portal user.
 *
 * @typedef {object} Customer
 * @property {string} token of the session
 * @property {string} slug of the portal
 * @property {string} organizationId
 * @property {string} billingAccountId
 * @property {string} ticketId newest ticket of the account
 */

/**
 * Fills a migrated database: 50 organizations, 1,000 accounts with a portal user each, 100,000 tickets in the order
 * of their time, three public comments on each, and a session for two customers of every organization.
 *
 * @param {string} url of the superuser
 * @returns {Promise<{ readers: Customer[], writer: Customer }>} one reader of each organization; the writer has an
 *   account of its own, so that what it adds does not change what the readers see
 */
export async function fillDatabase(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin');
    for (const statement of FILLING) await client.query(statement);
    const tokens = Array.from({ length: ORGANIZATIONS + 1 }, () => randomBytes(36).toString('base64url'));
    await client.query(SESSIONS, [tokens]);
    await client.query('commit');
    await client.query('vacuum analyze');
    const { rows } = await client.query(CUSTOMERS, [tokens]);
    const readers = rows.slice(0, ORGANIZATIONS);
    const writer = rows[ORGANIZATIONS];
    if (readers.length !== ORGANIZATIONS || writer === undefined) throw new Error('The sessions were not made');
    return { readers, writer };
  } finally {
    await client.end();
  }
}

/** Keys between the tables are made valid by their statements; asking for each of 400,000 rows again takes a minute. */
const FILLING = [
  `set local session_replication_role = replica`,
  `insert into organizations (id, slug, name)
    select uuidv7(), 'bench-' || n, 'Organization ' || n from generate_series(1, ${ORGANIZATIONS}) n`,
  `insert into portals (organization_id, id, slug, name, is_default) select id, uuidv7(), slug, name, true from organizations`,
  `insert into roles (organization_id, id, name, permissions, is_default)
    select id, uuidv7(), 'Administração', '{tickets:create,tickets:read_own,tickets:read_account,invoices:read,kb:read}', true
    from organizations`,
  `insert into billing_accounts (organization_id, id, name, external_id)
    select o.id, uuidv7(), 'Account ' || n, 'A-' || n from organizations o cross join generate_series(1, ${ACCOUNTS_OF_EACH}) n`,
  `insert into portal_users (organization_id, billing_account_id, id, email, name, role_id)
    select a.organization_id, a.id, uuidv7(), lower(a.external_id) || '@' || o.slug || '.example', 'Ana Ribeiro ' || a.external_id, r.id
    from billing_accounts a
    join organizations o on o.id = a.organization_id
    join roles r on r.organization_id = a.organization_id`,
  `insert into ticket_counters (organization_id, id, year, last_number)
    select o.id, uuidv7(), y, ${ACCOUNTS_OF_EACH * TICKETS_OF_EACH}
    from organizations o cross join generate_series(extract(year from now())::integer - 1, extract(year from now())::integer + 1) y`,
  `insert into tickets (organization_id, billing_account_id, id, portal_id, number, subject, description, type, priority, status,
      submitted_by_id, submitted_by_name, public_comment_count, last_reply_by, last_activity_at, created_at, updated_at)
    select u.organization_id, u.billing_account_id, uuidv7(t.at - now()), p.id,
      'T-' || extract(year from t.at) || '-' || lpad(row_number() over (partition by u.organization_id order by t.at)::text, 6, '0'),
      'Internet cai todo dia por volta das 14h, ocorrência ' || t.n,
      repeat('A conexão cai por alguns minutos e volta sozinha. Já reiniciamos o modem e trocamos o cabo. ', 4),
      (array['incident', 'change', 'request'])[1 + t.n % 3], (array['low', 'normal', 'high', 'urgent'])[1 + t.n % 4],
      (array['new', 'open', 'pending'])[1 + t.n % 3], u.id, u.name, ${COMMENTS_OF_EACH}, 'staff', t.at + interval '2 days',
      t.at, t.at + interval '2 days'
    from portal_users u
    join portals p on p.organization_id = u.organization_id
    cross join lateral (
      select n, now() - interval '5 days' - random() * interval '300 days' as at
      from generate_series(1, ${TICKETS_OF_EACH}) n where u.id is not null
    ) t
    order by t.at`,
  `insert into ticket_comments (organization_id, billing_account_id, ticket_id, id, author_type, author_id, author_name, body, created_at)
    select t.organization_id, t.billing_account_id, t.id, uuidv7(t.created_at + n * interval '8 hours' - now()),
      case when n % 2 = 1 then 'staff' else 'portal_user' end, t.submitted_by_id,
      case when n % 2 = 1 then 'Rafael Nogueira' else t.submitted_by_name end,
      repeat('Estamos olhando o histórico da linha e voltamos com uma posição ainda hoje. ', 3), t.created_at + n * interval '8 hours'
    from tickets t cross join generate_series(1, ${COMMENTS_OF_EACH}) n
    order by t.created_at`,
];

/** Tokens go to the first account of each organization in turn; the one left over to the first's second account. */
const CHOSEN = `
  select u.*, o.slug, token, place from unnest($1::text[]) with ordinality as given (token, place)
  join organizations o on o.slug = 'bench-' || (1 + (place - 1) % ${ORGANIZATIONS})
  join billing_accounts a on a.organization_id = o.id and a.external_id = 'A-' || (1 + (place - 1) / ${ORGANIZATIONS})
  join portal_users u on u.organization_id = a.organization_id and u.billing_account_id = a.id`;

const SESSIONS = `
  insert into sessions (id, token_hash, realm, organization_id, portal_id, billing_account_id, subject_id, credential_version,
    ip, user_agent, expires_at, absolute_expires_at)
  select uuidv7(), sha256(convert_to(c.token, 'UTF8')), 'portal', c.organization_id, p.id, c.billing_account_id, c.id,
    c.credential_version, '127.0.0.1', 'bench', now() + interval '1 day', now() + interval '1 day'
  from (${CHOSEN}) c join portals p on p.organization_id = c.organization_id`;

const CUSTOMERS = `
  select c.token, c.slug, c.organization_id as "organizationId", c.billing_account_id as "billingAccountId",
    (select t.id from tickets t where t.organization_id = c.organization_id and t.billing_account_id = c.billing_account_id
      order by t.created_at desc limit 1) as "ticketId"
  from (${CHOSEN}) c order by c.place`;
