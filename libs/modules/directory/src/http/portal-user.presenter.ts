import type { PortalUserRow } from '../portal-user.service.js';
import type { PortalUserItem } from './dto/portal-user.dto.js';

export function presentPortalUser(row: PortalUserRow): PortalUserItem {
  const {
    id,
    email,
    username,
    name,
    status,
    ssoOnly,
    receiveNotifications,
    lockedUntil,
    lastLoginAt,
    createdAt,
    billingAccount,
    role,
  } = row;
  return {
    id,
    email,
    username,
    name,
    status,
    ssoOnly,
    receiveNotifications,
    lockedUntil,
    lastLoginAt,
    createdAt,
    billingAccount,
    role,
  };
}
