import { Body, Get, Query } from '@nestjs/common';
import { DocumentService } from '@balcao/module-billing';
import { DocumentQuery, DocumentResponse, DocumentState } from '@balcao/module-billing/http';
import {
  AudienceController,
  CacheControl,
  Operation,
  PortalCtx,
  PostAction,
  RequirePortalPermission,
  SendsMails,
  Summary,
  UuidParam,
  pageOf,
} from '@balcao/platform-http';
import type { PortalContext } from '@balcao/platform-tenancy';
import { ProposalDecisionService, signedIn } from '../proposal-decision.service.js';
import { ProposalFileService } from '../proposal-file.service.js';
import { ProposalReader } from '../proposal-reader.service.js';
import { acceptanceOf, rejectionOf } from './decisions.js';
import {
  AcceptProposalRequest,
  ProposalFileResponse,
  ProposalItem,
  ProposalListQuery,
  ProposalResponse,
  RejectProposalRequest,
  proposalItem,
  proposalResponse,
} from './dto/proposal.dto.js';

@AudienceController('portal', 'api/v1/portal/proposals', 'Portal: proposals', 'billing')
export class PortalProposalsController {
  constructor(
    private readonly proposals: ProposalReader,
    private readonly decisions: ProposalDecisionService,
    private readonly files: ProposalFileService,
    private readonly documents: DocumentService,
  ) {}

  @Get()
  @RequirePortalPermission('proposals:read')
  @Operation('portalListProposals', [ProposalItem])
  @Summary("The account's proposals that were sent, the latest first")
  async list(@PortalCtx() context: PortalContext, @Query() query: ProposalListQuery) {
    const { rows, nextCursor, today, ...counted } = await this.proposals.list(context, {
      ...query,
      offset: query.offset,
    });
    return pageOf(
      rows.map((row) => proposalItem(row, today)),
      counted,
      query,
      nextCursor,
    );
  }

  @Get(':id')
  @RequirePortalPermission('proposals:read')
  @Operation('portalGetProposal', ProposalResponse)
  @Summary('The version of a proposal that counts, what became of it, and which were before')
  async get(@PortalCtx() context: PortalContext, @UuidParam('id') id: string) {
    return proposalResponse(await this.proposals.get(context, id));
  }

  @Get(':id/versions/:versionId')
  @RequirePortalPermission('proposals:read')
  @Operation('portalGetProposalVersion', ProposalResponse)
  @Summary('A version of a proposal as it was sent, whether or not it still counts')
  async version(
    @PortalCtx() context: PortalContext,
    @UuidParam('id') id: string,
    @UuidParam('versionId') versionId: string,
  ) {
    return proposalResponse(await this.proposals.get(context, id, versionId));
  }

  @PostAction(':id/accept')
  @RequirePortalPermission('proposals:accept')
  @SendsMails()
  @Operation('portalAcceptProposal', ProposalResponse, 'proposal_superseded', 'proposal_expired', 'proposal_decided')
  @Summary('Sign a proposal and accept it: what it brings is made at once')
  async accept(@PortalCtx() context: PortalContext, @UuidParam('id') id: string, @Body() body: AcceptProposalRequest) {
    await this.decisions.accept(signedIn(context, id), acceptanceOf(body));
    return this.get(context, id);
  }

  @PostAction(':id/reject')
  @RequirePortalPermission('proposals:accept')
  @SendsMails()
  @Operation('portalRejectProposal', ProposalResponse, 'proposal_superseded', 'proposal_expired', 'proposal_decided')
  @Summary('Say no to a proposal, and why')
  async reject(@PortalCtx() context: PortalContext, @UuidParam('id') id: string, @Body() body: RejectProposalRequest) {
    await this.decisions.reject(signedIn(context, id), rejectionOf(body));
    return this.get(context, id);
  }

  @Get(':id/document')
  @RequirePortalPermission('proposals:read')
  @Operation('portalGetProposalDocument', DocumentResponse)
  @Summary(
    "Where the proposal's document, a PDF, can be fetched for a minute; one that was not made yet is asked for first",
  )
  async document(
    @PortalCtx() context: PortalContext,
    @UuidParam('id') id: string,
    @Query() { locale = context.locale }: DocumentQuery,
  ) {
    const proposal = await this.proposals.printed(context, id);
    return { document: await this.documents.address(context, { proposal }, locale) };
  }

  @PostAction(':id/document')
  @RequirePortalPermission('proposals:read')
  @Operation('portalAskForProposalDocument', DocumentState)
  @Summary("Have the proposal's document made, where it is not there; open pages hear of the proposal when it is")
  async askForDocument(
    @PortalCtx() context: PortalContext,
    @UuidParam('id') id: string,
    @Query() { locale = context.locale }: DocumentQuery,
  ) {
    const proposal = await this.proposals.printed(context, id);
    return { isReady: await this.documents.ask(context, { proposal }, locale) };
  }

  @Get(':id/files/:fileId')
  @RequirePortalPermission('proposals:read')
  @CacheControl('no-store')
  @Operation('portalGetProposalFile', ProposalFileResponse)
  @Summary('Where an attachment can be fetched for a minute')
  async file(@PortalCtx() context: PortalContext, @UuidParam('id') id: string, @UuidParam('fileId') fileId: string) {
    return this.files.address(context, id, fileId);
  }
}
