export { ProposalLinkTokens } from './links/proposal-link-tokens.js';
export { ProposalDecisionService, type Decider } from './proposal-decision.service.js';
export { ProposalDraftService, type ProposalFields } from './proposal-draft.service.js';
export { ProposalService } from './proposal.service.js';
export { ProposalsCoreModule } from './proposals.core.module.js';
export { quietProposals, type QuietProposals } from './quiet-proposals.js';
