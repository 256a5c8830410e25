import { Body, Get, Patch, Query } from '@nestjs/common';
import { AudienceController, Authenticated, Ctx, Operation, Summary, UuidParam, pageOf } from '@balcao/platform-http';
import type { Context } from '@balcao/platform-tenancy';
import { OrganizationService } from '../organization.service.js';
import {
  OrganizationItem,
  OrganizationListQuery,
  OrganizationResponse,
  UpdateOrganizationRequest,
} from './dto/organization.dto.js';

@AudienceController('operator', 'ops/organizations', 'Operations')
export class OrganizationsController {
  constructor(private readonly organizations: OrganizationService) {}

  @Get()
  @Authenticated()
  @Operation('opsListOrganizations', [OrganizationItem])
  @Summary('Organizations of the installation')
  async list(@Query() query: OrganizationListQuery) {
    const { rows, total } = await this.organizations.list(query);
    return pageOf(rows, total, query);
  }

  @Patch(':id')
  @Authenticated()
  @Operation('opsUpdateOrganization', OrganizationResponse)
  @Summary('Suspend or restore an organization')
  async update(@Ctx() context: Context, @UuidParam('id') id: string, @Body() body: UpdateOrganizationRequest) {
    return { organization: await this.organizations.setStatus(context, id, body.status) };
  }
}
