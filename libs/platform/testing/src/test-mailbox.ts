import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import { eventually } from './eventually.js';

/** A mail as its recipient's server took it. */
export interface ReceivedMail extends Email {
  /** Envelope, which is what decides where a mail goes. */
  envelope: { from: string; to: string[] };
  /** As it came over the wire. */
  raw: string;
}

/** What the server answers to one recipient. */
export interface Refusal {
  /** SMTP reply code (RFC 5321 §4.2): 4xx may work later, 5xx never will. */
  code: number;
  message: string;
}

/** Milliseconds that those who are connected have to end by themselves when the server stops. */
const CLOSE_WITHIN_MS = 200;

/** An SMTP server within the test process. Nothing is mocked: mails travel through a socket and are parsed. */
export class TestMailbox {
  readonly mails: ReceivedMail[] = [];
  /** Set to refuse recipients. */
  refuse: (address: string) => Refusal | undefined = () => undefined;
  /** Set to refuse senders. */
  refuseSender: (address: string) => Refusal | undefined = () => undefined;
  /** Set to refuse what was sent. */
  refuseMail: (mail: ReceivedMail) => Refusal | undefined = () => undefined;
  /** Awaited before a mail is accepted: a slow server. */
  beforeAccepting: () => Promise<void> = async () => {};
  private server: SMTPServer | undefined;
  private port = 0;
  /** Connections that were made so far. */
  connectionsMade = 0;

  static async start(): Promise<TestMailbox> {
    const mailbox = new TestMailbox();
    await mailbox.start();
    return mailbox;
  }

  get openConnections(): number {
    return this.server?.connections.size ?? 0;
  }

  get smtpUrl(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  /** Begins to listen; after `stop()` on the same port as before. */
  async start(): Promise<void> {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      logger: false,
      // Clients keep their connections for the next mail.
      closeTimeout: CLOSE_WITHIN_MS,
      onConnect: (_session, callback) => {
        this.connectionsMade += 1;
        callback(null);
      },
      onMailFrom: ({ address }, _session, callback) => callback(errorOf(this.refuseSender(address))),
      onRcptTo: ({ address }, _session, callback) => callback(errorOf(this.refuse(address))),
      onData: (stream, session, callback) => {
        const { mailFrom, rcptTo } = session.envelope;
        const envelope = { from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address) };
        this.accept(stream, envelope).then(() => callback(), callback);
      },
    });
    this.server.on('error', () => {});
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server.server, 'listening');
    this.port = (this.server.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const server = this.server;
    this.server = undefined;
    await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
  }

  /** The newest mail to an address, waited for. */
  async waitForMail({
    to,
    subject,
    timeoutMs = 10_000,
  }: {
    to: string;
    subject?: string | RegExp;
    timeoutMs?: number;
  }): Promise<ReceivedMail> {
    const fits = (mail: ReceivedMail) =>
      mail.envelope.to.includes(to) &&
      (subject === undefined ||
        (typeof subject === 'string' ? mail.subject === subject : subject.test(mail.subject ?? '')));
    return eventually(
      `a mail to ${to}${subject ? ` about ${subject}` : ''}`,
      () => this.mails.findLast(fits),
      timeoutMs,
    );
  }

  private async accept(stream: SMTPServerDataStream, envelope: ReceivedMail['envelope']): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks);
    await this.beforeAccepting();
    const parsed = await PostalMime.parse(raw);
    const mail = { ...parsed, envelope, raw: raw.toString() };
    const error = errorOf(this.refuseMail(mail));
    if (error) throw error;
    this.mails.push(mail);
  }
}

const errorOf = (refusal: Refusal | undefined) =>
  refusal ? Object.assign(new Error(refusal.message), { responseCode: refusal.code }) : null;

/** The link that a mail asks to open: the last one in its text part, above the footer. */
export function lastLink(mail: Email): string {
  const [body = ''] = (mail.text ?? '').split(/^-- ?$/m);
  const link = body.match(/https?:\/\/[^\s<>"]+/g)?.at(-1);
  if (!link) throw new Error(`No link in the mail "${mail.subject ?? ''}"`);
  return link;
}
