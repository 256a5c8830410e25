import { Injectable } from '@nestjs/common';
import { addDays, dayAt, type Day } from '@balcao/money';
import { newId } from '@balcao/platform-database';
import { Audit } from '@balcao/platform-audit';
import { DomainError, found, refusedField, unknownReference } from '@balcao/platform-errors';
import {
  Database,
  columnsOf,
  sql,
  type Db,
  type OrganizationContext,
  type PortalContext,
} from '@balcao/platform-tenancy';
import { isTooMuch, plain, renewalLines, scaled } from './domain/charges.js';
import { SubscriptionRepository } from './persistence/subscription.repository.js';
import { SubscriptionDesk } from './subscription-desk.js';

/** What was used, as whoever counts it names it. */
export interface UsageRecord {
  /** Names it for good: the same again is counted once. */
  key: string;
  itemId: string;
  usedOn: Day;
  quantity: string;
}

export interface UsageRow extends UsageRecord {
  id: string;
  invoiceId: string | null;
  isBilled: boolean;
  recordedAt: Date;
}

/** What was used of an item on a day. */
export interface UsageDay extends Pick<UsageRecord, 'itemId' | 'usedOn' | 'quantity'> {
  isBilled: boolean;
}

/** Days that customers look back, which a period of a month and what was billed of the one before it fit in. */
const DAYS_BACK = 62;
const MOST_DAYS = 200;

const COLUMNS = sql`${columnsOf('u', ['id', 'key', 'itemId', 'usedOn', 'invoiceId', 'isBilled', 'recordedAt'])},
  trim_scale(u.quantity)::text as quantity`;

/** What is used of subscriptions. */
@Injectable()
export class UsageService {
  constructor(
    private readonly database: Database,
    private readonly rows: SubscriptionRepository,
    private readonly desk: SubscriptionDesk,
    private readonly audit: Audit,
  ) {}

  /** The latest first, 200 at most. @throws DomainError not_found */
  async list(context: OrganizationContext, id: string): Promise<UsageRow[]> {
    return this.database.read(context, async (db) => {
      found(await this.rows.get(db, id));
      return db.query<UsageRow>(sql`
        select ${COLUMNS} from usage_records u where ${db.account('u')} and u.subscription_id = ${id}::uuid
        order by u.used_on desc, u.id desc limit 200`);
    });
  }

  /** What customers see: by day and item, the latest first, of two months and 200 at most. @throws DomainError not_found */
  async days(context: PortalContext, id: string): Promise<UsageDay[]> {
    return this.database.read(context, async (db) => {
      found(await this.rows.get(db, id));
      const since = addDays(dayAt(context.clock.now(), context.principal.organization.timeZone), -DAYS_BACK);
      return db.query<UsageDay>(sql`
        select u.item_id as "itemId", u.used_on as "usedOn", trim_scale(sum(u.quantity))::text as quantity, u.is_billed as "isBilled"
        from usage_records u where ${db.account('u')} and u.subscription_id = ${id}::uuid and u.used_on > ${since}::date
        group by u.used_on, u.item_id, u.is_billed order by u.used_on desc, u.item_id, u.is_billed limit ${MOST_DAYS}`);
    });
  }

  /**
   * Writes down what was used; a key that is there already with the same facts changes nothing.
   * @returns how many were new
   * @throws DomainError not_found, subscription_state, usage_key_taken, usage_period_billed, validation_failed for an item that counts
   *   no usage, a quantity that is none or more than an invoice can ask for, or a day to come
   */
  async record(context: OrganizationContext, id: string, records: readonly UsageRecord[]): Promise<number> {
    return this.desk.hold(context, id, async (db, { today, locale }, { row, items }) => {
      if (row.state === 'canceled' || row.state === 'pending') throw new DomainError('subscription_state');
      records.forEach(({ itemId, usedOn, quantity }, place) => {
        if (!items.some((item) => item.id === itemId && item.model === 'usage'))
          throw unknownReference(`records.${place}.itemId`);
        if (usedOn > today) throw refusedField(`records.${place}.usedOn`, 'notAfterToday');
        if (scaled(quantity) <= 0n) throw refusedField(`records.${place}.quantity`, 'moneyNotPositive');
      });
      const there = await this.known(
        db,
        id,
        records.map(({ key }) => key),
      );
      const added: UsageRecord[] = [];
      for (const record of records) {
        const known = there.get(record.key);
        if (known && !isSame(known, record)) throw new DomainError('usage_key_taken');
        if (known) continue;
        if (!row.currentStartsOn || record.usedOn < row.currentStartsOn) throw new DomainError('usage_period_billed');
        there.set(record.key, record);
        added.push(record);
      }
      await this.insert(db, context, { id, billingAccountId: row.billingAccountId }, added);
      // What no invoice could ask for would hold up all that comes.
      const period = { startsOn: today, endsOn: today };
      const used = await this.rows.unbilledUsage(db, id, addDays(today, 1));
      const asked = renewalLines(items, { period, discountPercent: null, used, locale });
      if (isTooMuch(asked, row.currency)) throw refusedField(`records.${records.length - 1}.quantity`, 'moneyTooLarge');
      if (added.length > 0)
        await this.audit.record(db, context, {
          action: 'staff.usage.record',
          target: { type: 'subscription', id },
          billingAccountId: row.billingAccountId,
          changes: { after: { records: added.length } },
        });
      return added.length;
    });
  }

  private async known(db: Db, id: string, keys: readonly string[]): Promise<Map<string, UsageRecord>> {
    const rows = await db.query<UsageRecord>(sql`
      select ${COLUMNS} from usage_records u
      where ${db.tenant('u')} and u.subscription_id = ${id}::uuid and u.key = any(${[...keys]}::text[])`);
    return new Map(rows.map((row) => [row.key, row]));
  }

  private async insert(
    db: Db,
    context: OrganizationContext,
    of: { id: string; billingAccountId: string },
    records: readonly UsageRecord[],
  ): Promise<void> {
    if (records.length === 0) return;
    const rows = records.map(({ key, itemId, usedOn, quantity }) => ({
      id: newId(),
      key,
      item_id: itemId,
      used_on: usedOn,
      quantity,
    }));
    const createdById = context.actor.type === 'staff' ? context.actor.id! : null;
    await db.execute(sql`
      insert into usage_records (billing_account_id, subscription_id, recorded_at, created_by_id, id, key, item_id, used_on, quantity)
      select ${of.billingAccountId}::uuid, ${of.id}::uuid, ${context.clock.now()}::timestamptz, ${createdById}::uuid, r.*
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) r (id uuid, key text, item_id uuid, used_on date, quantity numeric)`);
  }
}

const isSame = (one: UsageRecord, other: UsageRecord): boolean =>
  one.itemId === other.itemId &&
  one.usedOn === other.usedOn &&
  plain(scaled(one.quantity)) === plain(scaled(other.quantity));
