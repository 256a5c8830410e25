import { ApiProperty } from '@nestjs/swagger';
import {
  EnumField,
  IntegerField,
  NameField,
  PageQuery,
  SearchField,
  Single,
  TextField,
  VersionField,
} from '@balcao/platform-http';

export class OrganizationListQuery extends PageQuery {
  @SearchField({ description: 'Part of a name or slug', example: 'aurora' }) q?: string;
  @EnumField({ values: ['active', 'suspended'], optional: true }) status?: 'active' | 'suspended';
}

export class UpdateOrganizationRequest {
  @EnumField({ description: 'Suspend, or make active again', values: ['active', 'suspended'] })
  status: 'active' | 'suspended';
}

export class OrganizationItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() slug: string;
  @ApiProperty({ example: 'Aurora Telecom' }) name: string;
  @ApiProperty({ enum: ['active', 'suspended'] }) status: 'active' | 'suspended';
  @ApiProperty({ description: 'Whether nobody has accepted to be its owner yet' }) awaitsOwner: boolean;
  @ApiProperty({ type: 'integer', example: 2, description: 'How many portals it has that are not archived' })
  portals: number;
  @ApiProperty({ example: false, description: 'Whether it is for trying things out, with a time of its own' })
  isSandbox: boolean;
  @ApiProperty() createdAt: Date;
}

export class OrganizationResponse extends Single('organization', OrganizationItem) {}

/** What a change of the name says besides. */
class OrganizationChange {
  @VersionField(undefined, 'a later name') version: number;
  @TextField({ description: 'A line about it for the history', max: 200, optional: true, example: 'Marca nova' })
  note?: string;
}

export class NameOrganizationRequest extends OrganizationChange {
  @NameField({
    description: 'What mails, invitations and the console call it',
    company: true,
    example: 'Aurora Telecom',
  })
  name: string;
}

export class RestoreOrganizationRequest extends OrganizationChange {
  @IntegerField({ description: 'Version to put back', min: 1, max: 2_147_483_646, example: 1 }) to: number;
}

export class OwnOrganizationItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() slug: string;
  @ApiProperty({ example: 'Aurora Telecom' }) name: string;
  @ApiProperty({ type: 'integer', description: 'Of the name, which a change of it names', example: 1 }) version: number;
}

export class OwnOrganizationResponse extends Single('organization', OwnOrganizationItem) {}
