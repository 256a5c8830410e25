import { Body, Delete, Get, Post, Put, Query } from '@nestjs/common';
import { DocumentService } from '@balcao/module-billing';
import { DocumentQuery, DocumentResponse, DocumentState } from '@balcao/module-billing/http';
import {
  AudienceController,
  Operation,
  PostAction,
  RequireStaffPermission,
  SUCCESS,
  SendsMails,
  StaffCtx,
  SuccessResponse,
  Summary,
  UuidParam,
  pageOf,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { ProposalDraftService } from '../proposal-draft.service.js';
import { ProposalReader } from '../proposal-reader.service.js';
import { ProposalService } from '../proposal.service.js';
import { ProposalResponse, proposalResponse } from './dto/proposal.dto.js';
import {
  CreateProposalRequest,
  ReplaceProposalRequest,
  SendProposalRequest,
  StaffProposalItem,
  StaffProposalListQuery,
  StaffProposalResponse,
  WithdrawProposalRequest,
  proposalFields,
  staffProposal,
  staffProposalItem,
} from './dto/staff-proposal.dto.js';

@AudienceController('staff', 'api/v1/admin/proposals', 'Proposals')
export class StaffProposalsController {
  constructor(
    private readonly reader: ProposalReader,
    private readonly drafts: ProposalDraftService,
    private readonly proposals: ProposalService,
    private readonly documents: DocumentService,
  ) {}

  @Get()
  @RequireStaffPermission('proposals:read')
  @Operation('adminListProposals', [StaffProposalItem])
  @Summary('Proposals to all customers, drafts among them, the latest first')
  async list(@StaffCtx() context: StaffContext, @Query() query: StaffProposalListQuery) {
    const wish = { ...query, offset: query.offset };
    const { rows, nextCursor, today, ...counted } = await this.reader.listForStaff(context, wish);
    return pageOf(
      rows.map((row) => staffProposalItem(row, today)),
      counted,
      query,
      nextCursor,
    );
  }

  @Post()
  @RequireStaffPermission('proposals:write')
  @Operation('adminCreateProposal', StaffProposalResponse, 'plan_archived', 'plans_do_not_fit')
  @Summary('Begin a proposal as a draft, which its customer does not see')
  async create(@StaffCtx() context: StaffContext, @Body() body: CreateProposalRequest) {
    return this.get(context, await this.drafts.create(context, proposalFields(body)));
  }

  @Get(':id')
  @RequireStaffPermission('proposals:read')
  @Operation('adminGetProposal', StaffProposalResponse)
  @Summary('One proposal: what is being written of it, the version that counts, and what became of it')
  async get(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return staffProposal(await this.reader.getForStaff(context, id));
  }

  @Put(':id')
  @RequireStaffPermission('proposals:write')
  @Operation(
    'adminReplaceProposal',
    StaffProposalResponse,
    'proposal_changed',
    'proposal_not_draft',
    'proposal_decided',
    'plan_archived',
    'plans_do_not_fit',
  )
  @Summary('Write the draft anew, lines and all')
  async replace(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() { version, ...body }: ReplaceProposalRequest,
  ) {
    await this.drafts.replace(context, id, proposalFields(body), version);
    return this.get(context, id);
  }

  @Delete(':id/draft')
  @RequireStaffPermission('proposals:write')
  @Operation('adminDiscardProposalDraft', SuccessResponse, 'proposal_not_draft')
  @Summary('Throw the draft away: all of a proposal that was never sent, else the next version alone')
  async discard(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    await this.drafts.discard(context, id);
    return SUCCESS;
  }

  @PostAction(':id/revise')
  @RequireStaffPermission('proposals:write')
  @Operation('adminReviseProposal', StaffProposalResponse, 'proposal_decided', 'proposal_draft_exists')
  @Summary('Begin the next version as a draft; the one that was sent counts until that is')
  async revise(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    await this.drafts.revise(context, id);
    return this.get(context, id);
  }

  @Post(':id/copy')
  @RequireStaffPermission('proposals:write')
  @Operation('adminCopyProposal', StaffProposalResponse)
  @Summary('Begin another proposal with the words, lines and files of one, whatever became of that')
  async copy(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return this.get(context, await this.drafts.copy(context, id));
  }

  @PostAction(':id/send')
  @RequireStaffPermission('proposals:write')
  @SendsMails()
  @Operation(
    'adminSendProposal',
    StaffProposalResponse,
    'proposal_changed',
    'proposal_not_draft',
    'proposal_decided',
    'plan_archived',
    'plans_do_not_fit',
  )
  @Summary('Send the draft: its text is fixed, it counts in the place of the version before, and its customer is told')
  async send(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @Body() { version }: SendProposalRequest) {
    await this.proposals.send(context, id, version);
    return this.get(context, id);
  }

  @PostAction(':id/withdraw')
  @RequireStaffPermission('proposals:write')
  @Operation('adminWithdrawProposal', StaffProposalResponse, 'proposal_changed', 'proposal_decided')
  @Summary('Take back a proposal that waits for its customer')
  async withdraw(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() body: WithdrawProposalRequest,
  ) {
    await this.proposals.withdraw(context, id, body);
    return this.get(context, id);
  }

  @Get(':id/versions/:versionId')
  @RequireStaffPermission('proposals:read')
  @Operation('adminGetProposalVersion', ProposalResponse)
  @Summary('A version of a proposal as it was sent, whether or not it still counts')
  async version(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @UuidParam('versionId') versionId: string,
  ) {
    return proposalResponse(await this.reader.get(context, id, versionId));
  }

  @Get(':id/document')
  @RequireStaffPermission('proposals:read')
  @Operation('adminGetProposalDocument', DocumentResponse)
  @Summary(
    'Where the document of the version that counts, a PDF, can be fetched for a minute; one that was not made yet is asked for first',
  )
  async document(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Query() { locale = context.locale }: DocumentQuery,
  ) {
    const proposal = await this.reader.printed(context, id);
    return { document: await this.documents.address(context, { proposal }, locale) };
  }

  @PostAction(':id/document')
  @RequireStaffPermission('proposals:read')
  @Operation('adminAskForProposalDocument', DocumentState)
  @Summary('Have the document made, where it is not there; open pages hear of the proposal when it is')
  async askForDocument(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Query() { locale = context.locale }: DocumentQuery,
  ) {
    const proposal = await this.reader.printed(context, id);
    return { isReady: await this.documents.ask(context, { proposal }, locale) };
  }
}
