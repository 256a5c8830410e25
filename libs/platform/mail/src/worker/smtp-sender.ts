import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { emailAddress } from '@balcao/contracts';
import { AppConfig, isLoopback } from '@balcao/platform-config';
import type { MailSender } from '../mail-branding.js';
import { parseSender } from '../parse-sender.js';
import { plainName } from '../plain-name.js';
import type { RenderedMail } from '../layout/render-mail.js';
import type { OpenAttachment } from './mail-attachments.js';
import { UnaddressedError } from './smtp-failure.js';

export interface OutgoingMail extends RenderedMail {
  /** Stays the same whenever the mail is sent again; Message-ID is made of it. */
  mailId: string;
  to: { email: string; name: string | null };
  /** Organization in whose name the mail goes out. */
  senderName: string;
  /** Whom it comes from; the installation where absent. */
  sender?: MailSender;
  replyTo?: string | null;
  unsubscribeUrl?: string;
  /** Mails of one thread answer the same message, which nobody ever sent (RFC 5322 §3.6.4). */
  threadId?: string;
  attachments?: OpenAttachment[];
}

const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, dnsTimeout: 10_000 };
/** Bounds the whole of a conversation, which a server may drag out without ever being silent; less than a mail's claim. */
const LONGEST_CONVERSATION_MS = 90_000;

const POOL = {
  pool: true,
  /** As many as the queue hands out jobs at once: no mail waits for a connection. */
  maxConnections: 5,
  /** Servers end connections that carry more than a few hundred. */
  maxMessages: 100,
  /** Left by us before the server leaves: it allows minutes, firewalls in between may forget sooner. */
  idleTimeout: 15_000,
  /** Once at once, where the server ended a connection while it was idle; the queue sees to everything else. */
  maxRequeues: 1,
} as const;

/**
 * Hands mails to the SMTP server of SMTP_URL, over a few connections that are kept while there is something to send.
 * Options in the address go first: `smtp://server?maxConnections=2`. To another machine mails go encrypted or not at all,
 * unless it says otherwise: `smtp://server?requireTLS=false`.
 */
@Injectable()
export class SmtpSender implements OnApplicationShutdown {
  private readonly transport: Transporter;
  private readonly from: { name: string | null; address: string };
  private readonly messageIdHost: string;

  constructor(config: AppConfig) {
    // Links that sign somebody in stand in mails: nobody on the way may take encryption off the offer.
    const requireTLS = !isLoopback(new URL(config.smtpUrl).hostname);
    this.transport = createTransport({ ...POOL, ...TIMEOUTS, requireTLS, url: config.smtpUrl });
    this.from = parseSender(config.mailFrom);
    this.messageIdHost = new URL(config.publicUrl).hostname;
  }

  /** @throws the transport's error; see `describeFailure` */
  async send(mail: OutgoingMail): Promise<void> {
    const { mailId, to, senderName, sender, replyTo, unsubscribeUrl, threadId, subject, html, text, attachments } =
      mail;
    const address = emailAddress(to.email);
    if (address === undefined) throw new UnaddressedError();
    const thread = threadId && `<thread.${threadId}@${this.messageIdHost}>`;
    const from = (sender && emailAddress(sender.address)) ?? this.from.address;
    await this.transport.sendMail({
      from: { name: plainName(senderName) ?? this.from.name ?? '', address: from },
      envelope: { from: sender?.takesReturns ? from : this.from.address, to: address },
      dkim: sender?.dkim,
      to: { name: plainName(to.name) ?? '', address },
      replyTo: replyTo ? emailAddress(replyTo) : undefined,
      messageId: `<${mailId}@${this.messageIdHost}>`,
      inReplyTo: thread,
      references: thread,
      subject,
      text,
      html,
      attachments,
      // RFC 3834: nobody's absence notice shall answer.
      headers: { 'Auto-Submitted': 'auto-generated' },
      list: unsubscribeUrl ? { unsubscribe: { url: unsubscribeUrl } } : undefined,
      disableFileAccess: true,
      disableUrlAccess: true,
      signal: AbortSignal.timeout(LONGEST_CONVERSATION_MS),
    });
  }

  /** After the queue has let go of its jobs. What it did not wait for is cut off, and sent again by another worker. */
  onApplicationShutdown(): void {
    this.transport.close();
  }
}
