import { Inject, Injectable } from '@nestjs/common';
import { matchLocale, type Locale } from '@balcao/contracts';
import { LOGGER, type Logger } from '@balcao/platform-logging';
import { JobHandler, type Finish, type HandledJob } from '@balcao/platform-outbox/worker';
import { Database, sql, systemContext, type OrganizationContext } from '@balcao/platform-tenancy';
import { renderMail } from '../layout/render-mail.js';
import type { MailContent } from '../mail-content.js';
import { UnprovedRecipients } from '../unproved-recipients.js';
import { BrandingFinder } from './branding-finder.js';
import { MailAttachments, closeAll } from './mail-attachments.js';
import { MailTemplateRegistry } from './mail-template-registry.js';
import { describeFailure, refusesSender, type SmtpFailure } from './smtp-failure.js';
import { SmtpSender, type OutgoingMail } from './smtp-sender.js';

interface MailRow {
  id: string;
  template: string;
  locale: string;
  email: string;
  name: string | null;
  ids: Record<string, string>;
  attempts: number;
  createdAt: Date;
}

type Settled = 'sent' | 'failed' | 'dropped';

/** Longer than the two slowest conversations with a server; after it a mail whose sender died may be sent by another. */
const CLAIM = '4 minutes';
const UNADMITTED = { description: 'Nobody has proved the address, and it has had its mails of the day' };
/** RFC 5321 §4.5.4.1 asks senders not to give up before four or five days. */
const GIVE_UP_AFTER_MS = 5 * 24 * 60 * 60_000;

/**
 * Sends one mail. Nothing is held while the server is spoken to; sent and done are marked in one transaction after
 * it. A second copy can leave only if the process dies between the server's 250 and that commit, or stands still for longer
 * than it has the mail, and then it carries the same Message-ID.
 */
