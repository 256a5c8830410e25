import { Injectable } from '@nestjs/common';
import type { HeardEvent } from '@balcao/contracts';
import { portalFor, portalUserCredentials } from '@balcao/module-directory';
import { Subscriber, type EventSubscriber, type Finish } from '@balcao/platform-outbox/worker';
import { Database, type OrganizationContext } from '@balcao/platform-tenancy';
import { EmailVerificationService } from './email-verification.service.js';

type Heard = Extract<HeardEvent, { name: 'portal_user.email_changed' }>;

/** Mails a confirmation link to an address that staff gave somebody. */
@Injectable()
@Subscriber('auth.verifications', ['portal_user.email_changed'])
export class NewEmailVerification implements EventSubscriber<Heard['name']> {
  constructor(
    private readonly database: Database,
    private readonly verifications: EmailVerificationService,
  ) {}

  async hear({ ids }: Heard, context: OrganizationContext, finish: Finish): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const user = await portalUserCredentials.find(db, ids.portalUserId);
      if (user?.status === 'pending_verification') {
        const portal = await portalFor(db, context, { userId: user.id });
        await this.verifications.request(db, context, user.id, portal.id);
      }
      await finish(db);
    });
  }
}
