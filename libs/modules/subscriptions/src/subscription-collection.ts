import { Injectable } from '@nestjs/common';
import type { Db, OrganizationContext } from '@balcao/platform-tenancy';
import type { SubscriptionRow } from './persistence/subscription.rows.js';

/**
 * How what subscriptions are invoiced is collected: the one place that knows of payment methods. Of `send_invoice` whoever reads the
 * invoice pays it.
 */
@Injectable()
export class SubscriptionCollection {
  /** An invoice was opened, in this transaction; of `automatic` its payment is asked for behind the commit. */
  async opened(
    _db: Db,
    _context: OrganizationContext,
    { collection }: SubscriptionRow,
    _invoiceId: string,
  ): Promise<void> {
    if (collection === 'send_invoice') return;
    await Promise.resolve();
  }
}
