import { Injectable } from '@nestjs/common';
import QuickLRU from 'quick-lru';
import { Database, type AddressedTenant, type OrganizationFacts } from '@balcao/platform-tenancy';
import type { Locale } from '@balcao/contracts';
import type { StoredSettings } from './domain/define-settings.js';
import {
  brandingSettings,
  featureSettings,
  type PortalBranding,
  type PortalFeatures,
} from './domain/portal-settings.js';

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
  };
  branding: PortalBranding;
  features: PortalFeatures;
  /** All sections but the stylesheet. */
  settings: StoredSettings;
}

interface DoorPortalRow {
  organization_id: string;
  organization_slug: string;
  organization_name: string;
  organization_status: OrganizationFacts['status'];
  organization_locale: Locale;
  organization_time_zone: string;
  organization_currency: string;
  portal_id: string;
  portal_slug: string;
  portal_name: string;
  signup_slug: string | null;
  custom_domain: string | null;
  domain_verified: boolean;
  settings: StoredSettings;
}

type DoorBy = 'door_portal_by_slug' | 'door_portal_by_host' | 'door_portal_by_signup_slug';

/** How long what was found counts as recent, in milliseconds. */
const RECENT_MS = 500;
const MOST_RECENT = 2_000;

/**
 * Finds portals before anybody is signed in: by slug, by verified host, or as an organization's default. What is asked for
 * `recent` may be half a second old, in any process: pages and branding, which everybody asks for and nothing is decided by.
 */
@Injectable()
export class PortalFinder {
  private readonly recent = new QuickLRU<string, Promise<FoundPortal | undefined>>({
    maxSize: MOST_RECENT,
    maxAge: RECENT_MS,
  });

  constructor(private readonly database: Database) {}

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

  async ofOrganization(organization: { id?: string; slug?: string }): Promise<FoundPortal | undefined> {
    return portalOf(
      await this.database.door<DoorPortalRow>('door_portal_of_organization', [
        organization.id ?? null,
        organization.slug ?? null,
      ]),
    );
  }

  /** Name of an organization, for texts. */
  async nameOf(organizationId: string): Promise<string> {
    return (await this.ofOrganization({ id: organizationId }))!.organization.name;
  }
}

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
    },
    portal: {
      id: row.portal_id,
      slug: row.portal_slug,
      name: row.portal_name,
      signupSlug: row.signup_slug,
      customDomain: row.custom_domain,
      domainVerified: row.domain_verified,
    },
    branding,
    languages: branding.languages,
    defaultLocale: branding.defaultLocale,
    features: featureSettings.of(row.settings),
    settings: row.settings,
  };
}
