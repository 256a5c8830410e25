import { Injectable } from '@nestjs/common';
import type { BillingTerms } from '@balcao/module-billing';
import { periodOf } from '@balcao/money';
import { DomainError } from '@balcao/platform-errors';
import { sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { arrangementOf, type Arrangement, type PeriodInvoice } from './persistence/subscription.rows.js';
import { SubscriptionDesk } from './subscription-desk.js';
import { SubscriptionInvoicing } from './subscription-invoicing.js';
import { SubscriptionLife, type HeldSubscription } from './subscription-life.js';

/** What staff alone decide about subscriptions. */
@Injectable()
export class StaffSubscriptionService {
  constructor(
    private readonly desk: SubscriptionDesk,
    private readonly invoicing: SubscriptionInvoicing,
    private readonly life: SubscriptionLife,
  ) {}

  /** What is arranged counts from the next invoice on. @throws DomainError not_found, subscription_changed, subscription_state */
  async update(
    context: OrganizationContext,
    id: string,
    { version, ...patch }: Partial<Arrangement> & { version: number },
  ): Promise<void> {
    await this.desk.hold(context, id, async (db, { today }, held) => {
      if (held.row.version !== version) throw new DomainError('subscription_changed');
      if (held.row.endedAt) throw new DomainError('subscription_state');
      const before = arrangementOf(held.row);
      await this.life.patch(db, context, held, patch);
      const after = arrangementOf(held.row);
      const changed = (Object.keys(after) as (keyof Arrangement)[]).filter((name) => after[name] !== before[name]);
      if (changed.length === 0) return;
      await this.life.say(db, context, held, 'update', { kind: 'updated', onDay: today, after: changed.join(' ') });
    });
  }

  /**
   * Goes on with one of which nothing more was billed: asks for what was missed, three periods at a time, or passes over the periods
   * that have gone by.
   * @throws DomainError not_found, subscription_state
   */
  async release(context: OrganizationContext, id: string, how: 'bill' | 'skip'): Promise<void> {
    await this.desk.hold(context, id, async (db, terms, held) => {
      if (!held.row.heldAt) throw new DomainError('subscription_state');
      await this.life.patch(db, context, held, { heldAt: null, heldFor: null });
      await this.life.say(db, context, held, 'release', { kind: 'released', onDay: terms.today, reason: how });
      if (how === 'skip') await this.skipMissed(db, context, terms, held);
      await this.life.catchUp(db, context, terms, held);
    });
  }

  /**
   * Gives back so much of what it has asked for, the latest invoices first.
   * @throws DomainError not_found, credit_exceeds_invoice
   */
  async credit(
    context: OrganizationContext,
    id: string,
    { amount, reason }: { amount: bigint; reason: string },
  ): Promise<void> {
    await this.desk.hold(context, id, async (db, { today }, held) => {
      const invoices = await this.creditable(db, id);
      const most = invoices.reduce((sum, { creditable }) => sum + creditable, 0n);
      if (amount > most) throw new DomainError('credit_exceeds_invoice');
      await this.invoicing.credit(db, context, invoices, amount, reason);
      await this.life.say(db, context, held, 'update', { kind: 'credited', onDay: today, amount, reason });
    });
  }

  private async skipMissed(
    db: Db,
    context: OrganizationContext,
    { today }: BillingTerms,
    held: HeldSubscription,
  ): Promise<void> {
    for (;;) {
      const {
        nextRenewalOn,
        anchorOn,
        periodUnit,
        periodEvery,
        periodCount,
        cancelOn,
        pauseOn,
        startedAt,
        trialEndsOn,
      } = held.row;
      if (!nextRenewalOn || (!startedAt && trialEndsOn)) return;
      const { endsOn } = periodOf(anchorOn, periodUnit, periodEvery, periodCount);
      const isPlanned = [cancelOn, pauseOn].some((day) => day !== null && day < endsOn);
      if (endsOn > today || isPlanned) return;
      await this.life.skip(db, context, held, nextRenewalOn);
    }
  }

  private async creditable(db: Db, id: string): Promise<PeriodInvoice[]> {
    return db.query<PeriodInvoice>(sql`
      select i.id, i.settled, i.total - i.credited - i.written_off as creditable
      from invoices i where ${db.tenant('i')} and i.subscription_id = ${id}::uuid and i.state not in ('draft', 'void') and i.credited < i.total
      order by i.opened_at desc, i.id desc limit 24`);
  }
}
