export { BillingAccountEntity } from './persistence/billing-account.entity.js';
export { PortalEntity } from './persistence/portal.entity.js';
export { PortalUserEntity, PORTAL_USER_STATUSES, type PortalUserStatus } from './persistence/portal-user.entity.js';
export { RoleEntity } from './persistence/role.entity.js';
export { StaffUserEntity } from './persistence/staff-user.entity.js';
