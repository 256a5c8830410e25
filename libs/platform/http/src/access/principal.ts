import type { Locale } from '@balcao/contracts';
import type { AudienceName } from './access-rule.js';

export interface OrganizationFacts {
  id: string;
  slug: string;
  name: string;
  status: 'active' | 'suspended';
  locale: Locale;
  timeZone: string;
  currency: string;
}

/** Whose session a request carries, as one statement answered it. */
export interface Principal {
  audience: AudienceName;
  sessionId: string;
  sessionExpiresAt: Date;
  /** Cookies need CSRF protection, bearer tokens do not. */
  via: 'cookie' | 'bearer';
  user: {
    id: string;
    email: string;
    name: string;
    locale: Locale | null;
    [fact: string]: unknown;
  };
  /** Absent for operators. */
  organization?: OrganizationFacts;
  portal?: { id: string; slug: string; name: string } & OfferedLanguages;
  billingAccount?: { id: string; name: string; externalId: string | null };
  permissions: ReadonlySet<string>;
  features: Readonly<Record<string, boolean>>;
}

/** What a request offers to prove who sends it. */
export interface Credentials {
  via: 'cookie' | 'bearer';
  token: string;
}

/** Proves who acts. The apps bind it to module auth. */
export abstract class Authenticator {
  /** The session's principal, or undefined where the credentials are not (or no longer) worth anything. */
  abstract authenticate(audience: AudienceName, credentials: Credentials): Promise<Principal | undefined>;
}

/** The languages of a portal (S0.47). */
export interface OfferedLanguages {
  languages: readonly Locale[];
  /** For whoever prefers none of them. */
  defaultLocale: Locale;
}

/** The tenant that an address names. */
export interface AddressedTenant extends OfferedLanguages {
  organization: OrganizationFacts;
  portal: {
    id: string;
    slug: string;
    name: string;
    customDomain: string | null;
  };
  features: Readonly<Record<string, boolean>>;
}

/** Finds the tenant of an address. The apps bind it to module directory. */
export abstract class TenantResolver {
  abstract bySlug(slug: string): Promise<AddressedTenant | undefined>;
  abstract byHost(host: string): Promise<AddressedTenant | undefined>;
}
