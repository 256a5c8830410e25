import { Injectable } from '@nestjs/common';
import { featureSettings, portalOrigin, type StoredSettings } from '@balcao/module-directory';
import { dayAt, type Day } from '@balcao/money';
import { AppConfig } from '@balcao/platform-config';
import type { FailureCode } from '@balcao/platform-gateways';
import { Database, sql, type OrganizationContext } from '@balcao/platform-tenancy';
import { PaymentMethodRepository } from '../methods/payment-method.repository.js';
import type { EndAction } from './collection.repository.js';
import type { CollectionState } from './dunning.js';

/** A card as its owner knows it. */
interface CardFacts {
  brand: string | null;
  lastFour: string | null;
}

/** What mails about saved cards are made of, whatever they are about. */
interface ReaderFacts {
  organizationName: string;
  accountName: string;
  /** By the organization's clock, where it is. */
  today: Day;
  portalId: string;
  /** The page of the account's cards; null where the reader's portal shows none. */
  cardsUrl: string | null;
  /** Where the reader says that they want no notices; null for the account's own address. */
  settingsUrl: string | null;
  /** Whether the reader still is to be told, at the address that the mail goes to. */
  isWanted: boolean;
}

export interface CollectionMailFacts extends ReaderFacts {
  state: CollectionState;
  invoiceId: string;
  invoiceUrl: string | null;
  number: string;
  title: string;
  currency: string;
  owed: bigint;
  dueOn: Day;
  attempts: number;
  /** The day of the next try; null where it waits for another card, or has ended. */
  nextOn: Day | null;
  /** Until when it waits for another card. */
  endsOn: Day | null;
  endAction: EndAction | null;
  /** The card that is charged next; null where there is none. */
  card: CardFacts | null;
  /** The last try, with why it failed. */
  last: (CardFacts & { failure: FailureCode | null }) | null;
}

export interface ExpiringMailFacts extends ReaderFacts {
  card: CardFacts & { expiresMonth: number; expiresYear: number; expiresOn: Day };
  isRemoved: boolean;
  isDefault: boolean;
  isAutomatic: boolean;
}

interface ReaderRow {
  organizationName: string;
  accountName: string;
  accountEmail: string | null;
  timeZone: string;
  portalId: string;
  portalSlug: string;
  portalDomain: string | null;
  domainLeadsHere: boolean;
  settings: StoredSettings;
  status: string | null;
  receiveNotifications: boolean | null;
  maySay: boolean | null;
}

/** Reads, at the moment of sending, whether and what to write about a saved card. */
@Injectable()
export class CollectionMailReader {
  constructor(
    private readonly database: Database,
    private readonly methods: PaymentMethodRepository,
    private readonly config: AppConfig,
  ) {}

  /** @returns undefined where there is no such collection, or no such person any more */
  async collection(
    context: OrganizationContext,
    ids: Record<string, string>,
    email: string,
  ): Promise<CollectionMailFacts | undefined> {
    return this.database.read(context, async (db) => {
      const row = await db.first<
        ReaderRow & {
          billingAccountId: string;
          paymentMethodId: string | null;
          state: CollectionState;
          invoiceId: string;
          number: string;
          title: string;
          currency: string;
          owed: bigint;
          dueOn: Day;
          attempts: number;
          nextAt: Date | null;
          endsAt: Date | null;
          endAction: EndAction | null;
          lastBrand: string | null;
          lastFour: string | null;
          lastFailure: FailureCode | null;
          lastPaymentId: string | null;
        }
      >(sql`
        select ${READER}, c.billing_account_id as "billingAccountId", c.payment_method_id as "paymentMethodId", c.state, c.attempts,
          c.next_at as "nextAt", c.ends_at as "endsAt", c.end_action as "endAction", i.id as "invoiceId", i.number, i.title, i.currency, i.owed,
          i.due_on as "dueOn", l.payment_id as "lastPaymentId", l.brand as "lastBrand", l.last_four as "lastFour", l.failure as "lastFailure"
        from collections c
        join invoices i on ${db.tenant('i')} and i.id = c.invoice_id
        ${readerOf(sql`c`, ids['portalUserId'])}
        left join lateral (select t.payment_id, m.brand, m.last_four, p.failure from collection_attempts t
          join payments p on ${db.tenant('p')} and p.id = t.payment_id
          join payment_methods m on ${db.tenant('m')} and m.id = t.payment_method_id
          where ${db.tenant('t')} and t.collection_id = c.id order by t.number desc limit 1) l on true
        where ${db.tenant('c')} and c.id = ${ids['collectionId'] ?? null}::uuid`);
      if (!row || (ids['portalUserId'] && row.status === null)) return undefined;
      const { home, hasPages, ...facts } = this.factsOf(context, row, email);
      const method = await this.methods.standingFor(db, row.billingAccountId, row.paymentMethodId);
      const { state, invoiceId, number, title, currency, owed, dueOn, attempts, endAction } = row;
      return {
        ...facts,
        ...{ state, invoiceId, number, title, currency, owed, dueOn, attempts, endAction },
        invoiceUrl: hasPages ? `${home}/invoices/${invoiceId}` : null,
        nextOn: row.nextAt && dayAt(row.nextAt, row.timeZone),
        endsOn: row.endsAt && dayAt(row.endsAt, row.timeZone),
        card: method && method.refusedFor === null ? method : null,
        last: row.lastPaymentId ? { brand: row.lastBrand, lastFour: row.lastFour, failure: row.lastFailure } : null,
      };
    });
  }