@Injectable()
@JobHandler('mail.send', 'mail.notify')
export class MailSendHandler implements JobHandler<'mail.send' | 'mail.notify'> {
  constructor(
    private readonly database: Database,
    private readonly templates: MailTemplateRegistry,
    private readonly branding: BrandingFinder,
    private readonly attachments: MailAttachments,
    private readonly sender: SmtpSender,
    private readonly unproved: UnprovedRecipients,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async handle(
    { payload: { mailId }, context, deliveryId }: HandledJob<'mail.send' | 'mail.notify'>,
    finish: Finish,
  ): Promise<void | 'later'> {
    if (!context) throw new Error('A mail belongs to an organization');
    const mail = await this.claim(context, mailId, deliveryId, finish);
    if (mail === 'settled') return;
    if (mail === 'later') return 'later';
    let outcome: Settled | 'unadmitted';
    let failure: SmtpFailure | undefined;
    try {
      outcome = await this.send(context, mail);
    } catch (error) {
      failure = describeFailure(error);
      if (!failure.permanent && !isTooOld(mail)) {
        await this.putBack(context, mailId, failure);
        // Without its cause: what a job failed with is shown to operators.
        throw new Error(failure.description);
      }
      outcome = 'failed';
      this.logger.warn(
        { mailId, template: mail.template, organizationId: context.organizationId },
        `mail failed: ${failure.description}`,
      );
    }
    if (outcome === 'unadmitted') await this.settle(context, mailId, 'dropped', UNADMITTED, finish);
    else await this.settle(context, mailId, outcome, failure, finish);
  }

  /**
   * Takes the mail for this delivery. A delivery that comes back after its process died takes it again at once.
   * @returns 'later' while the organization is suspended: its mails wait as long as a server that is away would be
   *   waited for, and are dropped after that
   * @throws Error where the mail is missing, or another delivery is sending it
   */
  private async claim(
    context: OrganizationContext,
    mailId: string,
    deliveryId: string,
    finish: Finish,
  ): Promise<MailRow | 'settled' | 'later'> {
    return this.database.transaction(context, async (db) => {
      const mail = await db.first<MailRow>(sql`
        update mails m set attempts = m.attempts + 1, claimed_by = ${deliveryId}, claimed_until = now() + ${CLAIM}::interval
        where ${db.tenant('m')} and m.id = ${mailId}::uuid and m.status = 'queued'
          and (m.claimed_by is null or m.claimed_by = ${deliveryId} or m.claimed_until < now())
          and exists (select 1 from organization_standings o where o.id = m.organization_id and o.status = 'active')
        returning m.id, m.template, m.locale, m.recipient_email as email, m.recipient_name as name, m.subject_ids as ids,
          m.attempts, m.created_at as "createdAt"`);
      if (mail) return mail;
      const state = await db.first<{ status: string; createdAt: Date; suspended: boolean }>(sql`
        select m.status, m.created_at as "createdAt", o.status = 'suspended' as suspended
        from mails m join organization_standings o on o.id = m.organization_id
        where ${db.tenant('m')} and m.id = ${mailId}::uuid`);
      if (!state) throw new Error(`Mail ${mailId} is missing`);
      if (state.status === 'queued') {
        if (!state.suspended) throw new Error(`Mail ${mailId} is being sent by another delivery`);
        if (!isTooOld(state)) return 'later';
        await db.execute(sql`
          update mails m set status = 'dropped', last_error = 'The organization was suspended for too long'
          where ${db.tenant('m')} and m.id = ${mailId}::uuid and m.status = 'queued'`);
      }
      await finish(db);
      return 'settled';
    });
  }

  private async send(context: OrganizationContext, mail: MailRow): Promise<'sent' | 'dropped' | 'unadmitted'> {
    const preferred = matchLocale(mail.locale);
    let content = await this.compose(context, mail, preferred);
    if (content === 'drop') return 'dropped';
    const brand = await this.branding.load(systemContext(context.organizationId, context), content.portalId);
    const ofPortal = content.portalId !== undefined && !content.forStaff;
    const locale = ofPortal ? matchLocale(mail.locale, brand.defaultLocale, brand.languages) : preferred;
    // Only what was written tells whose portal it is from; one that does not speak the language has it written again.
    if (locale !== preferred) content = await this.compose(context, mail, locale);
    if (content === 'drop') return 'dropped';
    // Tried again it is still the same mail.
    if (mail.attempts === 1 && !(await this.unproved.admit(context, mail))) return 'unadmitted';
    const rendered = await renderMail(content, brand, locale);
    const outgoing: OutgoingMail = {
      ...rendered,
      mailId: mail.id,
      to: { email: mail.email, name: mail.name },
      senderName: brand.senderName ?? brand.organizationName,
      replyTo: brand.replyTo ?? brand.supportEmail,
      unsubscribeUrl: content.unsubscribeUrl,
      threadId: content.threadId,
    };
    const sender = await this.branding.sender(context);
    try {
      await this.deliver({ ...outgoing, sender }, content);
    } catch (error) {
      if (!sender || !refusesSender(error)) throw error;
      this.logger.warn(
        { mailId: mail.id, organizationId: context.organizationId },
        'the mail server refused the sender of an organization: the mail goes with that of the installation',
      );
      await this.deliver(outgoing, content);
    }
    return 'sent';
  }

  private async deliver(mail: OutgoingMail, content: MailContent): Promise<void> {
    const attachments = await this.attachments.open(content.attachments ?? []);
    try {
      await this.sender.send({ ...mail, attachments });
    } finally {
      closeAll(attachments);
    }
  }

  private compose(context: OrganizationContext, mail: MailRow, locale: Locale): Promise<MailContent | 'drop'> {
    return this.templates.get(mail.template).compose(systemContext(context.organizationId, { ...context, locale }), {
      mailId: mail.id,
      ids: mail.ids,
      locale,
      recipient: { email: mail.email, name: mail.name },
    });
  }

  private async putBack(context: OrganizationContext, mailId: string, failure: SmtpFailure): Promise<void> {
    await this.database.transaction(context, (db) =>
      db.execute(sql`
        update mails m set claimed_by = null, claimed_until = null, last_error = ${failure.description},
          problem = ${failure.problem}
        where ${db.tenant('m')} and m.id = ${mailId}::uuid and m.status = 'queued'`),
    );
  }

  private async settle(
    context: OrganizationContext,
    mailId: string,
    outcome: Settled,
    failure: Partial<SmtpFailure> | undefined,
    finish: Finish,
  ): Promise<void> {
    await this.database.transaction(context, async (db) => {
      await db.execute(sql`
        update mails m set status = ${outcome}, sent_at = case when ${outcome} = 'sent' then now() end,
          last_error = ${failure?.description ?? null}, problem = ${failure?.problem ?? null}, claimed_by = null, claimed_until = null
        where ${db.tenant('m')} and m.id = ${mailId}::uuid and m.status = 'queued'`);
      await finish(db);
    });
  }
}

const isTooOld = ({ createdAt }: { createdAt: Date }) => Date.now() - createdAt.getTime() > GIVE_UP_AFTER_MS;
