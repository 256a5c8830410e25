import { Body, Controller, Get, Patch, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiPageResponse,
  ApiProblems,
  Audience,
  Authenticated,
  Ctx,
  PageQuery,
  UuidParam,
  pageOf,
  type Page,
} from '@balcao/platform-http';
import type { Context } from '@balcao/platform-tenancy';
import { OrganizationService, type OrganizationRow } from '../organization.service.js';
import { OrganizationItem, OrganizationResponse, UpdateOrganizationRequest } from './dto/organization.dto.js';

@ApiTags('Operations')
@Controller('ops/organizations')
@Audience('operator')
export class OrganizationsController {
  constructor(private readonly organizations: OrganizationService) {}

  @Get()
  @Authenticated()
  @ApiOperation({
    operationId: 'opsListOrganizations',
    summary: 'Organizations of the installation',
  })
  @ApiPageResponse(OrganizationItem)
  async list(@Query() query: PageQuery): Promise<Page<OrganizationItem>> {
    const { rows, total } = await this.organizations.list(query);
    return pageOf(rows.map(present), total, query);
  }

  @Patch(':id')
  @Authenticated()
  @ApiOperation({
    operationId: 'opsUpdateOrganization',
    summary: 'Suspend or restore an organization',
  })
  @ApiOkResponse({ type: OrganizationResponse })
  @ApiProblems('validation_failed', 'not_found')
  async update(
    @Ctx() context: Context,
    @UuidParam('id') id: string,
    @Body() body: UpdateOrganizationRequest,
  ): Promise<OrganizationResponse> {
    return {
      organization: present(await this.organizations.setStatus(context, id, body.status)),
    };
  }
}

function present({ id, slug, name, status, createdAt }: OrganizationRow): OrganizationItem {
  return { id, slug, name, status, createdAt };
}
