import { Get } from '@nestjs/common';
import {
  AudienceController,
  CacheControl,
  Operation,
  PostAction,
  RequireStaffPermission,
  StaffCtx,
  Summary,
  UuidParam,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { ProposalLinkDesk } from '../links/proposal-link-desk.service.js';
import {
  ProposalLinkAddressResponse,
  ProposalLinkListResponse,
  ProposalLinkResponse,
  proposalLinkItem,
} from './dto/staff-proposal.dto.js';

@AudienceController('staff', 'api/v1/admin/proposals/:id/links', 'Proposals')
export class StaffProposalLinksController {
  constructor(private readonly links: ProposalLinkDesk) {}

  @Get()
  @RequireStaffPermission('proposals:read')
  @Operation('adminListProposalLinks', ProposalLinkListResponse)
  @Summary('Links by which a proposal is read and decided without signing in, the newest first; fifty at most')
  async list(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return { data: (await this.links.list(context, id)).map(proposalLinkItem) };
  }

  @PostAction()
  @RequireStaffPermission('proposals:write')
  @Operation('adminCreateProposalLink', ProposalLinkResponse)
  @Summary('The link of nobody in particular that opens a proposal; a new one where there is none')
  async create(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return { proposalLink: proposalLinkItem(await this.links.create(context, id)) };
  }

  @Get(':linkId/address')
  @RequireStaffPermission('proposals:write')
  @CacheControl('no-store')
  @Operation(
    'adminGetProposalLinkAddress',
    ProposalLinkAddressResponse,
    'proposal_link_revoked',
    'proposal_link_expired',
  )
  @Summary('The address of a link of nobody in particular, to be copied: it opens the proposal for whoever has it')
  async address(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @UuidParam('linkId') linkId: string) {
    return { url: await this.links.address(context, id, linkId) };
  }

  @PostAction(':linkId/revoke')
  @RequireStaffPermission('proposals:write')
  @Operation('adminRevokeProposalLink', ProposalLinkResponse)
  @Summary('Make a link worthless, for whoever has it')
  async revoke(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @UuidParam('linkId') linkId: string) {
    return { proposalLink: proposalLinkItem(await this.links.revoke(context, id, linkId)) };
  }
}
