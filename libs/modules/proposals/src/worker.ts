import { Module } from '@nestjs/common';
import { ProposalMailReader } from './emails/proposal-mail-facts.js';
import { ProposalMailer } from './emails/proposal-mailer.js';
import { ProposalMails } from './emails/proposal-mails.js';
import { PROPOSAL_MAILS } from './emails/proposal.mails.js';
import { ProposalsDueHandler } from './jobs/due.handler.js';
import { RenderProposalHandler } from './jobs/render-proposal.handler.js';
import { SweepProposalFilesHandler } from './jobs/sweep-files.handler.js';
import { ProposalDueService } from './proposal-due.service.js';
import { ProposalsCoreModule } from './proposals.core.module.js';

export { ProposalMails } from './emails/proposal-mails.js';

/** Who writes about proposals, draws their documents, and ends those that nobody decided. */
@Module({
  imports: [ProposalsCoreModule],
  providers: [
    ProposalDueService,
    ProposalMailer,
    ProposalMailReader,
    ProposalMails,
    ProposalsDueHandler,
    RenderProposalHandler,
    SweepProposalFilesHandler,
    ...PROPOSAL_MAILS,
  ],
})
export class ProposalsWorkerModule {}

/** What the worker runs of this module. */
export const proposalsWorker = { module: ProposalsWorkerModule, dueWork: [ProposalDueService] };
