import { Injectable } from '@nestjs/common';
import type { HeardEvent } from '@balcao/contracts';
import { CollectionService } from '@balcao/module-payments';
import { Subscriber, type EventSubscriber, type Finish } from '@balcao/platform-outbox/worker';
import { Database, type OrganizationContext } from '@balcao/platform-tenancy';
import { PastDueService } from '../past-due.service.js';

/** What no card has paid in all its tries ends or pauses the subscription that it is of, as the organization wants it. */
@Injectable()
@Subscriber('subscriptions.give-up', ['collection.given_up'])
export class GiveUpInvoicesSubscriber implements EventSubscriber<'collection.given_up'> {
  constructor(
    private readonly database: Database,
    private readonly collections: CollectionService,
    private readonly pastDue: PastDueService,
  ) {}

  async hear(
    { ids: { collectionId, invoiceId } }: Extract<HeardEvent, { name: 'collection.given_up' }>,
    context: OrganizationContext,
    finish: Finish,
  ): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const action = await this.collections.endActionOf(db, collectionId);
      if (action) await this.pastDue.giveUpInvoice(db, context, invoiceId, action);
      await finish(db);
    });
  }
}
