import { Body, Post } from '@nestjs/common';
import {
  PostAction,
  AudienceController,
  Authenticated,
  Ctx,
  Operation,
  Summary,
  UuidParam,
} from '@balcao/platform-http';
import type { Context } from '@balcao/platform-tenancy';
import { OrganizationFoundingService } from '../founding/organization-founding.service.js';
import {
  CreateOrganizationRequest,
  FoundedOrganizationResponse,
  InviteOwnerRequest,
} from './dto/organization-founding.dto.js';

@AudienceController('operator', 'ops/organizations', 'Operations')
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

  @PostAction(':id/owner-invitation')
  @Authenticated()
  @Operation('opsInviteOwner', FoundedOrganizationResponse, 'organization_has_owner', 'email_taken')
  @Summary('Invite the owner again, or somebody else, where nobody has accepted yet')
  async inviteOwner(@Ctx() context: Context, @UuidParam('id') id: string, @Body() owner: InviteOwnerRequest) {
    const organization = await this.founding.inviteOwner(context, id, owner);
    return { organization, owner };
  }
}
