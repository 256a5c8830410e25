import { Body } from '@nestjs/common';
import type { VisitorContext } from '@balcao/module-billing';
import { AudienceController, Operation, PostAction, Public, Summary, TenantCtx } from '@balcao/platform-http';
import { ProposalCheckService } from '../proposal-check.service.js';
import { CheckProposalFileRequest, ProposalCheckResponse } from './dto/proposal-check.dto.js';

@AudienceController('portal', 'api/v1/portal/proposal-check', 'Portal: proposal check', 'billing')
export class ProposalCheckController {
  constructor(private readonly checks: ProposalCheckService) {}

  @PostAction()
  @Public()
  @Operation('portalCheckProposalFile', ProposalCheckResponse)
  @Summary('Whether a file is the document that was accepted, by its SHA-256; says nothing that does not stand in it')
  async check(
    @TenantCtx() visitor: VisitorContext,
    @Body() { sha256 }: CheckProposalFileRequest,
  ): Promise<ProposalCheckResponse> {
    return { check: await this.checks.check(visitor, sha256) };
  }
}
