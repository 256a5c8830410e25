import { Body, Get, Query } from '@nestjs/common';
import { DocumentService, type VisitorContext } from '@balcao/module-billing';
import { DocumentQuery, DocumentResponse, DocumentState } from '@balcao/module-billing/http';
import {
  AudienceController,
  CacheControl,
  Operation,
  PostAction,
  Public,
  SendsMails,
  Summary,
  TenantCtx,
  UuidParam,
} from '@balcao/platform-http';
import { ProposalLinkService, type OpenedProposalLink } from '../links/proposal-link.service.js';
import { ProposalDecisionService, byLink } from '../proposal-decision.service.js';
import { ProposalFileService } from '../proposal-file.service.js';
import { ProposalReader } from '../proposal-reader.service.js';
import { acceptanceOf, rejectionOf } from './decisions.js';
import {
  AcceptProposalRequest,
  ProposalFileResponse,
  ProposalResponse,
  RejectProposalRequest,
  proposalResponse,
} from './dto/proposal.dto.js';
import { BringsProposalLink, ProposalLinkToken } from './proposal-link-key.js';

const REFUSALS = ['proposal_link_unknown', 'proposal_link_revoked', 'proposal_link_expired'] as const;

/** One proposal, for whoever has its link: which one says the token alone. */
@AudienceController('portal', 'api/v1/portal/proposal-link', 'Portal: proposal link', 'billing')
export class LinkedProposalsController {
  constructor(
    private readonly links: ProposalLinkService,
    private readonly proposals: ProposalReader,
    private readonly decisions: ProposalDecisionService,
    private readonly files: ProposalFileService,
    private readonly documents: DocumentService,
  ) {}

  @Get()
  @Public()
  @CacheControl('no-store')
  @BringsProposalLink()
  @Operation('portalOpenProposalLink', ProposalResponse, ...REFUSALS)
  @Summary('The proposal that a link is of, for whoever has it; changes nothing')
  async open(@TenantCtx() visitor: VisitorContext, @ProposalLinkToken() token: string) {
    return this.read(await this.links.contextOf(visitor, token));
  }

  @PostAction('accept')
  @Public()
  @SendsMails()
  @BringsProposalLink()
  @Operation(
    'portalAcceptLinkedProposal',
    ProposalResponse,
    'proposal_superseded',
    'proposal_expired',
    'proposal_decided',
    'rate_limited',
    ...REFUSALS,
  )
  @Summary('Sign the proposal and accept it: what it brings is made at once')
  async accept(
    @TenantCtx() visitor: VisitorContext,
    @ProposalLinkToken() token: string,
    @Body() body: AcceptProposalRequest,
  ) {
    const link = await this.links.contextOf(visitor, token);
    await this.decisions.accept(byLink(link), acceptanceOf(body));
    return this.read(link);
  }

  @PostAction('reject')
  @Public()
  @SendsMails()
  @BringsProposalLink()
  @Operation(
    'portalRejectLinkedProposal',
    ProposalResponse,
    'proposal_superseded',
    'proposal_expired',
    'proposal_decided',
    'rate_limited',
    ...REFUSALS,
  )
  @Summary('Say no to the proposal, and why')
  async reject(
    @TenantCtx() visitor: VisitorContext,
    @ProposalLinkToken() token: string,
    @Body() body: RejectProposalRequest,
  ) {
    const link = await this.links.contextOf(visitor, token);
    await this.decisions.reject(byLink(link), rejectionOf(body));
    return this.read(link);
  }

  @Get('document')
  @Public()
  @CacheControl('no-store')
  @BringsProposalLink()
  @Operation('portalGetLinkedProposalDocument', DocumentResponse, ...REFUSALS)
  @Summary(
    "Where the proposal's document, a PDF, can be fetched for a minute; one that was not made yet is asked for first",
  )
  async document(
    @TenantCtx() visitor: VisitorContext,
    @ProposalLinkToken() token: string,
    @Query() { locale = visitor.locale }: DocumentQuery,
  ) {
    const { context, proposalId } = await this.links.contextOf(visitor, token);
    const proposal = await this.proposals.printed(context, proposalId);
    return { document: await this.documents.address(context, { proposal }, locale) };
  }

  @PostAction('document')
  @Public()
  @BringsProposalLink()
  @Operation('portalAskForLinkedProposalDocument', DocumentState, ...REFUSALS)
  @Summary("Have the proposal's document made, where it is not there")
  async askForDocument(
    @TenantCtx() visitor: VisitorContext,
    @ProposalLinkToken() token: string,
    @Query() { locale = visitor.locale }: DocumentQuery,
  ) {
    const { context, proposalId } = await this.links.contextOf(visitor, token);
    const proposal = await this.proposals.printed(context, proposalId);
    return { isReady: await this.documents.ask(context, { proposal }, locale) };
  }

  @Get('files/:fileId')
  @Public()
  @CacheControl('no-store')
  @BringsProposalLink()
  @Operation('portalGetLinkedProposalFile', ProposalFileResponse, ...REFUSALS)
  @Summary('Where an attachment can be fetched for a minute')
  async file(
    @TenantCtx() visitor: VisitorContext,
    @ProposalLinkToken() token: string,
    @UuidParam('fileId') fileId: string,
  ) {
    const { context, proposalId } = await this.links.contextOf(visitor, token);
    return this.files.address(context, proposalId, fileId);
  }

  private async read({ context, proposalId }: OpenedProposalLink): Promise<ProposalResponse> {
    return proposalResponse(await this.proposals.get(context, proposalId));
  }
}
