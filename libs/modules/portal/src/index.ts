export { InvitationService } from './invitations/invitation.service.js';
export { CustomStyles } from './branding/custom-styles.js';
export { OrganizationFoundingService, type FoundingInput } from './founding/organization-founding.service.js';
export { IconSets } from './pictures/icon-sets.js';
export { PictureService } from './pictures/picture.service.js';
export { PortalCoreModule } from './portal.core.module.js';
export { StaffInvitationService } from './invitations/staff-invitation.service.js';
