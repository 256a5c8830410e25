import { Injectable } from '@nestjs/common';
import { Audit } from '@balcao/platform-audit';
import { DomainError } from '@balcao/platform-errors';
import { Database, assignments, columnsOf, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';

/** What becomes of a subscription whose invoices stay unpaid. */
export const PAST_DUE_ACTIONS = ['none', 'pause', 'cancel'] as const;

/** How an organization goes about subscriptions. */
export interface SubscriptionSettings {
  pastDueAction: (typeof PAST_DUE_ACTIONS)[number];
  /** Days behind the day on which an invoice became late. */
  pastDueDays: number;
  /** Whether days that are paid and not used are credited where somebody cancels at once. */
  creditsUnused: boolean;
  /** What is offered to who wants to leave. */
  offersPause: boolean;
  offersPlan: boolean;
  /** Percent off, for so many periods; 0 for no such offer. */
  offerPercent: string;
  offerPeriods: number;
  version: number;
}

const DEFAULTS: SubscriptionSettings = {
  pastDueAction: 'none',
  pastDueDays: 30,
  creditsUnused: true,
  offersPause: true,
  offersPlan: true,
  offerPercent: '0',
  offerPeriods: 3,
  version: 1,
};

const PLAIN = ['pastDueAction', 'pastDueDays', 'creditsUnused', 'offersPause', 'offersPlan', 'offerPeriods', 'version'];
const COLUMNS = sql`${columnsOf('s', PLAIN)}, trim_scale(s.offer_percent)::text as "offerPercent"`;

@Injectable()
export class SubscriptionSettingsService {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  async get(context: OrganizationContext): Promise<SubscriptionSettings> {
    return this.database.read(context, (db) => this.read(db));
  }

  async read(db: Db): Promise<SubscriptionSettings> {
    const row = await db.first<SubscriptionSettings>(
      sql`select ${COLUMNS} from subscription_settings s where ${db.tenant('s')}`,
    );
    return row ?? DEFAULTS;
  }

  /**
   * Changes what is named and leaves the rest.
   * @throws DomainError conflict where somebody else has changed them since that version
   */
  async update(
    context: OrganizationContext,
    { version, ...patch }: Partial<SubscriptionSettings> & { version: number },
  ): Promise<SubscriptionSettings> {
    return this.database.transaction(context, async (db) => {
      // A row to hold, for two who write the first settings at once.
      await db.execute(
        sql`insert into subscription_settings (organization_id) values (${context.organizationId}::uuid) on conflict do nothing`,
      );
      await db.query(sql`select from subscription_settings s where ${db.tenant('s')} for no key update`);
      const before = await this.read(db);
      if (before.version !== version) throw new DomainError('conflict');
      const values = { ...patch, version: sql`s.version + 1`, updatedAt: sql`now()` };
      await db.execute(sql`update subscription_settings s set ${assignments(values)} where ${db.tenant('s')}`);
      const after = await this.read(db);
      await this.audit.record(db, context, {
        action: 'staff.subscription_settings.update',
        target: { type: 'organization', id: context.organizationId },
        changes: { before, after },
      });
      return after;
    });
  }
}
