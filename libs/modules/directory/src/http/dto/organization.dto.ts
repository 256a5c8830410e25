import { ApiProperty } from '@nestjs/swagger';
import { EnumField } from '@balcao/platform-http';

export class UpdateOrganizationRequest {
  @EnumField({
    description: 'Suspend, or make active again',
    values: ['active', 'suspended'],
  })
  status: 'active' | 'suspended';
}

export class OrganizationItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ example: 'aurora' }) slug: string;
  @ApiProperty({ example: 'Aurora Telecom' }) name: string;
  @ApiProperty({ enum: ['active', 'suspended'] }) status: 'active' | 'suspended';
  @ApiProperty() createdAt: Date;
}

export class OrganizationResponse {
  @ApiProperty() organization: OrganizationItem;
}
