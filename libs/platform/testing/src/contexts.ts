import type { PortalPermission, StaffRole } from '@balcao/contracts';
import { ALL_FEATURES, STAFF_ROLE_PERMISSIONS } from '@balcao/contracts';
import {
  portalContext,
  staffContext,
  type OrganizationFacts,
  type PortalContext,
  type RequestContext,
  type StaffContext,
} from '@balcao/platform-tenancy';

interface ActingPerson {
  id: string;
  name: string;
  email?: string;
}

/** The context of a signed-in customer's request. */
export function customerContext(customer: {
  organizationId: string;
  portalId: string;
  billingAccountId: string;
  person: ActingPerson;
  permissions?: readonly PortalPermission[];
  locale?: RequestContext['locale'];
  now?: Date;
}): PortalContext {
  const { organizationId, portalId, billingAccountId, person, permissions = [], locale = 'pt-BR', now } = customer;
  return portalContext(requestContext(locale), {
    ...session,
    audience: 'portal',
    user: {
      ...personFacts(person),
      status: 'active',
      timeZone: null,
      receiveNotifications: true,
    },
    organization: organizationFacts(organizationId, now),
    portal: {
      id: portalId,
      slug: 'portal',
      name: 'Portal',
      admits: true,
      languages: ['pt-BR', 'en-US'],
      defaultLocale: 'pt-BR',
    },
    billingAccount: { id: billingAccountId, name: 'Conta', externalId: null },
    permissions: new Set(permissions),
    features: ALL_FEATURES,
  });
}

/** The context of a signed-in staff member's request. */
export function staffMemberContext(member: {
  organizationId: string;
  person: ActingPerson;
  role?: StaffRole;
  now?: Date;
}): StaffContext {
  const { organizationId, person, role = 'owner', now } = member;
  return staffContext(requestContext('pt-BR'), {
    ...session,
    audience: 'staff',
    user: { ...personFacts(person), role },
    organization: organizationFacts(organizationId, now),
    permissions: new Set(STAFF_ROLE_PERMISSIONS[role]),
  });
}

const session = {
  sessionId: '00000000-0000-7000-8000-000000000000',
  sessionExpiresAt: new Date('2099-01-01'),
  methods: ['password'],
  authenticatedAt: new Date(),
};

const personFacts = ({ id, name, email = 'pessoa@padaria.example' }: ActingPerson) => ({
  id,
  name,
  email,
  locale: null,
});

function requestContext(locale: RequestContext['locale']): RequestContext {
  return {
    requestId: 'test',
    locale,
    actor: { type: 'anonymous' },
    client: { ip: '192.0.2.1', userAgent: 'test' },
  };
}

function organizationFacts(id: string, now: Date | null = null): OrganizationFacts {
  return {
    id,
    slug: 'aurora',
    name: 'Aurora',
    status: 'active',
    locale: 'pt-BR',
    timeZone: 'America/Sao_Paulo',
    currency: 'BRL',
    now,
  };
}
