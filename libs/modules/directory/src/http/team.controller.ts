import { Body, Get, Patch, Query } from '@nestjs/common';
import {
  AudienceController,
  Operation,
  Summary,
  PortalCtx,
  RequireAnyPortalPermission,
  RequirePortalPermission,
  UuidParam,
  pageOf,
} from '@balcao/platform-http';
import type { PortalContext } from '@balcao/platform-tenancy';
import { RoleGrants } from '../role-grants.js';
import { TeamService } from '../team.service.js';
import {
  GrantableRoleListResponse,
  TeamListQuery,
  TeamMember,
  TeamMemberResponse,
  UpdateTeamMemberRequest,
} from './dto/team.dto.js';

@AudienceController('portal', 'api/v1/portal/team', 'Portal: team')
export class TeamController {
  constructor(
    private readonly team: TeamService,
    private readonly grants: RoleGrants,
  ) {}

  @Get()
  @RequireAnyPortalPermission('users:read', 'users:manage')
  @Operation('portalListTeam', [TeamMember])
  @Summary("People of one's own account, by name")
  async list(@PortalCtx() context: PortalContext, @Query() query: TeamListQuery) {
    const { rows, total } = await this.team.list(context, query);
    return pageOf(rows, total, query);
  }

  @Get('roles')
  @RequireAnyPortalPermission('users:invite', 'users:manage')
  @Operation('portalListGrantableRoles', GrantableRoleListResponse)
  @Summary("Roles that one's own role may give; at most 100")
  async roles(@PortalCtx() context: PortalContext) {
    return { data: await this.grants.grantableBy(context) };
  }

  @Patch(':id')
  @RequirePortalPermission('users:manage')
  @Operation('portalUpdateTeamMember', TeamMemberResponse, 'role_not_grantable', 'own_access', 'last_user_manager')
  @Summary('Give another role, suspend or restore; never oneself, never the last who may do this')
  async update(
    @PortalCtx() context: PortalContext,
    @UuidParam('id') id: string,
    @Body() body: UpdateTeamMemberRequest,
  ) {
    return { member: await this.team.update(context, id, body) };
  }
}
