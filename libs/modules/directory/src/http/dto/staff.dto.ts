import { ApiProperty } from '@nestjs/swagger';
import { STAFF_ROLES, type StaffRole } from '@balcao/contracts';

export class StaffItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ example: 'Rafael Nogueira' }) name: string;
  @ApiProperty({ example: 'agent@aurora.example' }) email: string;
  @ApiProperty({ enum: STAFF_ROLES }) role: StaffRole;
  @ApiProperty({ example: 'active' }) status: string;
}
