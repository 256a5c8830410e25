import { BillingAccountEntity } from './persistence/billing-account.entity.js';
import { PortalEntity } from './persistence/portal.entity.js';
import { PortalUserEntity } from './persistence/portal-user.entity.js';
import { RoleEntity } from './persistence/role.entity.js';
import { StaffUserEntity } from './persistence/staff-user.entity.js';

export { BillingAccountEntity } from './persistence/billing-account.entity.js';
export { PortalEntity } from './persistence/portal.entity.js';
export { PortalUserEntity, PORTAL_USER_STATUSES, type PortalUserStatus } from './persistence/portal-user.entity.js';
export { RoleEntity } from './persistence/role.entity.js';
export { StaffUserEntity } from './persistence/staff-user.entity.js';

/** What repositories may be asked for. */
export const DIRECTORY_ENTITIES = [BillingAccountEntity, PortalEntity, PortalUserEntity, RoleEntity, StaffUserEntity];
