import { Injectable } from '@nestjs/common';
import QuickLRU from 'quick-lru';
import { AppConfig } from '@balcao/platform-config';
import { DomainError } from '@balcao/platform-errors';
import {
  Database,
  sql,
  type AddressedTenant,
  type Db,
  type OrganizationContext,
  type OrganizationFacts,
  type OtherPortal,
} from '@balcao/platform-tenancy';
import type { Locale } from '@balcao/contracts';
import type { StoredSettings } from './domain/define-settings.js';
import {
  brandingSettings,
  featureSettings,
  type PortalBranding,
  type PortalFeatures,
} from './domain/portal-settings.js';
import { portalHome } from './domain/portal-origin.js';
import { PORTAL_ADDRESS, type ChosenPortal } from './portal-choice.js';

/** A portal with its organization and all its settings. */
export interface FoundPortal extends AddressedTenant {
  portal: {
    id: string;
    slug: string;
    name: string;
    /** Names its signup page; the slug does where it is null. */
    signupSlug: string | null;
    customDomain: string | null;
    domainVerified: boolean;
    /** Whether the portal is at home there. */
    domainLeadsHere: boolean;
  };
  branding: PortalBranding;
  features: PortalFeatures;
  /** All sections but the stylesheet. */
  settings: StoredSettings;
}

/** A portal that lets somebody in. */
export interface OpenPortal extends OtherPortal {
  id: string;
}

interface DoorPortalRow {
  organization_id: string;
  organization_slug: string;
  organization_name: string;
  organization_status: OrganizationFacts['status'];
  organization_locale: Locale;
  organization_time_zone: string;
  organization_currency: string;
  organization_now: Date | null;
  portal_id: string;
  portal_slug: string;
  portal_name: string;
  signup_slug: string | null;
  custom_domain: string | null;
  domain_verified: boolean;
  domain_leads_here: boolean;
  settings: StoredSettings;
}

type DoorBy = 'door_portal_by_slug' | 'door_portal_by_host' | 'door_portal_by_signup_slug';

type DoorOtherPortalRow = Pick<DoorPortalRow, 'portal_slug' | 'portal_name' | 'custom_domain' | 'domain_leads_here'> & {
  is_same: boolean;
};

/** How long what was found counts as recent, in milliseconds. */
const RECENT_MS = 500;
const MOST_RECENT = 2_000;

/**
 * Finds portals before anybody is signed in: by slug, by verified host, or as an organization's default; and those that let
 * somebody in. What is asked for `recent` may be half a second old, in any process: pages and branding, which everybody asks
 * for and nothing is decided by.
 */
@Injectable()
export class PortalFinder {
  private readonly recent = new QuickLRU<string, Promise<FoundPortal | undefined>>({
    maxSize: MOST_RECENT,
    maxAge: RECENT_MS,
  });

  constructor(
    private readonly database: Database,
    private readonly config: AppConfig,
  ) {}

  bySlug(slug: string, recent = false): Promise<FoundPortal | undefined> {
    return recent ? this.recently('door_portal_by_slug', slug) : this.ask('door_portal_by_slug', slug);
  }

  /** By the name of its signup page, which is its own slug where it has none. */
  bySignupSlug(slug: string): Promise<FoundPortal | undefined> {
    return this.ask('door_portal_by_signup_slug', slug);
  }

  /** Only a verified domain names a portal. */
  byHost(host: string, recent = false): Promise<FoundPortal | undefined> {
    return recent ? this.recently('door_portal_by_host', host) : this.ask('door_portal_by_host', host);
  }

  /** To be called behind a commit that changes a portal: whoever made it sees it at once, at least in this process. */
  forgetRecent(): void {
    this.recent.clear();
  }

  private async ask(door: DoorBy, name: string): Promise<FoundPortal | undefined> {
    return portalOf(await this.database.door<DoorPortalRow>(door, [name]));
  }

