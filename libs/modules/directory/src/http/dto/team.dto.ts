import { ApiProperty, PickType } from '@nestjs/swagger';
import { EnumField, ListOf, PageQuery, SearchField, Single, UuidField } from '@balcao/platform-http';
import type { TeamMemberStatus } from '../../team.service.js';
import { PortalUserItem } from './portal-user.dto.js';
import { ReferenceResponse } from './reference.response.js';

const TEAM_STATUSES: TeamMemberStatus[] = ['active', 'pending_verification', 'suspended', 'locked'];

export class TeamListQuery extends PageQuery {
  @SearchField({ description: 'Part of a name or e-mail', example: 'ana' }) q?: string;
  @EnumField({ values: TEAM_STATUSES, optional: true }) status?: TeamMemberStatus;
}

export class UpdateTeamMemberRequest {
  @UuidField({ description: 'Role, among those that your own role may give', optional: true }) roleId?: string;
  @EnumField({
    description: 'Suspend, which ends every session at once, or make active again',
    values: ['active', 'suspended'],
    optional: true,
  })
  status?: 'active' | 'suspended';
}

export class TeamMember extends PickType(PortalUserItem, ['id', 'email', 'name', 'lastLoginAt', 'role']) {
  @ApiProperty({ enum: TEAM_STATUSES }) status: TeamMemberStatus;
}

export class TeamMemberResponse extends Single('member', TeamMember, 'The person as they stand now') {}

export class GrantableRoleListResponse extends ListOf(ReferenceResponse) {}
