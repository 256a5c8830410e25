import { ApiProperty } from '@nestjs/swagger';
import { STAFF_ROLES, type StaffRole } from '@balcao/contracts';
import { Nullable, EmailField, EnumField, NameField, Single } from '@balcao/platform-http';

export class InviteStaffRequest {
  @EmailField({ description: 'E-mail that the invitation goes to', example: 'nova@aurora.example' }) email: string;
  @NameField({ example: 'Rafael Nogueira' }) name: string;
  @EnumField({ description: 'Role; only owners invite owners', values: STAFF_ROLES, example: 'agent' }) role: StaffRole;
}

class PendingStaffInvitationFacts {
  @ApiProperty({ example: 'nova@aurora.example' }) email: string;
  @ApiProperty({ example: 'Rafael Nogueira' }) name: string;
  @ApiProperty({ enum: STAFF_ROLES }) role: StaffRole;
  @ApiProperty({ example: 'Aurora Telecom' }) organizationName: string;
  @Nullable(String, 'Null where an operator of the installation invited')
  invitedByName: string | null;
  @ApiProperty() expiresAt: Date;
}

export class PendingStaffInvitationResponse extends Single('invitation', PendingStaffInvitationFacts) {}