  /** Many who ask at once share one statement. */
  private recently(door: DoorBy, name: string): Promise<FoundPortal | undefined> {
    const key = `${door} ${name}`;
    const known = this.recent.get(key);
    if (known) return known;
    const asked = this.ask(door, name);
    this.recent.set(key, asked);
    asked.catch(() => this.recent.delete(key));
    return asked;
  }

  /**
   * Where somebody finds what they look for at an address that is no portal's any more: the portal that had it, which is the
   * `same`, or the default one of an archived portal's organization.
   */
  async insteadOf({
    slug,
    host,
  }: {
    slug?: string;
    host?: string;
  }): Promise<(OtherPortal & { slug: string; same: boolean }) | undefined> {
    const [row] = await this.database.door<DoorOtherPortalRow>('door_portal_instead', [slug ?? null, host ?? null]);
    if (!row) return undefined;
    const { portal_slug, portal_name: name, custom_domain: customDomain, domain_leads_here: domainLeadsHere } = row;
    const portal = { slug: portal_slug, name, customDomain, domainLeadsHere };
    return { name, slug: portal.slug, address: portalHome(portal, this.config.publicUrl), same: row.is_same };
  }

  async ofOrganization(organization: { id?: string; slug?: string }): Promise<FoundPortal | undefined> {
    return portalOf(
      await this.database.door<DoorPortalRow>('door_portal_of_organization', [
        organization.id ?? null,
        organization.slug ?? null,
      ]),
    );
  }

  /** Portals that let a customer in, the default one first. */
  async openTo(context: OrganizationContext, userId: string): Promise<OpenPortal[]> {
    return this.database.read(context, (db) => this.openToIn(db, userId));
  }

  /**
   * The refusal of somebody whose role a portal does not let in, naming those that do; none where it does. Where no portal
   * is named, any will do.
   */
  async refusal(db: Db, userId: string, portalId?: string | null): Promise<DomainError | undefined> {
    const open = await this.openToIn(db, userId);
    return open.some(({ id }) => !portalId || id === portalId) ? undefined : roleRefusal(open);
  }

  /** The same for a request, whose session tells already that its portal does not let the role in. */
  async roleRefusal(context: OrganizationContext, userId: string): Promise<DomainError> {
    return roleRefusal(await this.openTo(context, userId));
  }

  private async openToIn(db: Db, userId: string): Promise<OpenPortal[]> {
    const portals = await db.query<ChosenPortal & { name: string }>(sql`
      select p.id, p.name, ${PORTAL_ADDRESS} from portals p
      join portal_users u on u.organization_id = p.organization_id and u.id = ${userId}::uuid
      where ${db.tenant('p')} and portal_admits(p, u.role_id) order by p.is_default desc, p.name, p.id`);
    return portals.map(({ id, name, ...portal }) => ({ id, name, address: portalHome(portal, this.config.publicUrl) }));
  }

  /** Name of an organization, for texts. */
  async nameOf(organizationId: string): Promise<string> {
    return (await this.ofOrganization({ id: organizationId }))!.organization.name;
  }
}

const roleRefusal = (open: readonly OpenPortal[]): DomainError =>
  new DomainError('portal_role_not_allowed', {
    extensions: { portals: open.map(({ name, address }) => ({ name, address })) },
  });

function portalOf([row]: DoorPortalRow[]): FoundPortal | undefined {
  if (!row) return undefined;
  const branding = brandingSettings.of(row.settings);
  return {
    organization: {
      id: row.organization_id,
      slug: row.organization_slug,
      name: row.organization_name,
      status: row.organization_status,
      locale: row.organization_locale,
      timeZone: row.organization_time_zone,
      currency: row.organization_currency,
      now: row.organization_now,
    },
    portal: {
      id: row.portal_id,
      slug: row.portal_slug,
      name: row.portal_name,
      signupSlug: row.signup_slug,
      customDomain: row.custom_domain,
      domainVerified: row.domain_verified,
      domainLeadsHere: row.domain_leads_here,
    },
    branding,
    languages: branding.languages,
    defaultLocale: branding.defaultLocale,
    features: featureSettings.of(row.settings),
    settings: row.settings,
  };
}
