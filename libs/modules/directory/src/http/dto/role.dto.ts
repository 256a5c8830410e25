import { ApiProperty, PartialType } from '@nestjs/swagger';
import { PORTAL_PERMISSIONS, type PortalPermission } from '@balcao/contracts';
import { BooleanField, EnumListField, ListOf, Single, TextField, UuidListField } from '@balcao/platform-http';

export class CreateRoleRequest {
  @TextField({ max: 100, example: 'Financeiro' }) name: string;
  @EnumListField({ values: PORTAL_PERMISSIONS, maxItems: 50 }) permissions: PortalPermission[];
  @BooleanField({ optional: true, example: false }) isDefault?: boolean;
  @UuidListField({
    description: 'Roles that its bearers may give to people of their account, by invitation or in the team',
    maxItems: 100,
    optional: true,
  })
  grantableRoleIds?: string[];
}

export class UpdateRoleRequest extends PartialType(CreateRoleRequest, { skipNullProperties: false }) {}

export class RoleItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ example: 'Financeiro' }) name: string;
  @ApiProperty({ enum: PORTAL_PERMISSIONS, isArray: true }) permissions: PortalPermission[];
  @ApiProperty() isDefault: boolean;
  @ApiProperty({ type: String, format: 'uuid', isArray: true, description: 'Roles that its bearers may give' })
  grantableRoleIds: string[];
}

export class RoleResponse extends Single('role', RoleItem) {}

export class RoleListResponse extends ListOf(RoleItem) {}
