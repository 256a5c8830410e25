import { Body, Controller, Get, Patch, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiPageResponse,
  ApiProblems,
  Audience,
  RequirePortalPermission,
  PortalCtx,
  UuidParam,
  pageOf,
  type Page,
} from '@balcao/platform-http';
import type { PortalContext } from '@balcao/platform-tenancy';
import { RoleGrants } from '../role-grants.js';
import { TeamService, type TeamMemberRow } from '../team.service.js';
import {
  GrantableRoleListResponse,
  TeamListQuery,
  TeamMember,
  TeamMemberResponse,
  UpdateTeamMemberRequest,
} from './dto/team.dto.js';

@ApiTags('Portal: team')
@Controller('api/v1/portal/team')
@Audience('portal')
export class TeamController {
  constructor(
    private readonly team: TeamService,
    private readonly grants: RoleGrants,
  ) {}

  @Get()
  @RequirePortalPermission('users:read', 'users:manage')
  @ApiOperation({ operationId: 'portalListTeam', summary: "People of one's own account, by name" })
  @ApiPageResponse(TeamMember)
  async list(@PortalCtx() context: PortalContext, @Query() query: TeamListQuery): Promise<Page<TeamMember>> {
    const { rows, total } = await this.team.list(context, query);
    return pageOf(rows.map(present), total, query);
  }

  @Get('roles')
  @RequirePortalPermission('users:invite', 'users:manage')
  @ApiOperation({
    operationId: 'portalListGrantableRoles',
    summary: "Roles that one's own role may give; at most 100",
  })
  @ApiOkResponse({ type: GrantableRoleListResponse })
  async roles(@PortalCtx() context: PortalContext): Promise<GrantableRoleListResponse> {
    return { data: await this.grants.grantableBy(context) };
  }

  @Patch(':id')
  @RequirePortalPermission('users:manage')
  @ApiOperation({
    operationId: 'portalUpdateTeamMember',
    summary: 'Give another role, suspend or restore; never oneself, never the last who may do this',
  })
  @ApiOkResponse({ type: TeamMemberResponse })
  @ApiProblems('validation_failed', 'role_not_grantable', 'not_found', 'own_access', 'last_user_manager')
  async update(
    @PortalCtx() context: PortalContext,
    @UuidParam('id') id: string,
    @Body() body: UpdateTeamMemberRequest,
  ): Promise<TeamMemberResponse> {
    return { member: present(await this.team.update(context, id, body)) };
  }
}

function present({ id, email, name, status, lastLoginAt, role }: TeamMemberRow): TeamMember {
  return { id, email, name, status, lastLoginAt, role };
}
