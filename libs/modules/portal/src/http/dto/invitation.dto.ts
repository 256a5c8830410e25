import { ApiProperty, IntersectionType, PickType } from '@nestjs/swagger';
import { MAIL_PROBLEMS, MAIL_STATUSES, type MailProblem, type MailStatus } from '@balcao/contracts';
import { AccessFacts } from '@balcao/module-auth/http';
import { ReferenceResponse } from '@balcao/module-directory/http';
import {
  Nullable,
  EmailField,
  EnumField,
  NameField,
  NewPasswordField,
  ObjectListField,
  PageQuery,
  SearchField,
  Single,
  TextField,
  UuidField,
} from '@balcao/platform-http';
import { INVITATION_STATUSES, type InvitationStatus } from '../../persistence/invitation.entity.js';

const optional = true;
/** Below what an account may send in an hour. */
export const MOST_BY_CUSTOMERS = 50;

/** Somebody who is invited. */
export class InviteeRequest {
  @EmailField({ description: 'E-mail that the invitation goes to' }) email: string;
  @NameField() name: string;
  @UuidField({ description: "Role; the account's or organization's default otherwise", optional }) roleId?: string;
}

export class CreateInvitationRequest extends InviteeRequest {
  @UuidField({ description: 'Billing account of whoever is invited' }) billingAccountId: string;
  @UuidField({ description: 'Portal; the default one otherwise', optional }) portalId?: string;
}

export class CreateInvitationsRequest extends PickType(CreateInvitationRequest, ['billingAccountId', 'portalId']) {
  @ObjectListField({
    description: 'People to invite, each e-mail once',
    type: () => InviteeRequest,
    minItems: 1,
    maxItems: 200,
    example: [{ email: 'ana@padaria.example', name: 'Ana Ribeiro' }],
  })
  invitations: InviteeRequest[];
}

export class PortalInviteRequest extends PickType(InviteeRequest, ['email', 'name']) {
  @UuidField({ description: 'Role, among those that your own role may give' }) roleId: string;
}

/** People of one's own account to invite, all with one role. */
export class PortalInvitePersonRequest extends PickType(InviteeRequest, ['email', 'name']) {}

export class PortalInviteManyRequest extends PickType(PortalInviteRequest, ['roleId']) {
  @ObjectListField({
    description: 'People to invite, each e-mail once',
    type: () => PortalInvitePersonRequest,
    minItems: 1,
    maxItems: MOST_BY_CUSTOMERS,
    example: [{ email: 'ana@padaria.example', name: 'Ana Ribeiro' }],
  })
  invitations: PortalInvitePersonRequest[];
}

/** What decides about invitations before they are sent. */
export class InvitationRules {
  @ApiProperty({
    type: [String],
    description: 'Domains whose addresses may be invited; none allows all',
    example: ['padaria.example'],
  })
  allowedDomains: string[];
  @ApiProperty({ type: 'integer', description: 'How many can be invited at once', example: MOST_BY_CUSTOMERS })
  mostAtOnce: number;
}

export class InvitationRulesResponse extends Single('rules', InvitationRules) {}

export class PortalInvitationListQuery extends PageQuery {
  @EnumField({ values: INVITATION_STATUSES, optional }) status?: InvitationStatus;
  @EnumField({ values: MAIL_STATUSES, description: 'How the newest mail fared', optional }) mailStatus?: MailStatus;
  @SearchField({ description: 'Part of a name or e-mail', example: 'ana' }) q?: string;
}

export class InvitationListQuery extends PortalInvitationListQuery {
  @UuidField({ description: 'Only invitations to this account', optional }) billingAccountId?: string;
}

/** An invitation as the people of its account see it. */
export class PortalInvitationItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() email: string;
  @ApiProperty() name: string;
  @ApiProperty({ enum: INVITATION_STATUSES }) status: InvitationStatus;
  @ApiProperty() invitedByName: string;
  @ApiProperty() expiresAt: Date;
  @Nullable(Date) acceptedAt: Date | null;
  @ApiProperty({ type: 'integer' }) sentCount: number;
  @ApiProperty() createdAt: Date;
  @ApiProperty() role: ReferenceResponse;
  @ApiProperty({ enum: MAIL_STATUSES, nullable: true }) mailStatus: MailStatus | null;
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

export class InvitationResponse extends Single('invitation', InvitationItem) {}

export class InvitationsResponse {
  @ApiProperty({ type: [InvitationItem], description: 'In the order of the request' }) invitations: InvitationItem[];
}

export class PortalInvitationsResponse {
  @ApiProperty({ type: [PortalInvitationItem], description: 'In the order of the request' })
  invitations: PortalInvitationItem[];
}

export class PortalInvitationResponse extends Single('invitation', PortalInvitationItem) {}

export class LookAtInvitationRequest {
  @TextField({ description: 'Token of the link', max: 200, example: 'AZIiIgAAcACAAAAAAAAAAQ.mac' }) token: string;
}

export class AcceptInvitationRequest extends LookAtInvitationRequest {
  @NewPasswordField({ description: 'Password' }) password: string;
  @NameField({ description: 'Name, where the invitation has it wrong', optional }) name?: string;
}

const SHOWN_TO_INVITEES = ['email', 'name', 'invitedByName', 'expiresAt'] as const;

export class PendingInvitationFacts extends IntersectionType(
  PickType(PortalInvitationItem, SHOWN_TO_INVITEES),
  AccessFacts,
) {}

export class PendingInvitationResponse extends Single('invitation', PendingInvitationFacts) {}
