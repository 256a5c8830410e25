import { Module } from '@nestjs/common';
import { AuthCoreModule } from '@balcao/module-auth';
import { SubscriptionsCoreModule } from '@balcao/module-subscriptions';
import { InvoiceFulfilment, ProposalFulfilments, SubscriptionFulfilment } from './fulfilment.js';
import { ProposalLinkDesk } from './links/proposal-link-desk.service.js';
import { ProposalLinkRepository } from './links/proposal-link.repository.js';
import { ProposalLinkService } from './links/proposal-link.service.js';
import { ProposalLinkTokens } from './links/proposal-link-tokens.js';
import { ProposalFileRepository } from './persistence/proposal-file.repository.js';
import { ProposalRepository } from './persistence/proposal.repository.js';
import { ProposalCheckService } from './proposal-check.service.js';
import { ProposalDecisionService } from './proposal-decision.service.js';
import { ProposalDraftService } from './proposal-draft.service.js';
import { ProposalFileService } from './proposal-file.service.js';
import { ProposalReader } from './proposal-reader.service.js';
import { ProposalService } from './proposal.service.js';

const SERVICES = [
  ProposalCheckService,
  ProposalDecisionService,
  ProposalDraftService,
  ProposalFileService,
  ProposalLinkDesk,
  ProposalLinkService,
  ProposalReader,
  ProposalService,
];
const SHARED = [ProposalLinkRepository, ProposalLinkTokens, ProposalRepository];

@Module({
  imports: [AuthCoreModule, SubscriptionsCoreModule],
  providers: [
    InvoiceFulfilment,
    ProposalFileRepository,
    ProposalFulfilments,
    SubscriptionFulfilment,
    ...SHARED,
    ...SERVICES,
  ],
  exports: [SubscriptionsCoreModule, ...SHARED, ...SERVICES],
})
export class ProposalsCoreModule {}
