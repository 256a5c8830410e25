import { Delete, Get, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { LARGEST_PROOF } from '@balcao/module-billing';
import {
  AudienceController,
  CacheControl,
  Operation,
  RequireStaffPermission,
  SUCCESS,
  StaffCtx,
  SuccessResponse,
  Summary,
  TakesFile,
  UuidParam,
  uploadedBytes,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { ProposalFileService } from '../proposal-file.service.js';
import { ProposalFileResponse, fileFacts } from './dto/proposal.dto.js';
import { AddedProposalFileResponse, ProposalFileQuery } from './dto/staff-proposal.dto.js';

@AudienceController('staff', 'api/v1/admin/proposals/:id/files', 'Proposals')
export class StaffProposalFilesController {
  constructor(private readonly files: ProposalFileService) {}

  @Post()
  @RequireStaffPermission('proposals:write')
  @TakesFile(LARGEST_PROOF, 'JPEG, PNG, WebP or PDF, of at most 10 MB')
  @Operation('adminAddProposalFile', AddedProposalFileResponse, 'proposal_not_draft', 'proposal_too_many_files')
  @Summary('Attach a picture or a PDF to the draft')
  async add(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Query() { fileName }: ProposalFileQuery,
    @Req() request: FastifyRequest,
  ) {
    return { file: fileFacts(await this.files.add(context, id, fileName, () => uploadedBytes(request))) };
  }

  @Get(':fileId')
  @RequireStaffPermission('proposals:read')
  @CacheControl('no-store')
  @Operation('adminGetProposalFile', ProposalFileResponse)
  @Summary('Where an attachment can be fetched for a minute')
  async get(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @UuidParam('fileId') fileId: string) {
    return this.files.address(context, id, fileId);
  }

  @Delete(':fileId')
  @RequireStaffPermission('proposals:write')
  @Operation('adminRemoveProposalFile', SuccessResponse, 'proposal_not_draft')
  @Summary('Take an attachment from the draft')
  async remove(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @UuidParam('fileId') fileId: string) {
    await this.files.remove(context, id, fileId);
    return SUCCESS;
  }
}
