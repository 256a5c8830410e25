export { InvitationService } from './invitation.service.js';
export { CustomStyles } from './custom-styles.js';
export { PortalCoreModule } from './portal.core.module.js';
export { StaffInvitationService } from './staff-invitation.service.js';
