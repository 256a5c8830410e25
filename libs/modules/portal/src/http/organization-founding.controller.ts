import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Audience, Authenticated, Ctx, Operation, Summary, UuidParam } from '@balcao/platform-http';
import type { Context } from '@balcao/platform-tenancy';
import { OrganizationFoundingService } from '../founding/organization-founding.service.js';
import {
  CreateOrganizationRequest,
  FoundedOrganizationResponse,
  InviteOwnerRequest,
} from './dto/organization-founding.dto.js';

@ApiTags('Operations')
@Controller('ops/organizations')
@Audience('operator')
export class OrganizationFoundingController {
  constructor(private readonly founding: OrganizationFoundingService) {}

  @Post()
  @Authenticated()
  @Operation('opsCreateOrganization', FoundedOrganizationResponse, 'slug_taken')
  @Summary('Add an organization and invite its first owner')
  async create(@Ctx() context: Context, @Body() { ownerEmail, ownerName, ...fields }: CreateOrganizationRequest) {
    const owner = { email: ownerEmail, name: ownerName };
    return { organization: await this.founding.found(context, { ...fields, owner }), owner };
  }

  @Post(':id/owner-invitation')
  @HttpCode(200)
  @Authenticated()
  @Operation('opsInviteOwner', FoundedOrganizationResponse, 'organization_has_owner', 'email_taken')
  @Summary('Invite the owner again, or somebody else, where nobody has accepted yet')
  async inviteOwner(@Ctx() context: Context, @UuidParam('id') id: string, @Body() owner: InviteOwnerRequest) {
    const organization = await this.founding.inviteOwner(context, id, owner);
    return { organization, owner };
  }
}