  /** @returns undefined where there is no such card, or no such person any more */
  async expiring(
    context: OrganizationContext,
    ids: Record<string, string>,
    email: string,
  ): Promise<ExpiringMailFacts | undefined> {
    const row = await this.database.read(context, (db) =>
      db.first<
        ReaderRow & {
          brand: string | null;
          lastFour: string | null;
          expiresMonth: number;
          expiresYear: number;
          expiresOn: Day;
          isRemoved: boolean;
          isDefault: boolean;
          isAutomatic: boolean;
        }
      >(sql`
        select ${READER}, c.brand, c.last_four as "lastFour", c.expires_month as "expiresMonth", c.expires_year as "expiresYear",
          c.expires_on as "expiresOn", c.removed_at is not null as "isRemoved", c.is_default as "isDefault",
          exists (select from automatic_payments s where ${db.tenant('s')} and s.billing_account_id = c.billing_account_id and s.is_on) as "isAutomatic"
        from payment_methods c
        ${readerOf(sql`c`, ids['portalUserId'])}
        where ${db.tenant('c')} and c.id = ${ids['paymentMethodId'] ?? null}::uuid`),
    );
    if (!row || row.expiresOn === null || (ids['portalUserId'] && row.status === null)) return undefined;
    const { brand, lastFour, expiresMonth, expiresYear, expiresOn, isRemoved, isDefault, isAutomatic } = row;
    const { home: _, hasPages: __, ...facts } = this.factsOf(context, row, email);
    return {
      ...facts,
      card: { brand, lastFour, expiresMonth, expiresYear, expiresOn },
      isRemoved,
      isDefault,
      isAutomatic,
    };
  }

  private factsOf(context: OrganizationContext, row: ReaderRow, email: string) {
    const { organizationName, accountName, portalId, status } = row;
    const origin = portalOrigin(
      { slug: row.portalSlug, customDomain: row.portalDomain, domainLeadsHere: row.domainLeadsHere },
      this.config.publicUrl,
    );
    const home = `${origin}/portal`;
    const hasPages = featureSettings.of(row.settings).billing;
    return {
      organizationName,
      accountName,
      portalId,
      home,
      hasPages,
      today: dayAt(context.clock.now(), row.timeZone),
      cardsUrl: hasPages ? `${home}/payment-methods` : null,
      settingsUrl: status === null ? null : `${home}/settings`,
      isWanted:
        status === null
          ? row.accountEmail === email
          : status === 'active' && row.receiveNotifications === true && row.maySay === true,
    };
  }
}

const READER = sql`o.name as "organizationName", o.time_zone as "timeZone", a.name as "accountName", a.email as "accountEmail",
  p0.id as "portalId", p0.slug as "portalSlug", p0.custom_domain as "portalDomain", p0.domain_leads_here as "domainLeadsHere", p0.settings,
  u.status, u.receive_notifications as "receiveNotifications", 'payments:create' = any(r.permissions) as "maySay"`;

/** Who reads about a row of an account, and by which portal. */
const readerOf = (row: typeof READER, portalUserId: string | undefined) => sql`
  join organizations o on o.id = ${row}.organization_id
  join billing_accounts a on a.organization_id = ${row}.organization_id and a.id = ${row}.billing_account_id
  left join portal_users u on u.organization_id = ${row}.organization_id and u.billing_account_id = ${row}.billing_account_id
    and u.id = ${portalUserId ?? null}::uuid
  left join roles r on r.organization_id = ${row}.organization_id and r.id = u.role_id
  cross join lateral portal_for(${row}.organization_id, u.role_id, null) p0`;
