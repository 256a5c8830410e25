import type { Locale, PortalFeature, PortalPermission, StaffPermission, StaffRole } from '@balcao/contracts';

/** The four kinds of callers; a session of one never works on another's routes. */
export type AudienceName = 'portal' | 'staff' | 'operator' | 'integration';

export interface OrganizationFacts {
  id: string;
  slug: string;
  name: string;
  status: 'active' | 'suspended';
  locale: Locale;
  timeZone: string;
  currency: string;
  /** What time it is in a sandbox organization, where it stands still; null in any other. */
  now: Date | null;
}

/** The languages of a portal. */
export interface OfferedLanguages {
  languages: readonly Locale[];
  /** For whoever prefers none of them. */
  defaultLocale: Locale;
}

/** A portal where somebody may go. */
export interface OtherPortal {
  name: string;
  /** Where its visitors find it. */
  address: string;
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
  features: Readonly<Record<PortalFeature, boolean>>;
}

interface PersonFacts {
  id: string;
  email: string;
  name: string;
  locale: Locale | null;
}

export interface SessionFacts {
  sessionId: string;
  sessionExpiresAt: Date;
  /** How the person proved who they are, such as `password`, and when. */
  methods: readonly string[];
  authenticatedAt: Date;
}

/** A customer's session: person, account, role and portal as one statement answered them. */
export interface PortalPrincipal extends SessionFacts {
  audience: 'portal';
  user: PersonFacts & { status: string; timeZone: string | null; receiveNotifications: boolean };
  organization: OrganizationFacts;
  /** `admits` says whether its people have a role that the portal lets in. */
  portal: { id: string; slug: string; name: string; admits: boolean } & OfferedLanguages;
  billingAccount: { id: string; name: string; externalId: string | null };
  permissions: ReadonlySet<PortalPermission>;
  features: Readonly<Record<PortalFeature, boolean>>;
}

/** A session of somebody of the organization. */
export interface StaffPrincipal extends SessionFacts {
  audience: 'staff';
  user: PersonFacts & { role: StaffRole };
  organization: OrganizationFacts;
  permissions: ReadonlySet<StaffPermission>;
}

/** A session of somebody who runs the installation; belongs to no organization. */
export interface OperatorPrincipal extends SessionFacts {
  audience: 'operator';
  user: PersonFacts;
}

/** Whose session a request carries. */
export type Principal = PortalPrincipal | StaffPrincipal | OperatorPrincipal;
