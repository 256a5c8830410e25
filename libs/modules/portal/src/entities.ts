import { InvitationEntity } from './persistence/invitation.entity.js';

export { InvitationEntity, INVITATION_STATUSES, type InvitationStatus } from './persistence/invitation.entity.js';

/** What repositories may be asked for. */
export const PORTAL_ENTITIES = [InvitationEntity];
