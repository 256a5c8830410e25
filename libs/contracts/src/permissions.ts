/**
 * What a role of a portal user may allow, by the module that obeys it: its permissions begin with its group's name. One is
 * named here when a route asks for it, not before.
 */
export const PORTAL_PERMISSION_GROUPS = {
  tickets: ['tickets:create', 'tickets:read_own', 'tickets:read_account'],
  kb: ['kb:read'],
  invoices: ['invoices:read'],
  payments: ['payments:create'],
  payment_methods: ['payment_methods:manage'],
  subscriptions: ['subscriptions:read', 'subscriptions:manage'],
  proposals: ['proposals:read', 'proposals:accept'],
  users: ['users:read', 'users:invite', 'users:manage'],
} as const;

export type PortalPermission = (typeof PORTAL_PERMISSION_GROUPS)[keyof typeof PORTAL_PERMISSION_GROUPS][number];
export const PORTAL_PERMISSIONS: readonly PortalPermission[] = Object.values(PORTAL_PERMISSION_GROUPS).flat();

/** What a role allows that nobody has chosen anything for: one's own business, and nobody else's. */
export const USUAL_PORTAL_PERMISSIONS: readonly PortalPermission[] = ['tickets:create', 'tickets:read_own', 'kb:read'];

export const STAFF_ROLES = ['owner', 'admin', 'agent', 'billing'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

const AGENT = [
  'tickets:read',
  'tickets:write',
  'invoices:read',
  'subscriptions:read',
  'proposals:read',
  'kb:read',
  'kb:write',
  'customers:read',
  'users:read',
  'invitations:read',
  'staff:read',
  'roles:read',
  'portals:read',
  'signups:read',
  'clock:read',
] as const;
const BILLING = [
  'tickets:read',
  'invoices:read',
  'invoices:write',
  'payments:write',
  'billing_settings:write',
  'subscriptions:read',
  'subscriptions:write',
  'plans:write',
  'proposals:read',
  'proposals:write',
  'kb:read',
  'customers:read',
  'customers:write',
  'users:read',
  'staff:read',
  'roles:read',
  'portals:read',
  'clock:read',
] as const;
const ADMIN = [
  ...AGENT,
  'invoices:write',
  'payments:write',
  'billing_settings:write',
  'gateways:write',
  'subscriptions:write',
  'plans:write',
  'proposals:write',
  'customers:write',
  'users:write',
  'invitations:write',
  'roles:write',
  'portals:write',
  'staff:write',
  'signups:write',
  'clock:write',
] as const;

export type StaffPermission = (typeof ADMIN)[number] | (typeof BILLING)[number];

/** Permissions of each staff role; owner and admin differ only in what an owner alone may do to other owners. */
export const STAFF_ROLE_PERMISSIONS: Record<StaffRole, readonly StaffPermission[]> = {
  owner: ADMIN,
  admin: ADMIN,
  agent: AGENT,
  billing: BILLING,
};

/** People that are counted before a portal's roles are changed; of more it is said that there are as many or more. */
export const MOST_SHUT_OUT = 1_000;
