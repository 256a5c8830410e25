import type { PortalPermission } from '@balcao/contracts';

/**
 * Permissions as a person thinks of them: by what they are about. Those of what the portal does not offer yet are not
 * shown; a role keeps them.
 */
export const PERMISSION_GROUPS: readonly { name: string; permissions: readonly PortalPermission[] }[] = [
  { name: 'support', permissions: ['tickets:create', 'tickets:read_own', 'tickets:read_account', 'kb:read'] },
  { name: 'team', permissions: ['users:read', 'users:invite', 'users:manage'] },
];

const SHOWN = PERMISSION_GROUPS.flatMap(({ permissions }) => permissions);

/** How many of these permissions are shown. */
export const shownCount = (permissions: readonly PortalPermission[]): number =>
  permissions.filter((name) => SHOWN.includes(name)).length;

/** The key of a permission's texts. */
export const permissionKey = (permission: PortalPermission): string => permission.replace(':', '_');
