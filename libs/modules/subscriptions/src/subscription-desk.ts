import { Injectable } from '@nestjs/common';
import { BillingSettingsService, type BillingTerms } from '@balcao/module-billing';
import { DomainError, found } from '@balcao/platform-errors';
import { Database, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { nextStep } from './domain/life.js';
import { SubscriptionRepository } from './persistence/subscription.repository.js';
import { SubscriptionInvoicing } from './subscription-invoicing.js';
import { SubscriptionLife, type HeldSubscription } from './subscription-life.js';

/** How everybody comes to a subscription: held behind its customer's ledger account to change it, or as it is to reckon. */
@Injectable()
export class SubscriptionDesk {
  constructor(
    private readonly database: Database,
    private readonly rows: SubscriptionRepository,
    private readonly billing: BillingSettingsService,
    private readonly invoicing: SubscriptionInvoicing,
    private readonly life: SubscriptionLife,
  ) {}

  /** Holds it, with what is due of it done. @throws DomainError not_found */
  async hold<Result>(
    context: OrganizationContext,
    id: string,
    work: (db: Db, terms: BillingTerms, held: HeldSubscription) => Promise<Result>,
  ): Promise<Result> {
    return this.database.transaction(context, async (db) => {
      await this.invoicing.hold(db, [found(await this.rows.get(db, id))]);
      const held = { row: found(await this.rows.lock(db, id)), items: await this.rows.items(db, [id]) };
      const terms = await this.billing.terms(db, context);
      await this.life.catchUp(db, context, terms, held);
      return work(db, terms, held);
    });
  }

  /** Looks at it, to say what something would cost. @throws DomainError not_found, subscription_changed where something of it is due */
  async look<Result>(
    context: OrganizationContext,
    id: string,
    work: (db: Db, terms: BillingTerms, held: HeldSubscription) => Promise<Result>,
  ): Promise<Result> {
    return this.database.read(context, async (db) => {
      const row = found(await this.rows.get(db, id));
      const terms = await this.billing.terms(db, context);
      if (!row.heldAt && nextStep(row, terms.today)) throw new DomainError('subscription_changed');
      return work(db, terms, { row, items: await this.rows.items(db, [id]) });
    });
  }
}
