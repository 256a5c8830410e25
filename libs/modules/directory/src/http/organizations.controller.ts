import { Body, Controller, Get, Patch, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiPageResponse,
  ApiProblems,
  Audience,
  Authenticated,
  Ctx,
  UuidParam,
  pageOf,
  type Page,
} from '@balcao/platform-http';
import type { Context } from '@balcao/platform-tenancy';
import { OrganizationService } from '../organization.service.js';
import {
  OrganizationItem,
  OrganizationListQuery,
  OrganizationResponse,
  UpdateOrganizationRequest,
} from './dto/organization.dto.js';
import { presentOrganization } from './organization.presenter.js';

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
  async list(@Query() query: OrganizationListQuery): Promise<Page<OrganizationItem>> {
    const { rows, total } = await this.organizations.list(query);
    return pageOf(rows.map(presentOrganization), total, query);
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
      organization: presentOrganization(await this.organizations.setStatus(context, id, body.status)),
    };
  }
}
