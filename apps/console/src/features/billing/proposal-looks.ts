import type { ProposalSummary, SentProposal } from '../../data/proposals.js';

type Look = { tone: 'neutral' | 'success' | 'warning' | 'danger' | 'info'; icon: string };

/** How what became of a proposal, or of a version, is shown besides its word. */
export const PROPOSAL_LOOKS: Record<ProposalSummary['status'] | SentProposal['version']['state'], Look> = {
  draft: { tone: 'neutral', icon: 'i-lucide-pencil' },
  sent: { tone: 'info', icon: 'i-lucide-clock' },
  accepted: { tone: 'success', icon: 'i-lucide-check' },
  rejected: { tone: 'danger', icon: 'i-lucide-x' },
  withdrawn: { tone: 'neutral', icon: 'i-lucide-undo-2' },
  expired: { tone: 'neutral', icon: 'i-lucide-calendar-x' },
  superseded: { tone: 'neutral', icon: 'i-lucide-history' },
};
