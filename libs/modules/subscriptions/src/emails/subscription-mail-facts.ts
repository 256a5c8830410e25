import { Injectable } from '@nestjs/common';
import { featureSettings, portalOrigin, type StoredSettings } from '@balcao/module-directory';
import { addDays, dayAt, type Day } from '@balcao/money';
import { AppConfig } from '@balcao/platform-config';
import { Database, columnsOf, sql, type OrganizationContext } from '@balcao/platform-tenancy';
import type { SubscriptionEventKind, SubscriptionState } from '../domain/life.js';
import { SubscriptionReader } from '../subscription-reader.service.js';
import { SubscriptionSettingsService } from '../subscription-settings.service.js';

/** What the mails about a subscription are made of. Money is in minor units of `currency`. */
export interface SubscriptionMailFacts {
  id: string;
  number: string;
  title: string;
  currency: string;
  state: SubscriptionState;
  cancelOn: Day | null;
  resumeOn: Day | null;
  pausedFor: 'wish' | 'unpaid' | null;
  owed: bigint;
  /** What becomes of it where it stays unpaid, and when; null where nothing. */
  consequence: { action: 'pause' | 'cancel'; on: Day } | null;
  /** What it will ask for next; null where nothing. */
  next: { on: Day; dueOn: Day; total: bigint; isEstimate: boolean } | null;
  organizationName: string;
  accountName: string;
  /** By the organization's clock, where it is. */
  today: Day;
  /** What happened, of which the mail tells. */
  event: {
    kind: SubscriptionEventKind;
    onDay: Day;
    untilDay: Day | null;
    before: string | null;
    after: string | null;
    reason: string | null;
    amount: bigint | null;
  };
  portalId: string;
  /** Its page; null where the reader's portal shows none. */
  url: string | null;
  /** Where the reader says that they want no notices; null for the account's own address. */
  settingsUrl: string | null;
}

interface Row extends Pick<SubscriptionMailFacts, 'organizationName' | 'accountName' | 'portalId'> {
  accountEmail: string | null;
  timeZone: string;
  portalSlug: string;
  portalDomain: string | null;
  domainLeadsHere: boolean;
  settings: StoredSettings;
  status: string | null;
  receiveNotifications: boolean | null;
  maySee: boolean | null;
  kind: SubscriptionEventKind;
  onDay: Day;
  untilDay: Day | null;
  before: string | null;
  after: string | null;
  reason: string | null;
  amount: bigint | null;
}

/** Reads, at the moment of sending, whether and what to write about a subscription. */
@Injectable()
export class SubscriptionMailReader {
  constructor(
    private readonly database: Database,
    private readonly reader: SubscriptionReader,
    private readonly settings: SubscriptionSettingsService,
    private readonly config: AppConfig,
  ) {}

  /** @returns undefined where there is nothing to write about, or nobody to write to any more */
  async read(
    context: OrganizationContext,
    ids: Record<string, string>,
    email: string,
  ): Promise<SubscriptionMailFacts | undefined> {
    const subscriptionId = ids['subscriptionId'] ?? null;
    const portalUserId = ids['portalUserId'] ?? null;
    const row = await this.database.read(context, (db) =>
      db.first<Row>(sql`
        select o.name as "organizationName", o.time_zone as "timeZone", a.name as "accountName", a.email as "accountEmail",
          p0.id as "portalId", p0.slug as "portalSlug", p0.custom_domain as "portalDomain", p0.domain_leads_here as "domainLeadsHere",
          p0.settings, u.status, u.receive_notifications as "receiveNotifications", 'subscriptions:read' = any(r.permissions) as "maySee",
          ${columnsOf('e', ['kind', 'onDay', 'untilDay', 'before', 'after', 'reason', 'amount'])}
        from subscription_events e
        join organizations o on o.id = e.organization_id
        join billing_accounts a on ${db.tenant('a')} and a.id = e.billing_account_id
        left join portal_users u on ${db.tenant('u')} and u.billing_account_id = e.billing_account_id and u.id = ${portalUserId}::uuid
        left join roles r on ${db.tenant('r')} and r.id = u.role_id
        cross join lateral portal_for(e.organization_id, u.role_id, null) p0
        where ${db.tenant('e')} and e.subscription_id = ${subscriptionId}::uuid and e.id = ${ids['subscriptionEventId'] ?? null}::uuid`),
    );
    if (!row || subscriptionId === null || !isWanted(row, portalUserId, email)) return undefined;
    const detail = await this.reader.get(context, subscriptionId);
    const { pastDueAction, pastDueDays } = await this.settings.get(context);
    const origin = portalOrigin(
      { slug: row.portalSlug, customDomain: row.portalDomain, domainLeadsHere: row.domainLeadsHere },
      this.config.publicUrl,
    );
    const { id, number, title, currency, state, cancelOn, resumeOn, pausedFor, owed, nextCharge } = detail;
    const { kind, onDay, untilDay, before, after, reason, amount } = row;
    return {
      ...{ id, number, title, currency, state, cancelOn, resumeOn, pausedFor, owed },
      consequence:
        pastDueAction === 'none' || detail.pastDueOn === null
          ? null
          : { action: pastDueAction, on: addDays(detail.pastDueOn, pastDueDays) },
      next: nextCharge,
      organizationName: row.organizationName,
      accountName: row.accountName,
      today: dayAt(context.clock.now(), row.timeZone),
      event: { kind, onDay, untilDay, before, after, reason, amount },
      portalId: row.portalId,
      url: featureSettings.of(row.settings).billing ? `${origin}/portal/subscriptions/${id}` : null,
      settingsUrl: row.status === null ? null : `${origin}/portal/settings`,
    };
  }
}

/** Whether the reader still is to be told, at the address that the mail goes to. */
function isWanted(
  { status, receiveNotifications, maySee, accountEmail }: Row,
  portalUserId: string | null,
  email: string,
): boolean {
  if (portalUserId === null) return accountEmail === email;
  return status === 'active' && receiveNotifications === true && maySee === true;
}
