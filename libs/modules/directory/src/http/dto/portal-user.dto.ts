import { ApiProperty } from '@nestjs/swagger';
import {
  BooleanField,
  EmailField,
  EnumField,
  PageQuery,
  TextField,
  UuidField,
  SearchField,
  NameField,
} from '@balcao/platform-http';
import { PORTAL_USER_STATUSES, type PortalUserStatus } from '../../persistence/portal-user.entity.js';
import { ReferenceResponse } from './reference.response.js';

export class UpdatePortalUserRequest {
  @NameField({
    description: 'Name',
    optional: true,
    example: 'Ana Ribeiro',
  })
  name?: string;
  @EmailField({
    description: 'E-mail that the user signs in with',
    optional: true,
  })
  email?: string;
  @TextField({
    description: 'Username, unique in the organization',
    max: 100,
    pattern: /^[a-z0-9._-]+$/,
    optional: true,
    nullable: true,
    example: 'ana.ribeiro',
  })
  username?: string | null;
  @UuidField({ description: 'Role', optional: true }) roleId?: string;
  @EnumField({
    description: 'Suspend, or make active again',
    values: ['active', 'suspended'],
    optional: true,
  })
  status?: 'active' | 'suspended';
  @BooleanField({
    description: 'Sign-in only through SSO',
    optional: true,
    example: false,
  })
  ssoOnly?: boolean;
  @BooleanField({ description: 'Whether notices are mailed', optional: true })
  receiveNotifications?: boolean;
}

export class PortalUserListQuery extends PageQuery {
  @SearchField({
    description: 'Part of a name or e-mail',
    example: 'ana',
  })
  q?: string;
  @EnumField({
    description: 'Status',
    values: PORTAL_USER_STATUSES,
    optional: true,
  })
  status?: PortalUserStatus;
  @UuidField({ description: 'Only users of this account', optional: true })
  billingAccountId?: string;
}

export class PortalUserItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ example: 'ana@padaria.example' }) email: string;
  @ApiProperty({ type: String, nullable: true }) username: string | null;
  @ApiProperty({ example: 'Ana Ribeiro' }) name: string;
  @ApiProperty({ enum: PORTAL_USER_STATUSES }) status: PortalUserStatus;
  @ApiProperty() ssoOnly: boolean;
  @ApiProperty() receiveNotifications: boolean;
  @ApiProperty({ type: Date, nullable: true }) lockedUntil: Date | null;
  @ApiProperty({ type: Date, nullable: true }) lastLoginAt: Date | null;
  @ApiProperty() createdAt: Date;
  @ApiProperty() billingAccount: ReferenceResponse;
  @ApiProperty() role: ReferenceResponse;
}

export class PortalUserResponse {
  @ApiProperty() user: PortalUserItem;
}
