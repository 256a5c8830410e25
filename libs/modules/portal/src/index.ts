export { InvitationService, type InviteInput, type InvitationRow } from './invitation.service.js';
export { PortalCoreModule } from './portal.core.module.js';
