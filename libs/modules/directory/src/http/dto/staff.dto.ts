import { ApiProperty } from '@nestjs/swagger';
import { STAFF_ROLES, type StaffRole } from '@balcao/contracts';
import { EnumField, PageQuery, SearchField, NameField } from '@balcao/platform-http';
import { STAFF_STATUSES, type StaffStatus } from '../../domain/staff-rules.js';

export class StaffListQuery extends PageQuery {
  @SearchField({
    description: 'Part of a name or e-mail',
    example: 'rafael',
  })
  q?: string;
  @EnumField({ description: 'Role', values: STAFF_ROLES, optional: true })
  role?: StaffRole;
  @EnumField({ description: 'Status', values: STAFF_STATUSES, optional: true })
  status?: StaffStatus;
}

export class UpdateStaffRequest {
  @NameField({
    description: 'Name',
    optional: true,
    example: 'Rafael Nogueira',
  })
  name?: string;
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
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'Helena Prado',
    description: 'Null where an operator of the installation invited',
  })
  invitedByName: string | null;
  @ApiProperty() expiresAt: Date;
  @ApiProperty({ description: 'Whether its week is over; it can be sent again' })
  expired: boolean;
  @ApiProperty({
    type: 'integer',
    description: 'How often the mail was asked for',
    example: 1,
  })
  sentCount: number;
  @ApiProperty({
    enum: ['queued', 'sent', 'failed', 'dropped'],
    nullable: true,
    description: 'How the newest mail fared',
  })
  mailStatus: 'queued' | 'sent' | 'failed' | 'dropped' | null;
}

export class StaffItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ example: 'Rafael Nogueira' }) name: string;
  @ApiProperty({ example: 'agent@aurora.example' }) email: string;
  @ApiProperty({ enum: STAFF_ROLES }) role: StaffRole;
  @ApiProperty({ enum: STAFF_STATUSES }) status: StaffStatus;
  @ApiProperty({ type: Date, nullable: true }) lockedUntil: Date | null;
  @ApiProperty({ type: Date, nullable: true }) lastLoginAt: Date | null;
  @ApiProperty() createdAt: Date;
  @ApiProperty({
    type: StaffInvitationFacts,
    nullable: true,
    description: 'Of those who have not accepted yet',
  })
  invitation: StaffInvitationFacts | null;
}

export class StaffResponse {
  @ApiProperty() staff: StaffItem;
}
