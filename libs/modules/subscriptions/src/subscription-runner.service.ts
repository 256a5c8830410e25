import { Injectable } from '@nestjs/common';
import { BillingSettingsService } from '@balcao/module-billing';
import { DomainError } from '@balcao/platform-errors';
import { Database, type DueWork, type OrganizationContext } from '@balcao/platform-tenancy';
import { PastDueService } from './past-due.service.js';
import { SubscriptionRepository, type Due } from './persistence/subscription.repository.js';
import { SubscriptionInvoicing } from './subscription-invoicing.js';
import { SubscriptionLife } from './subscription-life.js';
import { TrialNotices } from './trial-notices.service.js';

/** Subscriptions of one transaction. */
export const BATCH = 20;

/** Does what is due of an organization's subscriptions by its clock: they begin, are renewed, pause, come back, fall behind and end. */
@Injectable()
export class SubscriptionRunner implements DueWork {
  constructor(
    private readonly database: Database,
    private readonly rows: SubscriptionRepository,
    private readonly settings: BillingSettingsService,
    private readonly invoicing: SubscriptionInvoicing,
    private readonly life: SubscriptionLife,
    private readonly pastDue: PastDueService,
    private readonly trials: TrialNotices,
  ) {}

  async runDue(context: OrganizationContext): Promise<void> {
    await this.run(context, Infinity);
  }

  /**
   * Up to `most` of them, twenty in a transaction. Whoever was there before has moved a subscription's next day on, so doing it twice,
   * or in two workers at once, does it once. One that cannot be done holds up none of the others: staff are asked.
   * @returns how many were looked at
   * @throws AggregateError after all others were done, for what is no refusal
   */
  async run(context: OrganizationContext, most: number): Promise<number> {
    const failures: unknown[] = [];
    const { today } = await this.database.read(context, (db) => this.settings.terms(db, context));
    let seen = 0;
    for (let last: Due | undefined; seen < most;) {
      const limit = Math.min(BATCH, most - seen);
      const batch: Due[] = await this.database.read(context, (db) => this.rows.due(db, today, last, limit));
      seen += batch.length;
      last = batch.at(-1);
      try {
        if (batch.length > 0) await this.settle(context, batch);
      } catch {
        for (const one of batch) await this.alone(context, one).catch((error: unknown) => failures.push(error));
      }
      if (batch.length < limit) break;
    }
    for (const look of [() => this.pastDue.run(context), () => this.trials.run(context, today)])
      await look().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw new AggregateError(failures, 'Not every subscription could be looked after');
    return seen;
  }

  private async settle(context: OrganizationContext, batch: readonly Due[]): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const terms = await this.settings.terms(db, context);
      await this.invoicing.hold(db, batch);
      const rows = await this.rows.lockDue(
        db,
        batch.map(({ id }) => id),
        terms.today,
      );
      const items = await this.rows.items(
        db,
        rows.map(({ id }) => id),
      );
      for (const row of rows) {
        const held = { row, items: items.filter(({ subscriptionId }) => subscriptionId === row.id) };
        await this.life.catchUp(db, context, terms, held);
      }
    });
  }

  private async alone(context: OrganizationContext, due: Due): Promise<void> {
    try {
      await this.settle(context, [due]);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code === 'service_unavailable') throw error;
      await this.database.transaction(context, async (db) => {
        const terms = await this.settings.terms(db, context);
        const row = await this.rows.lock(db, due.id);
        if (!row || row.heldAt) return;
        const items = await this.rows.items(db, [row.id]);
        await this.life.hold(db, context, terms, { row, items }, 'refused');
      });
    }
  }
}
