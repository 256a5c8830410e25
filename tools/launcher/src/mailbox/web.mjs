// @ts-check
import { readFileSync } from 'node:fs';
import Fastify from 'fastify';
import { matches } from './search.mjs';

const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
};

/** Mails are strangers: no scripts, no requests but for pictures of this machine; links open in a new tab. */
const MAIL_POLICY =
  'sandbox allow-popups allow-popups-to-escape-sandbox; ' +
  "default-src 'none'; style-src 'unsafe-inline'; img-src data: http://localhost:* http://127.0.0.1:*";

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 500;
const PAGE = { '': 'text/html', 'mailbox.css': 'text/css', 'mailbox.js': 'text/javascript' };
/** What is shown of one mail, by the end of its address. @type {Record<string, [type: string, (mail: Mail) => unknown]>} */
const FORMS = {
  '/api/v1/message/:id': ['application/json', (mail) => mail],
  '/api/v1/message/:id/headers': ['application/json', (mail) => mail.Headers],
  '/view/:id([0-9a-z-]+).txt': ['text/plain', (mail) => mail.Text],
  '/view/:id([0-9a-z-]+).html': ['text/html', (mail) => withLinksInNewTab(mail.HTML)],
};

/** @typedef {import('./mail-store.mjs').MailStore} MailStore */
/** @typedef {import('./mail-store.mjs').Mail} Mail */

/**
 * The mailbox's page and JSON API. There is no CORS header and only names of this machine are answered, so that
 * no website that happens to be open in a browser here can read the mails.
 * @param {MailStore} store
 * @param {{ hosts: string[] }} options names besides localhost under which it may be reached
 * @returns {Promise<import('node:http').Server>}
 */
export async function createWebServer(store, { hosts }) {
  const allowed = new Set(['localhost', '127.0.0.1', '[::1]', ...hosts]);
  const app = Fastify({ bodyLimit: 1_000_000 });
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(HEADERS);
    if (!allowed.has((request.headers.host ?? '').replace(/:\d+$/, '')))
      return reply.code(403).send({ error: 'This mailbox answers only under a name of its own machine.' });
    return undefined;
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: 'There is nothing here.' }));

  for (const [name, type] of Object.entries(PAGE)) {
    const file = readFileSync(new URL(`page/${name || 'mailbox.html'}`, import.meta.url));
    app.get(`/${name}`, (_request, reply) => reply.type(`${type}; charset=utf-8`).send(file));
  }
  app.get('/health', async () => ({ status: 'ok' }));
  app.get('/api/v1/messages', async ({ query }) => list(store.list(), query));
  app.get('/api/v1/search', async ({ query }) => {
    const { query: words = '' } = /** @type {{ query?: string }} */ (query);
    return list(
      store.list().filter((mail) => matches(mail, words)),
      query,
    );
  });
  // A body is JSON, whatever it says of itself.
  app.removeAllContentTypeParsers();
  const read = app.getDefaultJsonParser('error', 'ignore');
  app.addContentTypeParser('*', { parseAs: 'string' }, (request, text, done) =>
    String(text).trim() ? read(request, String(text), done) : done(null),
  );
  app.delete('/api/v1/messages', async ({ body }) => {
    const wanted = /** @type {{ IDs?: unknown } | undefined} */ (body)?.IDs;
    if (!Array.isArray(wanted) || wanted.length === 0) await store.removeAll();
    else for (const id of wanted) await store.remove(String(id));
    return 'ok';
  });

  const idOf = (/** @type {unknown} */ params) => {
    const { id } = /** @type {{ id: string }} */ (params);
    return id === 'latest' ? (store.list()[0]?.ID ?? '') : id;
  };
  for (const [path, [type, show]] of Object.entries(FORMS))
    app.get(path, async ({ params }, reply) => {
      const mail = await store.read(idOf(params));
      if (mail === undefined) return reply.code(404).send({ error: 'There is no such message.' });
      if (type !== 'application/json') reply.header('content-security-policy', MAIL_POLICY);
      return reply.type(`${type}; charset=utf-8`).send(show(mail));
    });
  app.get('/api/v1/message/:id/raw', async ({ params }, reply) => {
    const raw = await store.readRaw(idOf(params));
    if (raw === undefined) return reply.code(404).send({ error: 'There is no such message.' });
    return reply.header('content-security-policy', MAIL_POLICY).type('text/plain; charset=utf-8').send(raw);
  });
  await app.ready();
  return app.server;
}

/** @param {import('./mail-store.mjs').MailSummary[]} mails @param {unknown} query `start` and `limit` */
function list(mails, query) {
  const asked = /** @type {{ start?: string, limit?: string }} */ (query);
  const start = whole(asked.start, 0, mails.length);
  const limit = whole(asked.limit, DEFAULT_LIMIT, MAX_LIMIT);
  return { total: mails.length, start, messages: mails.slice(start, start + limit) };
}

/** @param {string | undefined} text @param {number} fallback @param {number} most */
function whole(text, fallback, most) {
  const number = Number.parseInt(text ?? '', 10);
  return Number.isInteger(number) && number >= 0 ? Math.min(number, most) : fallback;
}

/** @param {string} html */
function withLinksInNewTab(html) {
  const base = '<base target="_blank">';
  return /<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, (head) => `${head}${base}`) : `${base}${html}`;
}
