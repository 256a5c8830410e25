import { ApiProperty } from '@nestjs/swagger';
import { ReferenceResponse } from '@balcao/module-directory/http';
import { EmailField, EnumField, NewPasswordField, PageQuery, TextField, UuidField } from '@balcao/platform-http';
import { INVITATION_STATUSES, type InvitationStatus } from '../../persistence/invitation.entity.js';

export class CreateInvitationRequest {
  @UuidField({ description: 'Billing account that the person will belong to' })
  billingAccountId: string;
  @EmailField({ description: 'E-mail that the invitation goes to' })
  email: string;
  @TextField({ description: 'Name', max: 255, example: 'Ana Ribeiro' })
  name: string;
  @UuidField({
    description: 'Portal; the default one otherwise',
    optional: true,
  })
  portalId?: string;
  @UuidField({
    description: "Role; the account's or organization's default otherwise",
    optional: true,
  })
  roleId?: string;
}

export class InvitationListQuery extends PageQuery {
  @EnumField({
    description: 'Status',
    values: INVITATION_STATUSES,
    optional: true,
  })
  status?: InvitationStatus;
  @TextField({
    description: 'Part of a name or e-mail',
    max: 200,
    min: 0,
    optional: true,
    example: 'ana',
  })
  q?: string;
  @UuidField({
    description: 'Only invitations to this account',
    optional: true,
  })
  billingAccountId?: string;
}

export class InvitationItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ example: 'ana@padaria.example' }) email: string;
  @ApiProperty({ example: 'Ana Ribeiro' }) name: string;
  @ApiProperty({ enum: INVITATION_STATUSES }) status: InvitationStatus;
  @ApiProperty({ example: 'Helena Prado' }) invitedByName: string;
  @ApiProperty() expiresAt: Date;
  @ApiProperty({ type: Date, nullable: true }) acceptedAt: Date | null;
  @ApiProperty({
    type: 'integer',
    description: 'How often the mail was asked for',
    example: 1,
  })
  sentCount: number;
  @ApiProperty() createdAt: Date;
  @ApiProperty() billingAccount: ReferenceResponse;
  @ApiProperty() role: ReferenceResponse;
  @ApiProperty({
    enum: ['queued', 'sent', 'failed', 'dropped'],
    nullable: true,
    description: 'How the newest mail fared',
  })
  mailStatus: 'queued' | 'sent' | 'failed' | 'dropped' | null;
}

export class InvitationResponse {
  @ApiProperty() invitation: InvitationItem;
}

export class LookAtInvitationRequest {
  @TextField({
    description: 'Token of the link',
    max: 200,
    example: 'AZIiIgAAcACAAAAAAAAAAQ.mac',
  })
  token: string;
}

export class AcceptInvitationRequest {
  @TextField({
    description: 'Token of the link',
    max: 200,
    example: 'AZIiIgAAcACAAAAAAAAAAQ.mac',
  })
  token: string;
  @NewPasswordField({ description: 'Password' }) password: string;
  @TextField({
    description: 'Name, where the invitation has it wrong',
    max: 255,
    optional: true,
    example: 'Ana Ribeiro',
  })
  name?: string;
}

export class PendingInvitationFacts {
  @ApiProperty({ example: 'ana@padaria.example' }) email: string;
  @ApiProperty({ example: 'Ana Ribeiro' }) name: string;
  @ApiProperty({ example: 'Aurora Telecom' }) organizationName: string;
  @ApiProperty({ example: 'Padaria Estrela' }) billingAccountName: string;
  @ApiProperty({ example: 'Helena Prado' }) invitedByName: string;
  @ApiProperty() expiresAt: Date;
}

export class PendingInvitationResponse {
  @ApiProperty() invitation: PendingInvitationFacts;
}
