import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { presentOrganization } from '@balcao/module-directory/http';
import { ApiProblems, Audience, Authenticated, Ctx, UuidParam } from '@balcao/platform-http';
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
  @ApiOperation({
    operationId: 'opsCreateOrganization',
    summary: 'Add an organization and invite its first owner',
  })
  @ApiCreatedResponse({ type: FoundedOrganizationResponse })
  @ApiProblems('validation_failed', 'slug_taken')
  async create(
    @Ctx() context: Context,
    @Body() { ownerEmail, ownerName, ...fields }: CreateOrganizationRequest,
  ): Promise<FoundedOrganizationResponse> {
    const owner = { email: ownerEmail, name: ownerName };
    return { organization: presentOrganization(await this.founding.found(context, { ...fields, owner })), owner };
  }

  @Post(':id/owner-invitation')
  @HttpCode(200)
  @Authenticated()
  @ApiOperation({
    operationId: 'opsInviteOwner',
    summary: 'Invite the owner again, or somebody else, where nobody has accepted yet',
  })
  @ApiOkResponse({ type: FoundedOrganizationResponse })
  @ApiProblems('validation_failed', 'not_found', 'organization_has_owner', 'email_taken')
  async inviteOwner(
    @Ctx() context: Context,
    @UuidParam('id') id: string,
    @Body() owner: InviteOwnerRequest,
  ): Promise<FoundedOrganizationResponse> {
    const organization = presentOrganization(await this.founding.inviteOwner(context, id, owner));
    return { organization, owner };
  }
}
