import { Injectable } from '@nestjs/common';
import { isCurrency } from '@balcao/money';
import { Audit } from '@balcao/platform-audit';
import { DomainError, found, refusedField } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import { Database, refusing, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { scaled } from './domain/charges.js';
import {
  PlanRepository,
  type PlanFields,
  type PlanPriceRow,
  type PlanRow,
  type PriceFields,
} from './persistence/plan.repository.js';

export type Plan = PlanRow & { prices: PlanPriceRow[] };

const TAKEN = { plans_name: 'name_taken' } as const;

/** What an organization sells again and again, and what it costs. */
@Injectable()
export class PlanService {
  constructor(
    private readonly database: Database,
    private readonly plans: PlanRepository,
    private readonly audit: Audit,
    private readonly events: Events,
  ) {}

  /** 500 at most, what is sold first. */
  async list(context: OrganizationContext): Promise<Plan[]> {
    return this.database.read(context, async (db) => {
      const plans = await this.plans.list(db);
      const prices = await this.plans.prices(
        db,
        plans.map(({ id }) => id),
      );
      return plans.map((plan) => ({ ...plan, prices: prices.filter(({ planId }) => planId === plan.id) }));
    });
  }

  /** @throws DomainError not_found */
  async get(context: OrganizationContext, id: string): Promise<Plan> {
    return this.database.read(context, (db) => this.read(db, id));
  }

  /** @throws DomainError name_taken */
  async create(context: OrganizationContext, fields: PlanFields): Promise<Plan> {
    return this.database.transaction(context, async (db) => {
      const id = await refusing(TAKEN, () => this.plans.insert(db, fields));
      const action = 'staff.plan.create';
      await this.audit.record(db, context, { action, target: { type: 'plan', id }, changes: { after: fields } });
      await this.changed(db, context, id);
      return this.read(db, id);
    });
  }

  /**
   * Changes what is named and leaves the rest. An archived plan is sold to nobody; who has it keeps it.
   * @throws DomainError not_found, conflict, name_taken
   */
  async update(
    context: OrganizationContext,
    id: string,
    { version, isArchived, ...patch }: Partial<PlanFields> & { version: number; isArchived?: boolean },
  ): Promise<Plan> {
    return this.database.transaction(context, async (db) => {
      const before = found(await this.plans.lock(db, id));
      if (before.version !== version) throw new DomainError('conflict');
      const archivedAt =
        isArchived === undefined ? before.archivedAt : isArchived ? (before.archivedAt ?? new Date()) : null;
      await refusing(TAKEN, () => this.plans.update(db, id, { ...patch, archivedAt }));
      const after = await this.read(db, id);
      await this.audit.record(db, context, {
        action: 'staff.plan.update',
        target: { type: 'plan', id },
        changes: { before, after: { ...after, prices: [] } },
      });
      await this.changed(db, context, id);
      return after;
    });
  }

  /**
   * Adds a price. Subscriptions keep theirs until they are changed.
   * @throws DomainError not_found, plan_archived, validation_failed for an unknown currency
   */
  async addPrice(context: OrganizationContext, planId: string, price: PriceFields): Promise<Plan> {
    if (!isCurrency(price.currency)) throw refusedField('currency', 'isCurrency');
    if (price.model !== 'usage' && scaled(price.included) > 0n) throw refusedField('included', 'max', { max: 0 });
    return this.database.transaction(context, async (db) => {
      const plan = found(await this.plans.lock(db, planId));
      if (plan.archivedAt) throw new DomainError('plan_archived');
      const createdById = context.actor.type === 'staff' ? context.actor.id! : null;
      const id = await this.plans.addPrice(db, planId, price, createdById);
      await this.audit.record(db, context, {
        action: 'staff.plan_price.create',
        target: { type: 'plan', id: planId },
        changes: { after: { ...price, id } },
      });
      await this.changed(db, context, planId);
      return this.read(db, planId);
    });
  }

  /** From now on nobody takes it; who has it keeps it. @throws DomainError not_found */
  async archivePrice(context: OrganizationContext, planId: string, priceId: string): Promise<Plan> {
    return this.database.transaction(context, async (db) => {
      found(await this.plans.lock(db, planId));
      if (!(await this.plans.archivePrice(db, planId, priceId))) {
        const prices = await this.plans.prices(db, [planId]);
        found(prices.find((price) => price.priceId === priceId));
        return this.read(db, planId);
      }
      await this.audit.record(db, context, {
        action: 'staff.plan_price.archive',
        target: { type: 'plan', id: planId },
        changes: { after: { priceId } },
      });
      await this.changed(db, context, planId);
      return this.read(db, planId);
    });
  }

  private async read(db: Db, id: string): Promise<Plan> {
    return { ...found(await this.plans.get(db, id)), prices: await this.plans.prices(db, [id]) };
  }

  private async changed(db: Db, context: OrganizationContext, planId: string): Promise<void> {
    await this.events.publish(db, context, { name: 'plan.changed', ids: { planId } });
  }
}
