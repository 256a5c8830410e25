import type { PortalUserEntity } from '@balcao/module-directory/entities';
import type { OperatorPrincipal, OrganizationFacts, PortalPrincipal, StaffPrincipal } from '@balcao/platform-tenancy';
import type { PortalLogin } from '../sign-in/portal-sign-in.js';
import type {
  OperatorMeResponse,
  OrganizationFactsResponse,
  PortalLoginResponse,
  PortalMeResponse,
  PortalUserFacts,
  StaffMeResponse,
} from './dto/auth.dto.js';

/** The user of a portal session, in S3's and S4's words at once. */
export function presentPortalUser({ user, organization, billingAccount }: PortalPrincipal): PortalUserFacts {
  return {
    id: user.id,
    orgId: organization.id,
    orgName: organization.name,
    organizationId: organization.id,
    organizationName: organization.name,
    organizationSlug: organization.slug,
    billingAccountId: billingAccount.id,
    email: user.email,
    name: user.name,
    displayName: user.name,
    receiveNotifications: user.receiveNotifications,
    status: user.status,
    locale: user.locale,
    timeZone: user.timeZone,
  };
}

/** The same user with what has just been read or changed. */
export function presentProfile(
  principal: PortalPrincipal,
  { name, receiveNotifications, locale, timeZone }: PortalUserEntity,
): PortalUserFacts {
  return { ...presentPortalUser(principal), name, displayName: name, receiveNotifications, locale, timeZone };
}

export function presentPortalLogin({ session, principal, jwt }: PortalLogin): PortalLoginResponse {
  return {
    user: presentPortalUser(principal),
    accessToken: session.token,
    expiresAt: session.expiresAt,
    tokens: { accessToken: session.token, expiresInSeconds: session.lifetimeSeconds },
    token: jwt,
  };
}

export function presentPortalMe(principal: PortalPrincipal): PortalMeResponse {
  return {
    user: presentPortalUser(principal),
    customer: principal.billingAccount,
    organization: presentOrganization(principal.organization),
    portal: principal.portal,
    permissions: [...principal.permissions],
    features: principal.features,
    sessionExpiresAt: principal.sessionExpiresAt,
  };
}

export function presentStaffMe(principal: StaffPrincipal): StaffMeResponse {
  const { id, email, name, role, locale } = principal.user;
  return {
    user: { id, email, name, role, locale },
    organization: presentOrganization(principal.organization),
    permissions: [...principal.permissions],
    sessionExpiresAt: principal.sessionExpiresAt,
  };
}

export function presentOperatorMe({ user, sessionExpiresAt }: OperatorPrincipal): OperatorMeResponse {
  const { id, email, name } = user;
  return { user: { id, email, name }, sessionExpiresAt };
}

function presentOrganization(organization: OrganizationFacts): OrganizationFactsResponse {
  const { id, slug, name, locale, timeZone, currency, now } = organization;
  return { id, slug, name, locale, timeZone, currency, now };
}
