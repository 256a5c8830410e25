// @ts-check
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { matches } from './search.mjs';

const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Mails are strangers: no scripts, no requests but for pictures of this machine; links open in a new tab. */
const MAIL_POLICY =
  'sandbox allow-popups allow-popups-to-escape-sandbox; ' +
  "default-src 'none'; style-src 'unsafe-inline'; img-src data: http://localhost:* http://127.0.0.1:*";

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 500;

/**
 * The mailbox's page and JSON API. There is no CORS header and only names of this machine are answered, so that
 * no website that happens to be open in a browser here can read the mails.
 *
 * @param {import('./mail-store.mjs').MailStore} store
 * @param {{ hosts: string[] }} options names besides localhost under which it may be reached
 * @returns {import('node:http').Server}
 */
export function createWebServer(store, { hosts }) {
  const allowed = new Set(['localhost', '127.0.0.1', '[::1]', ...hosts]);
  const files = pageFiles();
  return createServer((request, response) => {
    answer(request, { store, allowed, files }).then(
      (reply) => send(response, reply),
      (error) => send(response, json(error instanceof SyntaxError ? 400 : 500, { error: String(error) })),
    );
  });
}

/** @typedef {{ status: number, type: string, body: string | Buffer, policy?: string }} Reply */

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {{ store: import('./mail-store.mjs').MailStore, allowed: Set<string>, files: Map<string, Reply> }} mailbox
 * @returns {Promise<Reply>}
 */
async function answer(request, { store, allowed, files }) {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  if (!allowed.has(host)) return json(403, { error: 'This mailbox answers only under a name of its own machine.' });
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  switch (`${request.method === 'HEAD' ? 'GET' : request.method} ${pathname}`) {
    case 'GET /health':
      return json(200, { status: 'ok' });
    case 'GET /api/v1/messages':
      return list(store.list(), searchParams);
    case 'DELETE /api/v1/messages':
      return remove(store, await bodyOf(request));
    case 'GET /api/v1/search': {
      const query = searchParams.get('query') ?? '';
      const found = store.list().filter((mail) => matches(mail, query));
      return list(found, searchParams);
    }
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return json(404, { error: 'There is nothing here.' });
  return files.get(pathname) ?? one(store, pathname);
}

/** @param {import('./mail-store.mjs').MailSummary[]} mails @param {URLSearchParams} parameters */
function list(mails, parameters) {
  const start = whole(parameters.get('start'), 0, mails.length);
  const limit = whole(parameters.get('limit'), DEFAULT_LIMIT, MAX_LIMIT);
  return json(200, { total: mails.length, start, messages: mails.slice(start, start + limit) });
}

/** @param {string | null} text @param {number} fallback @param {number} most */
function whole(text, fallback, most) {
  const number = Number.parseInt(text ?? '', 10);
  return Number.isInteger(number) && number >= 0 ? Math.min(number, most) : fallback;
}

/** @param {import('./mail-store.mjs').MailStore} store @param {string} body empty: all; else `{"IDs": [...]}` */
async function remove(store, body) {
  const wanted = body.trim() === '' ? {} : JSON.parse(body);
  if (!Array.isArray(wanted?.IDs) || wanted.IDs.length === 0) await store.removeAll();
  else for (const id of wanted.IDs) await store.remove(String(id));
  return /** @type {Reply} */ ({ status: 200, type: 'text/plain; charset=utf-8', body: 'ok' });
}

/** @param {import('./mail-store.mjs').MailStore} store @param {string} path @returns {Promise<Reply>} */
async function one(store, path) {
  const [, id = '', form = ''] =
    /^\/api\/v1\/message\/([^/]+)(\/headers|\/raw)?$/.exec(path) ?? /^\/view\/([^/]+)(\.html|\.txt)$/.exec(path) ?? [];
  const known = id === 'latest' ? (store.list()[0]?.ID ?? '') : id;
  const mail = await store.read(known);
  if (mail === undefined) return json(404, { error: 'There is no such message.' });
  switch (form) {
    case '/headers':
      return json(200, mail.Headers);
    case '/raw':
      return ofMail('text/plain', (await store.readRaw(known)) ?? '');
    case '.txt':
      return ofMail('text/plain', mail.Text);
    case '.html':
      return ofMail('text/html', withLinksInNewTab(mail.HTML));
    default:
      return json(200, mail);
  }
}

/** @param {string} html */
function withLinksInNewTab(html) {
  const base = '<base target="_blank">';
  return /<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, (head) => `${head}${base}`) : `${base}${html}`;
}

/** @param {import('node:http').IncomingMessage} request */
async function bodyOf(request) {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > 1_000_000) throw new SyntaxError('The body is too large.');
  }
  return text;
}

/** @param {string} type @param {string | Buffer} body @returns {Reply} */
function ofMail(type, body) {
  return { status: 200, type: `${type}; charset=utf-8`, body, policy: MAIL_POLICY };
}

/** @param {number} status @param {unknown} value @returns {Reply} */
function json(status, value) {
  return { status, type: 'application/json; charset=utf-8', body: JSON.stringify(value) };
}

/** @param {import('node:http').ServerResponse} response @param {Reply} reply */
function send(response, reply) {
  const body = typeof reply.body === 'string' ? Buffer.from(reply.body) : reply.body;
  response.writeHead(reply.status, {
    'content-type': reply.type,
    'content-length': body.length,
    'content-security-policy': reply.policy ?? PAGE_POLICY,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

/** @returns {Map<string, Reply>} */
function pageFiles() {
  const file = (/** @type {string} */ name, /** @type {string} */ type) => ({
    status: 200,
    type: `${type}; charset=utf-8`,
    body: readFileSync(fileURLToPath(new URL(`page/${name}`, import.meta.url))),
  });
  return new Map([
    ['/', file('mailbox.html', 'text/html')],
    ['/mailbox.css', file('mailbox.css', 'text/css')],
    ['/mailbox.js', file('mailbox.js', 'text/javascript')],
  ]);
}
