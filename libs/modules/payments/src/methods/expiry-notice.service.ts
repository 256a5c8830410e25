import { Injectable } from '@nestjs/common';
import { addDays, dayAt, type Day } from '@balcao/money';
import { Events } from '@balcao/platform-events';
import { Database, sql, type OrganizationContext } from '@balcao/platform-tenancy';
import { CollectionMailer } from '../collection/collection-mailer.js';
import { EXPIRY_STEPS, expiryStep } from './payment-method.js';
import { PaymentMethodRepository } from './payment-method.repository.js';

const BATCH = 50;

/** Tells accounts of cards that will soon be charged no more: of each step once, on the organization's clock. */
@Injectable()
export class ExpiryNoticeService {
  constructor(
    private readonly database: Database,
    private readonly methods: PaymentMethodRepository,
    private readonly mailer: CollectionMailer,
    private readonly events: Events,
  ) {}

  /** @param most cards of the organization; what is left comes the next time */
  async notice(context: OrganizationContext, most: number): Promise<void> {
    for (let done = 0; done < most;) {
      const count = await this.noticeBatch(context, Math.min(BATCH, most - done));
      done += count;
      if (count < BATCH) return;
    }
  }

  private async noticeBatch(context: OrganizationContext, limit: number): Promise<number> {
    return this.database.transaction(context, async (db) => {
      const now = context.clock.now();
      const place = await db.first<{ timeZone: string }>(
        sql`select o.time_zone as "timeZone" from organizations o where o.id = ${context.organizationId}::uuid`,
      );
      const today = dayAt(now, place!.timeZone);
      const [first, last] = EXPIRY_STEPS;
      const due = await db.query<{ id: string; billingAccountId: string; expiresOn: Day }>(sql`
        select m.id, m.billing_account_id as "billingAccountId", m.expires_on as "expiresOn" from payment_methods m
        where ${db.tenant('m')} and m.removed_at is null and m.expires_on between ${today}::date and ${addDays(today, first)}::date
          and (m.expiry_noticed is null or m.expiry_noticed > ${last} and m.expires_on <= ${addDays(today, last)}::date)
        order by m.expires_on, m.id limit ${limit} for no key update skip locked`);
      for (const { id, billingAccountId, expiresOn } of due) {
        const step = expiryStep(expiresOn, today)!;
        await this.methods.update(db, id, { expiryNoticed: step }, now);
        await this.mailer.tellExpiring(db, context, { id, billingAccountId }, step);
        await this.events.publish(db, context, {
          name: 'payment_method.changed',
          ids: { billingAccountId },
          billingAccountId,
          portalUserId: undefined,
        });
      }
      return due.length;
    });
  }
}
