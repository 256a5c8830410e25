import { Injectable } from '@nestjs/common';
import { Audit } from '@balcao/platform-audit';
import { Events } from '@balcao/platform-events';
import type { SavedMethod } from '@balcao/platform-gateways';
import { Outbox } from '@balcao/platform-outbox';
import type { Db, OrganizationContext } from '@balcao/platform-tenancy';
import { PaymentMethodRepository, type NewMethod } from './payment-method.repository.js';

/** The one place where a card that a gateway has saved becomes one of its account's, and where others hear of such changes. */
@Injectable()
export class MethodKeeper {
  constructor(
    private readonly methods: PaymentMethodRepository,
    private readonly audit: Audit,
    private readonly events: Events,
    private readonly outbox: Outbox,
  ) {}

  /** Keeps it, once for what it was saved by. */
  async keep(db: Db, context: OrganizationContext, method: NewMethod, saved: SavedMethod): Promise<void> {
    const id = await this.methods.keep(db, context, method, saved);
    if (!id) return;
    const { billingAccountId } = method;
    await this.audit.record(db, context, {
      action: 'system.payment_method.add',
      target: { type: 'payment_method', id },
      billingAccountId,
      changes: { after: { brand: saved.brand, lastFour: saved.lastFour } },
    });
    await this.changed(db, context, billingAccountId);
  }

  /** Tells pages that an account's cards are others than before; what follows for what is collected is a job's to find. */
  async changed(db: Db, context: OrganizationContext, billingAccountId: string): Promise<void> {
    await this.events.publish(db, context, {
      name: 'payment_method.changed',
      ids: { billingAccountId },
      billingAccountId,
      portalUserId: undefined,
    });
    await this.outbox.add(db, context, 'payments.reconsider', { billingAccountId });
  }
}
