import { Injectable } from '@nestjs/common';
import { newId } from '@balcao/platform-database';
import { assignments, columnsOf, insertInto, sql, type Db } from '@balcao/platform-tenancy';
import type { CycleUnit, Item, PlanKind, Price, PriceModel } from '../domain/plan.js';
import { PRICE_STATE, type PriceState } from './subscription.repository.js';
import { PRICE_COLUMNS, priceOf, type ItemRow } from './subscription.rows.js';

export interface PlanRow {
  id: string;
  name: string;
  description: string | null;
  kind: PlanKind;
  family: string | null;
  isOffered: boolean;
  archivedAt: Date | null;
  version: number;
  createdAt: Date;
  /** Subscriptions that have it and have not ended. */
  subscriptions: number;
}

export interface PlanFields {
  name: string;
  description: string | null;
  kind: PlanKind;
  family: string | null;
  isOffered: boolean;
}

/** What a new price says. Money is in minor units of `currency`. */
export interface PriceFields {
  model: PriceModel;
  currency: string;
  unitAmount: bigint;
  unitName: string | null;
  included: string;
  periodUnit: CycleUnit;
  periodEvery: number;
  trialDays: number;
  setupAmount: bigint;
  taxName: string | null;
  taxPercent: string | null;
  taxIsIncluded: boolean;
}

export type PlanPriceRow = Price & PriceState & { number: number; createdAt: Date; subscriptions: number };

const PLAN_COLUMNS = columnsOf('p', [
  'id',
  'name',
  'description',
  'kind',
  'family',
  'isOffered',
  'archivedAt',
  'version',
  'createdAt',
]);

const MOST_PLANS = 500;

/** Rows of plans and their prices. */
@Injectable()
export class PlanRepository {
  /** Those that are sold in the order of their names, then archived ones. Organizations have hundreds at most. */
  async list(db: Db): Promise<PlanRow[]> {
    return db.query<PlanRow>(sql`
      select ${PLAN_COLUMNS}, ${IN_USE(db)} as subscriptions from plans p
      where ${db.tenant('p')} order by p.archived_at is not null, p.name, p.id limit ${MOST_PLANS}`);
  }

  async get(db: Db, id: string): Promise<PlanRow | undefined> {
    return db.first<PlanRow>(sql`
      select ${PLAN_COLUMNS}, ${IN_USE(db)} as subscriptions from plans p where ${db.tenant('p')} and p.id = ${id}::uuid`);
  }

  async lock(db: Db, id: string): Promise<Omit<PlanRow, 'subscriptions'> | undefined> {
    return db.first(sql`
      select ${PLAN_COLUMNS} from plans p where ${db.tenant('p')} and p.id = ${id}::uuid for no key update`);
  }

  async insert(db: Db, fields: PlanFields): Promise<string> {
    const id = newId();
    await db.execute(insertInto('plans', { ...fields, id }));
    return id;
  }

  async update(db: Db, id: string, patch: Partial<PlanFields> & { archivedAt?: Date | null }): Promise<void> {
    const set = assignments({ ...patch, version: sql`p.version + 1`, updatedAt: sql`now()` });
    await db.execute(sql`update plans p set ${set} where ${db.tenant('p')} and p.id = ${id}::uuid`);
  }

  /** The prices of plans, the latest first. */
  async prices(db: Db, planIds: readonly string[]): Promise<PlanPriceRow[]> {
    const rows = await db.query<ItemRow & PriceState>(sql`
      select ${PRICE_COLUMNS}, ${PRICE_STATE}, r.number, r.created_at as "createdAt",
        (select count(*)::int from subscription_items i join subscriptions s on ${db.tenant('s')} and s.id = i.subscription_id
          where ${db.tenant('i')} and i.plan_id = r.plan_id and i.price_id = r.id and s.ended_at is null) as subscriptions
      from plan_prices r join plans p on ${db.tenant('p')} and p.id = r.plan_id
      where ${db.tenant('r')} and r.plan_id = any(${[...planIds]}::uuid[]) order by r.plan_id, r.number desc limit 1000`);
    return rows.map((row) => priceOf(row) as unknown as PlanPriceRow);
  }

  /** Adds the next price of a plan, whose row is held. */
  async addPrice(db: Db, planId: string, price: PriceFields, createdById: string | null): Promise<string> {
    const id = newId();
    const number = sql`(select coalesce(max(r.number), 0) + 1 from plan_prices r where ${db.tenant('r')} and r.plan_id = ${planId}::uuid)`;
    await db.execute(insertInto('plan_prices', { ...price, id, planId, createdById, number }));
    return id;
  }

  /** @returns whether there was one that is still sold */
  async archivePrice(db: Db, planId: string, id: string): Promise<boolean> {
    const changed = await db.execute(sql`
      update plan_prices r set archived_at = now()
      where ${db.tenant('r')} and r.plan_id = ${planId}::uuid and r.id = ${id}::uuid and r.archived_at is null`);
    return changed > 0;
  }

  /**
   * What a customer who has an item may take in its place: what is offered of its family, for its currency and its way of counting,
   * each plan and cycle at its latest price; and what they have.
   */
  async choices(db: Db, item: Item): Promise<(Price & PriceState)[]> {
    const rows = await db.query<ItemRow & PriceState>(sql`
      select * from (
        select distinct on (r.plan_id, r.period_unit, r.period_every) ${PRICE_COLUMNS}, ${PRICE_STATE}
        from plan_prices r
        join plans p on ${db.tenant('p')} and p.id = r.plan_id
        join plans mine on ${db.tenant('mine')} and mine.id = ${item.planId}::uuid
        where ${db.tenant('r')} and r.archived_at is null and p.archived_at is null and p.is_offered and p.kind = mine.kind
          and p.family is not distinct from mine.family and r.currency = ${item.currency} and r.model = ${item.model}
        order by r.plan_id, r.period_unit, r.period_every, r.number desc
      ) choice order by "unitAmount", "priceId" limit 50`);
    return rows.map((row) => priceOf(row) as unknown as Price & PriceState);
  }
}

/** How many subscriptions have the plan `p` and have not ended. */
const IN_USE = (db: Db) => sql`(select count(distinct s.id)::int from subscription_items i
  join subscriptions s on ${db.tenant('s')} and s.id = i.subscription_id
  where ${db.tenant('i')} and i.plan_id = p.id and s.ended_at is null)`;
