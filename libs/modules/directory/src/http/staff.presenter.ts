import type { StaffRow } from '../staff.service.js';
import type { StaffItem } from './dto/staff.dto.js';

export function presentStaff(row: StaffRow): StaffItem {
  const { id, name, email, role, status, lockedUntil, lastLoginAt, createdAt } = row;
  return { id, name, email, role, status, lockedUntil, lastLoginAt, createdAt, invitation: invitationOf(row) };
}

function invitationOf(row: StaffRow): StaffItem['invitation'] {
  const { invitedByName, invitationExpiresAt: expiresAt, invitationSentCount: sentCount, mailStatus } = row;
  if (!expiresAt || sentCount === null) return null;
  return { invitedByName, expiresAt, expired: expiresAt.getTime() <= Date.now(), sentCount, mailStatus };
}
