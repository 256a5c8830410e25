import { ApiProperty } from '@nestjs/swagger';
import {
  CLEARABLE,
  Nullable,
  BooleanField,
  EmailField,
  EnumField,
  NameField,
  PageQuery,
  SearchField,
  Single,
  TextField,
  UuidField,
} from '@balcao/platform-http';
import { PORTAL_USER_STATUSES, type PortalUserStatus } from '../../persistence/portal-user.entity.js';
import { ReferenceResponse } from './reference.response.js';

const optional = true;

export class UpdatePortalUserRequest {
  @NameField({ optional }) name?: string;
  @EmailField({ description: 'E-mail that the user signs in with', optional }) email?: string;
  @TextField({
    description: 'Another name to sign in with, unique in the organization; null for none',
    example: 'ana.ribeiro',
    max: 100,
    pattern: /^[a-z0-9._-]+$/,
    ...CLEARABLE,
  })
  username?: string | null;
  @UuidField({ description: 'Role of the user', optional }) roleId?: string;
  @EnumField({ description: 'Suspend, or make active again', values: ['active', 'suspended'], optional })
  status?: 'active' | 'suspended';
  @BooleanField({ description: 'They sign in through their company alone', optional, example: false })
  ssoOnly?: boolean;
  @BooleanField({ optional }) receiveNotifications?: boolean;
}

export class PortalUserListQuery extends PageQuery {
  @SearchField({ description: 'Part of a name or e-mail', example: 'ana' }) q?: string;
  @EnumField({ values: PORTAL_USER_STATUSES, optional }) status?: PortalUserStatus;
  @UuidField({ description: 'Only users of this account', optional }) billingAccountId?: string;
}

export class PortalUserItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() email: string;
  @Nullable(String, 'Another name to sign in with; null for none')
  username: string | null;
  @ApiProperty() name: string;
  @ApiProperty({ enum: PORTAL_USER_STATUSES }) status: PortalUserStatus;
  @ApiProperty({ description: 'Whether they sign in through their company alone' }) ssoOnly: boolean;
  @ApiProperty() receiveNotifications: boolean;
  @Nullable(Date) lockedUntil: Date | null;
  @Nullable(Date) lastLoginAt: Date | null;
  @ApiProperty() createdAt: Date;
  @ApiProperty() billingAccount: ReferenceResponse;
  @ApiProperty() role: ReferenceResponse;
}

export class PortalUserResponse extends Single('user', PortalUserItem, 'The person as they stand now') {}
