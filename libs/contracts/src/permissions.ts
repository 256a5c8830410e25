/** What a role of a portal user may allow. */
export const PORTAL_PERMISSIONS = [
  'invoices:read',
  'invoices:pay',
  'subscriptions:read',
  'subscriptions:manage',
  'payment_methods:manage',
  'transactions:read',
  'proposals:read',
  'proposals:decide',
  'tickets:create',
  'tickets:read_own',
  'tickets:read_account',
  'assets:read',
  'assets:checkout',
  'assets:manage',
  'kb:read',
  'users:read',
  'users:invite',
  'users:manage',
  'audit:read',
  'api_tokens:manage',
] as const;
export type PortalPermission = (typeof PORTAL_PERMISSIONS)[number];

export const STAFF_ROLES = ['owner', 'admin', 'agent', 'billing'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

const AGENT = [
  'tickets:read',
  'tickets:write',
  'kb:read',
  'kb:write',
  'customers:read',
  'users:read',
  'invitations:read',
  'staff:read',
  'roles:read',
  'portals:read',
] as const;
const BILLING = [
  'tickets:read',
  'kb:read',
  'customers:read',
  'customers:write',
  'users:read',
  'staff:read',
  'roles:read',
  'portals:read',
] as const;
const ADMIN = [
  ...AGENT,
  'customers:write',
  'users:write',
  'invitations:write',
  'roles:write',
  'portals:write',
  'staff:write',
  'audit:read',
] as const;

export type StaffPermission = (typeof ADMIN)[number] | (typeof BILLING)[number];

/** Permissions of each staff role; owner and admin differ only in what an owner alone may do to other owners. */
export const STAFF_ROLE_PERMISSIONS: Record<StaffRole, readonly StaffPermission[]> = {
  owner: ADMIN,
  admin: ADMIN,
  agent: AGENT,
  billing: BILLING,
};
