import { Injectable } from '@nestjs/common';
import type { PortalContext } from '@balcao/platform-tenancy';
import { PortalSubscriptionService } from '../portal-subscription.service.js';
import { SubscriptionReader } from '../subscription-reader.service.js';
import { portalSubscription, type PortalSubscriptionResponse } from './dto/portal-subscription.dto.js';

/** A subscription as its customer's page shows it, with what they may do: the answer of everything that changes it. */
@Injectable()
export class PortalSubscriptionPages {
  constructor(
    private readonly reader: SubscriptionReader,
    private readonly subscriptions: PortalSubscriptionService,
  ) {}

  /** @throws DomainError not_found */
  async of(context: PortalContext, id: string): Promise<PortalSubscriptionResponse> {
    const row = await this.reader.get(context, id);
    return portalSubscription(row, await this.subscriptions.rules(context));
  }
}
