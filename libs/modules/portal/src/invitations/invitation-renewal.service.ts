import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { OneTimeTokens } from '@balcao/module-auth';
import { languageFor, portalFor } from '@balcao/module-directory';
import { Audit } from '@balcao/platform-audit';
import { DomainError } from '@balcao/platform-errors';
import { Mailer } from '@balcao/platform-mail';
import { Database, sql, systemContext, type Db, type RequestContext } from '@balcao/platform-tenancy';
import { openPortal } from './open-portal.js';

interface Late {
  id: string;
  billingAccountId: string;
  invitedByType: string;
  invitedById: string;
}

interface Recipient {
  id: string;
  email: string;
  name: string;
  locale: Locale | null;
}

/** Mails of one request: an organization has few owners. */
const MOST_OWNERS = 5;

/** The invited person's side of an invitation that was not answered in time. */
@Injectable()
export class InvitationRenewalService {
  constructor(
    private readonly database: Database,
    private readonly tokens: OneTimeTokens,
    private readonly mailer: Mailer,
    private readonly audit: Audit,
  ) {}

  /**
   * Tells whoever invited that a new link is wanted, or the organization's owners where that person is gone. Whether to
   * invite is decided anew by them: nothing is sent to the one who asks. Once a day; asking more often changes nothing.
   * @throws DomainError token_used, token_invalid also for a link that is still good, PORTAL_INVITATIONS_DISABLED, rate_limited
   */
  async ask(request: RequestContext, text: string): Promise<void> {
    const token = await this.tokens.read(text, 'invitation', 'portal_user', request);
    if (token.used) throw new DomainError('token_used');
    if (!token.expired) throw new DomainError('token_invalid');
    const context = systemContext(token.organizationId, { ...request, clock: token.clock });
    await this.database.transaction(context, async (db) => {
      const at = { userId: token.subject.id, preferred: token.portalId };
      await openPortal(db, (await portalFor(db, context, at)).id);
      const late = await db.first<Late>(sql`
        select i.id, i.billing_account_id as "billingAccountId", i.invited_by_type as "invitedByType",
          i.invited_by_id as "invitedById"
        from invitations i where ${db.tenant('i')} and i.token_id = ${token.id}::uuid and i.status = 'pending'`);
      if (!late) throw new DomainError('token_invalid');
      const today = new Date().toISOString().slice(0, 10);
      let sent = false;
      for (const { id, ...recipient } of await recipientsOf(db, late)) {
        const mail = await this.mailer.enqueue(db, context, {
          template: 'invitation-asked',
          businessKey: `invitation-asked:${late.id}:${id}:${today}`,
          recipient: { ...recipient, locale: await languageFor(db, recipient) },
          ids: { invitationId: late.id },
        });
        sent ||= Boolean(mail);
      }
      if (!sent) return;
      await this.audit.record(db, context, {
        action: 'portal.invitation.ask',
        target: { type: 'invitation', id: late.id },
        billingAccountId: late.billingAccountId,
      });
    });
  }
}

async function recipientsOf(db: Db, { invitedByType, invitedById }: Late): Promise<Recipient[]> {
  const inviter =
    invitedByType === 'user'
      ? sql`select u.id, u.email, u.name, u.locale from portal_users u
          where ${db.tenant('u')} and u.id = ${invitedById}::uuid and u.status = 'active'`
      : sql`select s.id, s.email, s.name, s.locale from staff_users s
          where ${db.tenant('s')} and s.id = ${invitedById}::uuid and s.status = 'active'`;
  const found = await db.query<Recipient>(inviter);
  if (found.length > 0) return found;
  return db.query<Recipient>(sql`
    select s.id, s.email, s.name, s.locale from staff_users s
    where ${db.tenant('s')} and s.role = 'owner' and s.status = 'active' order by s.id limit ${MOST_OWNERS}`);
}
