import { ApiProperty } from '@nestjs/swagger';
import { EnumField, NameField, PageQuery, SearchField, Single } from '@balcao/platform-http';

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
  @ApiProperty() createdAt: Date;
}

export class OrganizationResponse extends Single('organization', OrganizationItem) {}

export class NameOrganizationRequest {
  @NameField({
    description: 'What mails, invitations and the console call it',
    company: true,
    example: 'Aurora Telecom',
  })
  name: string;
}

export class OwnOrganizationItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() slug: string;
  @ApiProperty({ example: 'Aurora Telecom' }) name: string;
}

export class OwnOrganizationResponse extends Single('organization', OwnOrganizationItem) {}
