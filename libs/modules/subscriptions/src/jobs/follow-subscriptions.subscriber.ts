import { Injectable } from '@nestjs/common';
import type { EventName, HeardEvent } from '@balcao/contracts';
import { Subscriber, type EventSubscriber, type Finish } from '@balcao/platform-outbox/worker';
import { Database, type OrganizationContext } from '@balcao/platform-tenancy';
import { PastDueService } from '../past-due.service.js';

const HEARD = [
  'invoice.paid',
  'invoice.written_off',
  'invoice.credited',
  'invoice.voided',
  'invoice.due_changed',
] as const satisfies EventName[];
type Heard = Extract<HeardEvent, { name: (typeof HEARD)[number] }>;

/** Subscriptions that were behind are no longer, once nothing of their invoices is late; those that were paused for it come back. */
@Injectable()
@Subscriber('subscriptions.follow', HEARD)
export class FollowSubscriptionsSubscriber implements EventSubscriber<Heard['name']> {
  constructor(
    private readonly database: Database,
    private readonly pastDue: PastDueService,
  ) {}

  async hear({ ids: { invoiceId } }: Heard, context: OrganizationContext, finish: Finish): Promise<void> {
    await this.database.transaction(context, async (db) => {
      await this.pastDue.follow(db, context, invoiceId);
      await finish(db);
    });
  }
}
