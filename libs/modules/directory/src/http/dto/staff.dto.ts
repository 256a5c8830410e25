import { ApiProperty } from '@nestjs/swagger';
import { MAIL_STATUSES, STAFF_ROLES, type MailStatus, type StaffRole } from '@balcao/contracts';
import { Nullable, EnumField, NameField, PageQuery, SearchField, Single } from '@balcao/platform-http';
import { STAFF_STATUSES, type StaffStatus } from '../../domain/staff-rules.js';
import type { StaffRow } from '../../staff.service.js';

export class StaffListQuery extends PageQuery {
  @SearchField({ description: 'Part of a name or e-mail', example: 'rafael' }) q?: string;
  @EnumField({ values: STAFF_ROLES, optional: true }) role?: StaffRole;
  @EnumField({ values: STAFF_STATUSES, optional: true }) status?: StaffStatus;
}

export class UpdateStaffRequest {
  @NameField({ optional: true, example: 'Rafael Nogueira' }) name?: string;
  @EnumField({
    description: "Role; only owners give or take an owner's",
    values: STAFF_ROLES,
    optional: true,
    example: 'agent',
  })
  role?: StaffRole;
  @EnumField({
    description: 'Suspend, which ends every session, or make active again',
    values: ['active', 'suspended'],
    optional: true,
  })
  status?: 'active' | 'suspended';
}

export class StaffInvitationFacts {
  @Nullable(String, 'Null where an operator of the installation invited') invitedByName: string | null;
  @ApiProperty() expiresAt: Date;
  @ApiProperty({ description: 'Whether its week is over; it can be sent again' }) expired: boolean;
  @ApiProperty({ type: 'integer' }) sentCount: number;
  @ApiProperty({ enum: MAIL_STATUSES, nullable: true }) mailStatus: MailStatus | null;
}

export class StaffItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ example: 'Rafael Nogueira' }) name: string;
  @ApiProperty({ example: 'agent@aurora.example' }) email: string;
  @ApiProperty({ enum: STAFF_ROLES }) role: StaffRole;
  @ApiProperty({ enum: STAFF_STATUSES }) status: StaffStatus;
  @Nullable(Date) lockedUntil: Date | null;
  @Nullable(Date) lastLoginAt: Date | null;
  @ApiProperty() createdAt: Date;
  @Nullable(StaffInvitationFacts, 'Of those who have not accepted yet')
  invitation: StaffInvitationFacts | null;
}

export class StaffResponse extends Single('staff', StaffItem, 'The colleague as they stand now') {}

export function staffItem(row: StaffRow): StaffItem {
  const { invitedByName, invitationExpiresAt: expiresAt, invitationSentCount: sentCount, mailStatus } = row;
  if (!expiresAt || sentCount === null) return { invitation: null, ...row };
  const expired = expiresAt.getTime() <= Date.now();
  return { invitation: { invitedByName, expiresAt, expired, sentCount, mailStatus }, ...row };
}
