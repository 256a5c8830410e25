import { dayAt, type Day } from '@balcao/money';
import { sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { STORED_PAYMENT_SETTINGS, paymentSettings, type PaymentSettings } from './payment-settings.js';

/** What counts for whoever pays, wherever they do. */
export interface PaymentPlace {
  organizationName: string;
  currency: string;
  timeZone: string;
  locale: 'pt-BR' | 'en-US';
  /** By the context's clock, where the organization is. */
  today: Day;
  portalId: string;
  portal: { slug: string; customDomain: string | null; domainLeadsHere: boolean };
  settings: PaymentSettings;
}

/** Reads it for a portal, or for the organization's first where none is named. */
export async function placeOf(db: Db, context: OrganizationContext, portalId?: string | null): Promise<PaymentPlace> {
  const id = portalId ?? context.portalId;
  const row = await db.first<
    Omit<PaymentPlace, 'today' | 'settings' | 'portal'> & PaymentPlace['portal'] & { stored: object }
  >(sql`
    select o.name as "organizationName", o.currency, o.time_zone as "timeZone", o.locale, p.id as "portalId", p.slug,
      p.custom_domain as "customDomain", p.domain_leads_here as "domainLeadsHere", ${STORED_PAYMENT_SETTINGS} as stored
    from organizations o join portals p on ${db.tenant('p')} and ${id ? sql`p.id = ${id}::uuid` : sql`p.is_default`}
    where o.id = ${context.organizationId}::uuid`);
  const { slug, customDomain, domainLeadsHere, stored, ...place } = row!;
  return {
    ...place,
    today: dayAt(context.clock.now(), place.timeZone),
    portal: { slug, customDomain, domainLeadsHere },
    settings: paymentSettings.of(stored),
  };
}
