import type { PortalPermission } from '@balcao/contracts';

/** The key of a permission's texts. */
export const permissionKey = (permission: PortalPermission): string => permission.replace(':', '_');
