import { Injectable } from '@nestjs/common';
import { languageFor, portalUserCredentials } from '@balcao/module-directory';
import { PortalUserEntity } from '@balcao/module-directory/entities';
import { Audit } from '@balcao/platform-audit';
import { newId } from '@balcao/platform-database';
import { DomainError } from '@balcao/platform-errors';
import { Mailer } from '@balcao/platform-mail';
import {
  Database,
  clockOf,
  systemContext,
  type Db,
  type OrganizationContext,
  type RequestContext,
} from '@balcao/platform-tenancy';
import { inSteadyTime } from '../passwords/steady-time.js';
import { LoginLimits } from '../sign-in/login-limits.js';
import type { Candidate } from '../sign-in/realm.js';
import { OneTimeTokens } from './one-time-tokens.js';

/** The mail of a link, where it is that of a signup. */
interface VerificationMail {
  template?: 'email-verification' | 'signup-approved';
  signupId?: string;
}

/** Proof that an e-mail address reaches its user. */
@Injectable()
export class EmailVerificationService {
  constructor(
    private readonly database: Database,
    private readonly limits: LoginLimits,
    private readonly tokens: OneTimeTokens,
    private readonly audit: Audit,
    private readonly mailer: Mailer,
  ) {}

  /**
   * Mails a verification link within the caller's transaction, the one that they wait for where there is one, by a mail of
   * its own where it says more. That of a signup names it, and is counted with its other mails.
   */
  async request(
    db: Db,
    context: OrganizationContext,
    userId: string,
    portalId: string | null,
    { template = 'email-verification', signupId }: VerificationMail = {},
  ): Promise<void> {
    const user = await db.repository(PortalUserEntity).findOneByOrFail({ id: userId });
    const subject = { type: 'portal_user' as const, id: user.id, credentialVersion: user.credentialVersion };
    const tokenId = await this.tokens.renew(db, 'email_verification', subject, portalId);
    await this.mailer.enqueue(db, context, {
      template,
      businessKey: `${template}:${newId()}`,
      recipient: { email: user.email, name: user.name, locale: await languageFor(db, user, context.askedLocale) },
      ids: { tokenId, userId, portalId, signupId },
    });
  }

  /**
   * Makes a pending user active. The link of somebody who has used it and is active answers the same once more: mail
   * scanners, double clicks and reloads open links twice.
   * @throws DomainError rate_limited, token_invalid
   */
  async verify(context: RequestContext, text: string): Promise<void> {
    const token = await this.tokens.read(text, 'email_verification', 'portal_user', context);
    const { id, credentialVersion } = token.subject;
    const ownContext = systemContext(token.organizationId, {
      ...context,
      clock: token.clock,
      actor: { type: 'user', id },
    });
    await this.database.transaction(ownContext, async (db) => {
      if (token.used) {
        const verified = await portalUserCredentials.find(db, id);
        if (verified?.status !== 'active') throw new DomainError('token_invalid');
        return;
      }
      await this.tokens.claim(db, token);
      const user = await portalUserCredentials.verify(db, id, credentialVersion);
      if (!user) throw new DomainError('token_invalid');
      await this.audit.record(db, ownContext, {
        action: 'portal.email.verified',
        target: { type: 'portal_user', id },
        billingAccountId: user.billingAccountId ?? undefined,
      });
    });
  }

  /**
   * Mails the link once more, or a new one, to each pending account that was found; says the same whether there is one.
   * @throws DomainError rate_limited for the address that asks
   */
  async resend(
    context: RequestContext,
    organization: string | null,
    find: () => Promise<readonly Candidate[]>,
  ): Promise<void> {
    await this.limits.spend('forgot', `verify/${organization}`, context.client.ip);
    await inSteadyTime(async () => {
      for (const candidate of await find()) {
        const { organizationId, organizationStatus, status, userId: who, homePortalId } = candidate;
        if (status !== 'pending_verification' || organizationStatus !== 'active') continue;
        if (await this.limits.spendAccount('forgot', { realm: 'portal', organizationId, who: `${who}/verify` }))
          continue;
        const ownContext = systemContext(organizationId!, {
          ...context,
          clock: clockOf({ now: candidate.organizationNow }),
        });
        await this.database.transaction(ownContext, (db) => this.request(db, ownContext, who, homePortalId));
      }
    });
  }
}
