import { Module } from '@nestjs/common';
import { LinkedProposalsController } from './http/linked-proposals.controller.js';
import { PortalProposalsController } from './http/portal-proposals.controller.js';
import { ProposalCheckController } from './http/proposal-check.controller.js';
import { StaffProposalFilesController } from './http/staff-proposal-files.controller.js';
import { StaffProposalLinksController } from './http/staff-proposal-links.controller.js';
import { StaffProposalsController } from './http/staff-proposals.controller.js';
import { ProposalsCoreModule } from './proposals.core.module.js';

@Module({
  imports: [ProposalsCoreModule],
  controllers: [
    LinkedProposalsController,
    PortalProposalsController,
    ProposalCheckController,
    StaffProposalFilesController,
    StaffProposalLinksController,
    StaffProposalsController,
  ],
})
export class ProposalsHttpModule {}

/** What the API runs of this module. */
export const proposalsApi = { module: ProposalsHttpModule };
