import { ApiProperty } from '@nestjs/swagger';
import { ReferenceResponse } from '@balcao/module-directory/http';
import { MAIL_PROBLEMS, type MailProblem } from '@balcao/contracts';
import {
  EmailField,
  EnumField,
  NewPasswordField,
  ObjectListField,
  PageQuery,
  TextField,
  UuidField,
  SearchField,
  NameField,
} from '@balcao/platform-http';
import {
  INVITATION_STATUSES,
  MAIL_STATUSES,
  type InvitationStatus,
  type MailStatus,
} from '../../persistence/invitation.entity.js';

export class CreateInvitationRequest {
  @UuidField({ description: 'Billing account that the person will belong to' })
  billingAccountId: string;
  @EmailField({ description: 'E-mail that the invitation goes to' })
  email: string;
  @NameField({ description: 'Name', example: 'Ana Ribeiro' })
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

export class InviteeRequest {
  @EmailField({ description: 'E-mail that the invitation goes to' })
  email: string;
  @NameField({ description: 'Name', example: 'Ana Ribeiro' })
  name: string;
  @UuidField({
    description: "Role; the account's or organization's default otherwise",
    optional: true,
  })
  roleId?: string;
}

export class CreateInvitationsRequest {
  @UuidField({ description: 'Billing account that the people will belong to' })
  billingAccountId: string;
  @UuidField({
    description: 'Portal; the default one otherwise',
    optional: true,
  })
  portalId?: string;
  @ObjectListField({
    description: 'People to invite, each e-mail once',
    type: () => InviteeRequest,
    minItems: 1,
    maxItems: 200,
    example: [{ email: 'ana@padaria.example', name: 'Ana Ribeiro' }],
  })
  invitations: InviteeRequest[];
}

export class PortalInviteRequest {
  @EmailField({ description: 'E-mail that the invitation goes to' })
  email: string;
  @NameField({ description: 'Name', example: 'Ana Ribeiro' })
  name: string;
  @UuidField({ description: 'Role, among those that your own role may give' })
  roleId: string;
}

export class PortalInvitationListQuery extends PageQuery {
  @EnumField({
    description: 'Status',
    values: INVITATION_STATUSES,
    optional: true,
  })
  status?: InvitationStatus;
  @SearchField({
    description: 'Part of a name or e-mail',
    example: 'ana',
  })
  q?: string;
}

export class InvitationListQuery extends PortalInvitationListQuery {
  @UuidField({
    description: 'Only invitations to this account',
    optional: true,
  })
  billingAccountId?: string;
}

/** An invitation as the people of its account see it. */
export class PortalInvitationItem {
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
  @ApiProperty() role: ReferenceResponse;
  @ApiProperty({ enum: MAIL_STATUSES, nullable: true, description: 'How the newest mail fared' })
  mailStatus: MailStatus | null;
  @ApiProperty({
    enum: MAIL_PROBLEMS,
    nullable: true,
    description: 'What kept the newest mail from being delivered: for good where it failed, so far where it is queued',
  })
  mailProblem: MailProblem | null;
}

export class InvitationItem extends PortalInvitationItem {
  @ApiProperty() billingAccount: ReferenceResponse;
}

export class InvitationResponse {
  @ApiProperty() invitation: InvitationItem;
}

export class InvitationsResponse {
  @ApiProperty({ type: [InvitationItem], description: 'In the order of the request' })
  invitations: InvitationItem[];
}

export class PortalInvitationResponse {
  @ApiProperty() invitation: PortalInvitationItem;
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
  @NameField({
    description: 'Name, where the invitation has it wrong',
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
