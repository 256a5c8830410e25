import { ApiProperty } from '@nestjs/swagger';
import { portalHome } from '@balcao/module-directory';
import type { PortalEntity } from '@balcao/module-directory/entities';
import { SLUG } from '@balcao/contracts';
import {
  CLEARABLE,
  Nullable,
  ListOf,
  NameField,
  ObjectField,
  Single,
  TextField,
  VersionField,
} from '@balcao/platform-http';
import { PortalPictureItem } from './portal-picture.dto.js';
import { SettingsFacts, SettingsRequest, presentSettings } from './settings.dto.js';

export class UpdatePortalRequest {
  @VersionField(undefined, 'a later change of the name or of a section that is given') version: number;
  @NameField({ company: true, optional: true, example: 'Aurora Telecom' }) name?: string;
  @TextField({
    description: "Name of the signup page, which no other portal has; null takes the portal's own slug",
    max: 63,
    pattern: SLUG,
    ...CLEARABLE,
    example: 'aurora',
  })
  signupSlug?: string | null;
  @ObjectField({ description: 'Settings by section', type: () => SettingsRequest, optional: true })
  settings?: SettingsRequest;
  @TextField({ description: 'A line about it for the history', max: 200, optional: true, example: 'Cores novas' })
  note?: string;
}

export class PortalItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() slug: string;
  @ApiProperty({ description: "Name of its signup page: its own, or the portal's slug", example: 'aurora' })
  signupSlug: string;
  @ApiProperty({ example: 'Aurora Telecom' }) name: string;
  @ApiProperty() isDefault: boolean;
  @ApiProperty({ enum: ['active', 'archived'], description: 'An archived one answers nothing' })
  status: PortalEntity['status'];
  @ApiProperty({
    type: String,
    format: 'uuid',
    isArray: true,
    description: 'Roles whose people come in; none lets every role in',
  })
  roleIds: string[];
  @ApiProperty({ description: 'Where its visitors find it', example: 'https://portal.aurora.example/portal/' })
  address: string;
  @ApiProperty({ type: 'integer', description: 'Counts the changes; send it back with yours', example: 4 })
  version: number;
  @Nullable(String) customDomain: string | null;
  @ApiProperty() domainVerified: boolean;
  @ApiProperty({ description: 'What modules can be told about this portal, by section' }) settings: SettingsFacts;
  @ApiProperty() updatedAt: Date;
}

export class PortalResponse extends Single('portal', PortalItem) {}

export class UpdatedPortalResponse extends PortalResponse {
  @ApiProperty({
    description:
      'Pictures that the change named by an address in the web, or brought whole: they become settings once they are ready. What becomes of each is told at `pictures/{pictureId}`',
    type: () => [PortalPictureItem],
  })
  arriving: PortalPictureItem[];
}

export class PortalListResponse extends ListOf(PortalItem) {}

export function portalItem(portal: PortalEntity, publicUrl: string): PortalItem {
  return {
    ...portal,
    signupSlug: portal.signupSlug ?? portal.slug,
    // An accessor, which a copy leaves behind.
    domainVerified: portal.domainVerified,
    roleIds: portal.roleIds ?? [],
    address: portalHome(portal, publicUrl),
    settings: presentSettings(portal.settings),
  };
}
