import { Injectable } from '@nestjs/common';
import type { HeardEvent } from '@balcao/contracts';
import { Subscriber, type EventSubscriber, type Finish } from '@balcao/platform-outbox/worker';
import { Database, type OrganizationContext } from '@balcao/platform-tenancy';
import { SignupBook } from '../signup-book.js';
import { confirmBefore } from '../signup-steps.js';

type Heard = Extract<HeardEvent, { name: 'portal_user.email_changed' }>;

/**
 * Makes lasting that a signup was handed over, as staff gave its person another address (`SignupBook`). Its pages hear of
 * it, and whoever reads there has as long to confirm as everybody.
 */
@Injectable()
@Subscriber('signup.handovers', ['portal_user.email_changed'])
export class HandoverSubscriber implements EventSubscriber<Heard['name']> {
  constructor(
    private readonly database: Database,
    private readonly book: SignupBook,
  ) {}

  async hear({ ids: { portalUserId: userId } }: Heard, context: OrganizationContext, finish: Finish): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const found = await this.book.find(db, { userId, status: 'awaiting_confirmation' });
      const held = found && (await this.book.holdIfThere(db, found.id));
      if (held && held.userId === userId && held.status === 'awaiting_confirmation')
        await this.book.change(db, context, held, { expiresAt: confirmBefore() });
      await finish(db);
    });
  }
}
