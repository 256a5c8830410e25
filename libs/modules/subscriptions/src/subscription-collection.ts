import { Injectable } from '@nestjs/common';
import { CollectionService } from '@balcao/module-payments';
import type { Db, OrganizationContext } from '@balcao/platform-tenancy';
import type { SubscriptionRow } from './persistence/subscription.rows.js';

/**
 * How what subscriptions are invoiced is collected: the one place that knows of payment methods. Of `send_invoice` whoever reads the
 * invoice pays it.
 */
@Injectable()
export class SubscriptionCollection {
  constructor(private readonly collections: CollectionService) {}

  /** An invoice was opened, in this transaction, of which something is owed; of `automatic` a saved card is charged behind the commit. */
  async opened(
    db: Db,
    context: OrganizationContext,
    { collection }: SubscriptionRow,
    invoiceId: string,
  ): Promise<void> {
    if (collection === 'automatic') await this.collections.collectWithin(db, context, invoiceId);
  }
}
