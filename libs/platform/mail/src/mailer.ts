import { Injectable } from '@nestjs/common';
import { emailAddress, isAccessMail, matchLocale, type MailTemplateName } from '@balcao/contracts';
import { newId } from '@balcao/platform-database';
import { Outbox } from '@balcao/platform-outbox';
import { sql, type Context, type Db } from '@balcao/platform-tenancy';
import { briefName } from './brief-name.js';
import { plainName } from './plain-name.js';
import { UNADDRESSED } from './unaddressed.js';

/** One mail for one business event. */
export interface MailRequest {
  template: MailTemplateName;
  /** Names the event within the organization, such as `invitation:{tokenId}`: asked twice, sent once. At most 200 characters. */
  businessKey: string;
  recipient: { email: string; name?: string | null; locale: string };
  /** Ids that the template needs to load its facts when the mail is sent; absent ones are left out. Never a secret. */
  ids: Record<string, string | null | undefined>;
  /** Time in which what it tells of may be taken back: it is composed after that. */
  afterSeconds?: number;
}

/** Asks for mails. They are rendered, and their links derived, by the worker at the moment of sending. */
@Injectable()
export class Mailer {
  constructor(private readonly outbox: Outbox) {}

  /**
   * Queues a mail in the caller's transaction. One that cannot be addressed is kept as a failed mail: what it tells of
   * has happened all the same.
   * @returns id of the mail, or undefined when this business event has its mail already
   */
  async enqueue(
    db: Db,
    context: Context,
    { template, businessKey, recipient, ids, afterSeconds }: MailRequest,
  ): Promise<string | undefined> {
    const email = emailAddress(recipient.email);
    const failed = email === undefined ? UNADDRESSED : undefined;
    const id = newId();
    // No conflict target: naming one would ask for the right to read, which a customer's scope does not have.
    const inserted = await db.execute(sql`
      insert into mails (organization_id, id, business_key, template, locale, recipient_email, recipient_name,
        subject_ids, status, problem, last_error)
      values (${context.organizationId ?? null}::uuid, ${id}::uuid, ${businessKey}, ${template}, ${matchLocale(recipient.locale)},
        ${email ?? plainName(recipient.email) ?? ''}, ${briefName(recipient.name ?? '') || null}, jsonb_strip_nulls(${JSON.stringify(ids)}::jsonb),
        ${failed ? 'failed' : 'queued'}, ${failed?.problem ?? null}, ${failed?.description ?? null})
      on conflict do nothing`);
    if (inserted === 0) return undefined;
    const job = isAccessMail(template) ? 'mail.send' : 'mail.notify';
    if (!failed) await this.outbox.add(db, context, job, { mailId: id }, afterSeconds);
    return id;
  }
}
