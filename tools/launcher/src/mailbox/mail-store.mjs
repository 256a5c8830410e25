// @ts-check
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime from 'postal-mime';

/** The line put before a stored message: who it was for, including blind copies. */
const RECIPIENTS = 'X-Mailbox-Recipients: ';
const MAX_MAILS = 2_000;
const SNIPPET_LENGTH = 200;

/** @typedef {{ Name: string, Address: string }} Person */

/** @typedef {Awaited<ReturnType<typeof parse>>} Mail */
/** @typedef {Omit<Mail, 'Text' | 'HTML' | 'Headers'>} MailSummary */

/** The received mails: one `.eml` file each, named so that the order of names is the order of arrival. */
export class MailStore {
  /** @type {Map<string, MailSummary>} oldest first */
  #summaries = new Map();
  #lastTime = 0;

  /** @param {string} folder */
  constructor(folder) {
    /** @readonly */
    this.folder = folder;
  }

  /** Reads what earlier runs received. A file that is not a mail is left alone. */
  async open() {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const names = (await readdir(this.folder)).filter((name) => /^[0-9a-z]+-[0-9a-f]+\.eml$/.test(name)).sort();
    for (const name of names) {
      const id = name.slice(0, -'.eml'.length);
      const mail = await this.read(id);
      if (mail !== undefined) this.#summaries.set(id, summaryOf(mail));
    }
  }

  /**
   * @param {Buffer} raw the message as it was sent
   * @param {string[]} recipients of the envelope
   * @returns {Promise<MailSummary>}
   */
  async add(raw, recipients) {
    const id = this.#nextId();
    const file = join(this.folder, `${id}.eml`);
    const line = `${RECIPIENTS}${recipients.map((address) => address.replaceAll(/[\r\n,]/g, '')).join(', ')}\r\n`;
    await writeFile(`${file}.new`, Buffer.concat([Buffer.from(line), raw]), { mode: 0o600 });
    await rename(`${file}.new`, file);
    const summary = summaryOf(await parse(id, raw, recipients));
    this.#summaries.set(id, summary);
    for (const oldest of [...this.#summaries.keys()].slice(0, Math.max(0, this.#summaries.size - MAX_MAILS))) {
      await this.remove(oldest);
    }
    return summary;
  }

  /** @returns {MailSummary[]} newest first */
  list() {
    return [...this.#summaries.values()].reverse();
  }

  /** The message as it was sent. @param {string} id @returns {Promise<Buffer | undefined>} */
  async readRaw(id) {
    return (await this.#readFile(id))?.raw;
  }

  /** @param {string} id @returns {Promise<Mail | undefined>} */
  async read(id) {
    const file = await this.#readFile(id);
    return file === undefined ? undefined : parse(id, file.raw, file.recipients);
  }

  /** @param {string} id */
  async remove(id) {
    if (!this.#summaries.delete(id)) return;
    await rm(join(this.folder, `${id}.eml`), { force: true });
  }

  async removeAll() {
    for (const id of [...this.#summaries.keys()]) await this.remove(id);
  }

  /** Names sort by time, also for two mails of the same millisecond. */
  #nextId() {
    this.#lastTime = Math.max(Date.now(), this.#lastTime + 1);
    return `${this.#lastTime.toString(36).padStart(9, '0')}-${randomBytes(4).toString('hex')}`;
  }

  /** @param {string} id @returns {Promise<{ raw: Buffer, recipients: string[] } | undefined>} */
  async #readFile(id) {
    if (!/^[0-9a-z]+-[0-9a-f]+$/.test(id)) return undefined;
    const stored = await readFile(join(this.folder, `${id}.eml`)).catch(() => undefined);
    if (stored === undefined) return undefined;
    const end = stored.indexOf('\r\n');
    const first = stored.subarray(0, end).toString('utf8');
    if (end < 0 || !first.startsWith(RECIPIENTS)) return { raw: stored, recipients: [] };
    return { raw: stored.subarray(end + 2), recipients: first.slice(RECIPIENTS.length).split(', ').filter(Boolean) };
  }
}

/** @param {string} id @param {Buffer} raw @param {string[]} recipients */
async function parse(id, raw, recipients) {
  const email = await PostalMime.parse(raw);
  const to = people(email.to);
  const cc = people(email.cc);
  const named = new Set([...to, ...cc].map((person) => person.Address.toLowerCase()));
  const text = email.text ?? '';
  /** @type {Record<string, string[]>} */
  const headers = {};
  for (const { key, value } of email.headers) (headers[key] ??= []).push(value);
  return {
    ID: id,
    MessageID: (email.messageId ?? '').replaceAll(/[<>]/g, ''),
    From: people(email.from === undefined ? [] : [email.from])[0] ?? { Name: '', Address: '' },
    To: to,
    Cc: cc,
    // Who received it without being named in it.
    Bcc: recipients.filter((address) => !named.has(address.toLowerCase())).map((Address) => ({ Name: '', Address })),
    ReplyTo: people(email.replyTo),
    Subject: email.subject ?? '',
    Created: new Date(Number.parseInt(id.split('-')[0] ?? '', 36)).toISOString(),
    Size: raw.length,
    Attachments: email.attachments.length,
    Snippet: text.replaceAll(/\s+/g, ' ').trim().slice(0, SNIPPET_LENGTH),
    Text: text,
    HTML: email.html ?? '',
    Headers: headers,
  };
}

/** @param {Mail} mail @returns {MailSummary} */
function summaryOf(mail) {
  const { Text: _text, HTML: _html, Headers: _headers, ...summary } = mail;
  return summary;
}

/** @param {import('postal-mime').Address[] | undefined} addresses @returns {Person[]} */
function people(addresses) {
  return (addresses ?? [])
    .flatMap((address) => address.group ?? [address])
    .map((address) => ({ Name: address.name ?? '', Address: address.address ?? '' }));
}
