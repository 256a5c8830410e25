import type { InvitationRow } from '../invitations/invitation-reader.js';
import type { InvitationItem, PortalInvitationItem } from './dto/invitation.dto.js';

/** As staff see it: with the account that it leads into. */
export function presentInvitation(row: InvitationRow): InvitationItem {
  const { billingAccount } = row;
  return { ...presentPortalInvitation(row), billingAccount };
}

/** As the account's own people see it. */
export function presentPortalInvitation(row: InvitationRow): PortalInvitationItem {
  const { id, email, name, status, invitedByName, expiresAt, acceptedAt, sentCount, createdAt, role } = row;
  const { mailStatus, mailProblem } = row;
  return {
    id,
    email,
    name,
    status,
    invitedByName,
    expiresAt,
    acceptedAt,
    sentCount,
    createdAt,
    role,
    mailStatus,
    mailProblem,
  };
}
