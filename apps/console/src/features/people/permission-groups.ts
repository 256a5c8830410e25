import type { PortalPermission } from '@balcao/contracts';

/** Permissions as a person thinks of them: by what they are about. */
export const PERMISSION_GROUPS: readonly { name: string; permissions: readonly PortalPermission[] }[] = [
  { name: 'support', permissions: ['tickets:create', 'tickets:read_own', 'tickets:read_account', 'kb:read'] },
  {
    name: 'billing',
    permissions: [
      'invoices:read',
      'invoices:pay',
      'transactions:read',
      'payment_methods:manage',
      'subscriptions:read',
      'subscriptions:manage',
      'proposals:read',
      'proposals:decide',
    ],
  },
  { name: 'assets', permissions: ['assets:read', 'assets:checkout', 'assets:manage'] },
  { name: 'team', permissions: ['users:read', 'users:invite', 'users:manage', 'audit:read', 'api_tokens:manage'] },
];

/** The key of a permission's texts. */
export const permissionKey = (permission: PortalPermission): string => permission.replace(':', '_');
