import { Injectable } from '@nestjs/common';
import { featureSettings, portalOrigin, type StoredSettings } from '@balcao/module-directory';
import { dayAt, type Day } from '@balcao/money';
import { AppConfig } from '@balcao/platform-config';
import { Database, empty, sql, type OrganizationContext } from '@balcao/platform-tenancy';
import { usableLink } from '../payment-links/payment-link.repository.js';
import { PaymentLinkTokens } from '../payment-links/payment-link-tokens.js';

/** So many invoices stand in a mail with links. */
export const MOST_LINKED = 10;

/** An invoice with the address that opens it. */
export interface LinkedFacts {
  number: string;
  title: string;
  currency: string;
  owed: bigint;
  dueOn: Day;
  payableUntil: Day;
  finePercent: string;
  interestPercent: string;
  checkCode: string;
  url: string;
}

/** What a mail with links is made of. */
export interface PaymentLinksFacts {
  organizationName: string;
  accountName: string;
  /** By the organization's clock, where it is. */
  today: Day;
  /** Due first. */
  invoices: LinkedFacts[];
  /** What is owed besides. */
  more: number;
  portalId: string;
  homeUrl: string;
  /** Where anybody sees whether a bill is genuine; null where the portal has no such page. */
  checkUrl: string | null;
}

interface Row {
  organizationName: string;
  accountName: string;
  accountEmail: string | null;
  timeZone: string;
  portalId: string;
  portalSlug: string;
  portalDomain: string | null;
  domainLeadsHere: boolean;
  settings: StoredSettings;
  readerStatus: string | null;
  readsInvoices: boolean | null;
  owing: number;
}

/** Reads, at the moment of sending, what an account owes and the links that open it. */
@Injectable()
export class PaymentLinksReader {
  constructor(
    private readonly database: Database,
    private readonly tokens: PaymentLinkTokens,
    private readonly config: AppConfig,
  ) {}

  /** Undefined where nothing is owed that a link opens, or the reader at that address is not to know of it any more. */
  async read(
    context: OrganizationContext,
    { billingAccountId, invoiceId, portalUserId = null, portalId = null }: Record<string, string | undefined | null>,
    email: string,
  ): Promise<PaymentLinksFacts | undefined> {
    const { row, invoices } = await this.database.read(context, async (db) => {
      const owed = sql`${db.tenant('t')} and t.billing_account_id = ${billingAccountId ?? null}::uuid and t.owed > 0
        ${invoiceId ? sql`and t.id = ${invoiceId}::uuid` : empty}`;
      const [row, invoices] = await Promise.all([
        db.first<Row>(sql`
          select o.name as "organizationName", o.time_zone as "timeZone", a.name as "accountName", a.email as "accountEmail",
            p.id as "portalId", p.slug as "portalSlug", p.custom_domain as "portalDomain", p.domain_leads_here as "domainLeadsHere", p.settings,
            u.status as "readerStatus", 'invoices:read' = any(r.permissions) as "readsInvoices",
            (select count(*)::int from invoices t where ${owed}) as owing
          from billing_accounts a join organizations o on o.id = a.organization_id
          left join portal_users u on ${db.tenant('u')} and u.billing_account_id = a.id and u.id = ${portalUserId}::uuid
          left join roles r on ${db.tenant('r')} and r.id = u.role_id
          cross join lateral portal_for(a.organization_id, u.role_id, ${portalId}::uuid) p
          where ${db.tenant('a')} and a.id = ${billingAccountId ?? null}::uuid`),
        db.query<Omit<LinkedFacts, 'url'> & { id: string; linkId: string | null }>(sql`
          select t.id, t.number, t.title, t.currency, t.owed, t.due_on as "dueOn", t.payable_until as "payableUntil",
            trim_scale(t.fine_percent)::text as "finePercent", trim_scale(t.interest_percent)::text as "interestPercent",
            t.check_code as "checkCode", ${usableLink(db, sql`t.id`)} as "linkId"
          from invoices t where ${owed} order by t.due_on, t.id limit ${MOST_LINKED}`),
      ]);
      return { row, invoices };
    });
    if (!row || !readerIsMeant(row, { portalUserId, email })) return undefined;
    const features = featureSettings.of(row.settings);
    const linked = invoices.flatMap(({ linkId, ...invoice }) => (linkId ? [{ ...invoice, linkId }] : []));
    if (!features.billing || linked.length === 0) return undefined;
    const { portalSlug: slug, portalDomain: customDomain, domainLeadsHere, organizationName, accountName } = row;
    const home = `${portalOrigin({ slug, customDomain, domainLeadsHere }, this.config.publicUrl)}/portal`;
    const { organizationId } = context;
    return {
      ...{ organizationName, accountName, portalId: row.portalId },
      today: dayAt(context.clock.now(), row.timeZone),
      invoices: linked.map(({ id, linkId, ...invoice }) => ({
        ...invoice,
        url: `${home}/pay#token=${this.tokens.of({ id: linkId, organizationId, subjectId: id })}`,
      })),
      more: row.owing - linked.length,
      homeUrl: `${home}/invoices`,
      checkUrl: features.billCheck ? `${home}/check` : null,
    };
  }
}

/** A person who may read invoices; the account's own address as long as it has it. */
const readerIsMeant = (
  { readerStatus, readsInvoices, accountEmail }: Row,
  { portalUserId, email }: { portalUserId: string | null | undefined; email: string },
): boolean => (portalUserId ? readerStatus === 'active' && readsInvoices === true : accountEmail === email);
