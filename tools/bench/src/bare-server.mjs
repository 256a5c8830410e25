// @ts-check
// The yardstick: Fastify and pg, and nothing else. Tokens are kept in memory, the connection is the superuser's (no
// row-level security), the row statements are the product's own, prepared once per connection.
import { readFileSync } from 'node:fs';
import Fastify from 'fastify';
import pg from 'pg';
import { answerInvoices, readAmountsAndDays } from './bare-invoices.mjs';

const [port, databaseUrl, statementsFile = ''] = process.argv.slice(2);
/** @type {{ customers: import('./row-statements.mjs').CustomerStatements[], invoices?: import('./invoices.mjs').InvoiceStatements }} */
const { customers, invoices } = JSON.parse(readFileSync(statementsFile, 'utf8'));
const byToken = new Map(customers.map((customer) => [customer.token, customer]));

const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
const server = Fastify();

server.get('/health', async () => 'ok');

server.get('/o/:slug/api/v1/portal/tickets', async (request, reply) => {
  const customer = customerOf(request);
  if (customer === undefined) return reply.code(401).send();
  const { rows } = await pool.query({ name: 'list', ...customer.list });
  return firstPage(rows);
});

server.get('/o/:slug/api/v1/portal/tickets/:id', async (request, reply) => {
  const customer = customerOf(request);
  if (customer === undefined) return reply.code(401).send();
  const { id } = /** @type {{ id: string }} */ (request.params);
  const values = customer.detail.values.map((value) => value ?? id);
  const { rows } = await pool.query({ name: 'detail', text: customer.detail.text, values });
  return rows[0] === undefined ? reply.code(404).send() : { ticket: ticket(rows[0]) };
});

// The best that Fastify and pg can do: a statement without anything else in it, and a serializer compiled for its rows.
const [text, integer, time] = [{ type: 'string' }, { type: 'integer' }, { type: 'string', format: 'date-time' }];
const object = (/** @type {object} */ properties) => ({ type: 'object', properties });
const TEXTS = ['id', 'number', 'ticketNumber', 'subject', 'title', 'status', 'priority', 'type', 'source'];
const ITEM = object({
  ...Object.fromEntries(TEXTS.map((name) => [name, text])),
  createdAt: time,
  updatedAt: time,
  commentCount: integer,
  submittedBy: object({ id: text, name: text }),
});
const PAGINATION = { page: integer, limit: integer, total: integer, totalExact: { type: 'boolean' }, nextCursor: text };
const BEST = { 200: object({ data: { type: 'array', items: ITEM }, pagination: object(PAGINATION) }) };
const ROWS = `select id, number, subject, status, priority, type, source, created_at as "createdAt", updated_at as "updatedAt",
    comment_count as "commentCount", submitted_by_id as "submittedById", submitted_by_name as "submittedByName",
    (select count(*)::integer from (select from tickets where organization_id = $1 and billing_account_id = $2 limit 1001) t) as counted
  from tickets where organization_id = $1 and billing_account_id = $2 order by created_at desc, id desc limit 51`;
server.get(
  '/best/o/:slug/api/v1/portal/tickets',
  { schema: /** @type {import('fastify').FastifySchema} */ ({ response: BEST }) },
  async (request, reply) => {
    const customer = customerOf(request);
    if (customer === undefined) return reply.code(401).send();
    const { rows } = await pool.query({ name: 'best', text: ROWS, values: customer.account });
    return firstPage(rows);
  },
);

if (invoices !== undefined) {
  readAmountsAndDays();
  await answerInvoices(server, pool, invoices);
}

await server.listen({ port: Number(port), host: '127.0.0.1' });

/** @param {import('fastify').FastifyRequest} request */
function customerOf(request) {
  return byToken.get(request.headers.authorization?.slice('Bearer '.length) ?? '');
}

/** @param {any} row */
function item(row) {
  return {
    id: row.id,
    number: row.number,
    ticketNumber: row.number,
    subject: row.subject,
    title: row.subject,
    status: row.status,
    priority: row.priority,
    type: row.type,
    source: row.source,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    commentCount: row.commentCount,
    submittedBy: { id: row.submittedById, name: row.submittedByName },
  };
}

/** @param {any} row */
function ticket(row) {
  return {
    ...item(row),
    description: row.description,
    organizationId: row.organizationId,
    orgId: row.organizationId,
    billingAccountId: row.billingAccountId,
    assignee: null,
    externalTicketId: row.externalTicketId,
    externalTicketUrl: row.externalTicketUrl,
    resolvedAt: row.resolvedAt,
    closedAt: row.closedAt,
    closesAt: row.autoCloseAt,
    canReopen: false,
    comments: row.conversation.comments.map((/** @type {any} */ comment) => ({
      id: comment.id,
      body: comment.body,
      content: comment.body,
      authorType: comment.authorType,
      authorName: comment.authorName,
      mine: comment.authorType === 'portal' && comment.authorId === row.submittedById,
      isPublic: comment.isPublic,
      createdAt: new Date(comment.createdAt),
      editedAt: null,
      removed: comment.deletedAt !== null,
      canChange: false,
    })),
    olderComments: row.conversation.olderComments,
    history: row.history,
    invoice: row.invoice,
  };
}

/** @param {any[]} rows as many as fit a page, and one more */
function firstPage(rows) {
  const page = rows.slice(0, 50);
  const counted = rows[0]?.counted ?? 0;
  const last = page.at(-1);
  const cursor = JSON.stringify(['-createdAt', last.createdAt.getTime(), last.id]);
  return {
    data: page.map(item),
    pagination: {
      page: 1,
      limit: 50,
      total: Math.min(counted, 1000),
      totalExact: counted <= 1000,
      nextCursor: Buffer.from(cursor).toString('base64url'),
    },
  };
}
