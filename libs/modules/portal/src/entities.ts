export { InvitationEntity, INVITATION_STATUSES, type InvitationStatus } from './persistence/invitation.entity.js';
