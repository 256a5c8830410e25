import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiPageResponse,
  ApiProblems,
  Audience,
  RequirePermission,
  TenantCtx,
  UuidParam,
  pageOf,
  type Page,
} from '@balcao/platform-http';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import { InvitationService, type InvitationRow } from '../invitation.service.js';
import {
  CreateInvitationRequest,
  InvitationItem,
  InvitationListQuery,
  InvitationResponse,
} from './dto/invitation.dto.js';

@ApiTags('Invitations')
@Controller('api/v1/admin/invitations')
@Audience('staff')
export class InvitationsController {
  constructor(private readonly invitations: InvitationService) {}

  @Get()
  @RequirePermission('invitations:read')
  @ApiOperation({
    operationId: 'adminListInvitations',
    summary: 'List invitations, newest first',
  })
  @ApiPageResponse(InvitationItem)
  async list(
    @TenantCtx() context: OrganizationContext,
    @Query() query: InvitationListQuery,
  ): Promise<Page<InvitationItem>> {
    const { rows, total } = await this.invitations.list(context, query);
    return pageOf(rows.map(present), total, query);
  }

  @Post()
  @RequirePermission('invitations:write')
  @ApiOperation({
    operationId: 'adminCreateInvitation',
    summary: 'Invite a person by e-mail',
  })
  @ApiCreatedResponse({ type: InvitationResponse })
  @ApiProblems('validation_failed', 'PORTAL_INVITATIONS_DISABLED', 'invitation_domain_not_allowed', 'email_taken')
  async create(
    @TenantCtx() context: OrganizationContext,
    @Body() body: CreateInvitationRequest,
  ): Promise<InvitationResponse> {
    return {
      invitation: present(await this.invitations.create(context, body)),
    };
  }

  @Post(':id/resend')
  @HttpCode(200)
  @RequirePermission('invitations:write')
  @ApiOperation({
    operationId: 'adminResendInvitation',
    summary: 'Mail a new link; the old one dies',
  })
  @ApiOkResponse({ type: InvitationResponse })
  @ApiProblems('not_found', 'invitation_not_pending', 'PORTAL_INVITATIONS_DISABLED')
  async resend(@TenantCtx() context: OrganizationContext, @UuidParam('id') id: string): Promise<InvitationResponse> {
    return { invitation: present(await this.invitations.resend(context, id)) };
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @RequirePermission('invitations:write')
  @ApiOperation({
    operationId: 'adminCancelInvitation',
    summary: 'Withdraw a pending invitation',
  })
  @ApiOkResponse({ type: InvitationResponse })
  @ApiProblems('not_found', 'invitation_not_pending')
  async cancel(@TenantCtx() context: OrganizationContext, @UuidParam('id') id: string): Promise<InvitationResponse> {
    return { invitation: present(await this.invitations.cancel(context, id)) };
  }
}

function present(row: InvitationRow): InvitationItem {
  const {
    id,
    email,
    name,
    status,
    invitedByName,
    expiresAt,
    acceptedAt,
    sentCount,
    createdAt,
    billingAccount,
    role,
    mailStatus,
  } = row;
  return {
    id,
    email,
    name,
    status,
    invitedByName,
    expiresAt,
    acceptedAt,
    sentCount,
    createdAt,
    billingAccount,
    role,
    mailStatus,
  };
}
