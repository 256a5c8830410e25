import { Body, Patch } from '@nestjs/common';
import { AudienceController, Operation, RequireStaffPermission, StaffCtx, Summary } from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { OrganizationService } from '../organization.service.js';
import { NameOrganizationRequest, OwnOrganizationResponse } from './dto/organization.dto.js';

/** What an organization's own people say of it. */
@AudienceController('staff', 'api/v1/admin/organization', 'Portal settings')
export class OwnOrganizationController {
  constructor(private readonly organizations: OrganizationService) {}

  @Patch()
  @RequireStaffPermission('portals:write')
  @Operation('adminNameOrganization', OwnOrganizationResponse)
  @Summary('Change the name of the organization')
  async name(@StaffCtx() context: StaffContext, @Body() { name }: NameOrganizationRequest) {
    return { organization: await this.organizations.rename(context, name) };
  }
}
