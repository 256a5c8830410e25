import { ApiProperty, PartialType } from '@nestjs/swagger';
import { PORTAL_PERMISSIONS, type PortalPermission } from '@balcao/contracts';
import { BooleanField, EnumListField, TextField, UuidListField } from '@balcao/platform-http';

export class CreateRoleRequest {
  @TextField({ description: 'Name', max: 100, example: 'Financeiro' })
  name: string;
  @EnumListField({
    description: 'What users with the role may do',
    values: PORTAL_PERMISSIONS,
    maxItems: 50,
  })
  permissions: PortalPermission[];
  @BooleanField({
    description: 'Whether new users get it when nobody chose another',
    optional: true,
    example: false,
  })
  isDefault?: boolean;
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
  @ApiProperty({ enum: PORTAL_PERMISSIONS, isArray: true })
  permissions: PortalPermission[];
  @ApiProperty() isDefault: boolean;
  @ApiProperty({ type: String, format: 'uuid', isArray: true, description: 'Roles that its bearers may give' })
  grantableRoleIds: string[];
}

export class RoleResponse {
  @ApiProperty() role: RoleItem;
}

export class RoleListResponse {
  @ApiProperty({ type: [RoleItem] }) data: RoleItem[];
}
