import {
  adminAddProposalFile,
  adminAskForProposalDocument,
  adminCopyProposal,
  adminCreateProposal,
  adminCreateProposalLink,
  adminDiscardProposalDraft,
  adminGetProposal,
  adminGetProposalDocument,
  adminGetProposalFile,
  adminGetProposalLinkAddress,
  adminListProposalLinks,
  adminListProposals,
  adminRemoveProposalFile,
  adminReplaceProposal,
  adminReviseProposal,
  adminRevokeProposalLink,
  adminSendProposal,
  adminWithdrawProposal,
  type CreateProposalRequest,
} from '@balcao/api-client';
import { list, one, query, useChange } from './keys.js';

export type {
  ProposalFacts as SentProposal,
  ProposalFileFacts as ProposalFile,
  ProposalLinkItem as ProposalLink,
  StaffProposalFacts as Proposal,
  StaffProposalItem as ProposalSummary,
} from '@balcao/api-client';
export type ProposalInput = CreateProposalRequest;

/** What of the proposals is looked at, as the API is asked for it. */
export const PROPOSAL_VIEWS = {
  all: undefined,
  draft: 'draft',
  sent: 'sent',
  accepted: 'accepted',
  ended: 'rejected,withdrawn,expired',
} as const;
export type ProposalView = keyof typeof PROPOSAL_VIEWS;

/** Behind what the page hears at once, should that have been lost. */
const INTERVAL = 5 * 60_000;
const SEEN_IN = ['proposal', 'proposals'];

export const useProposals = list('proposals', adminListProposals, { refetchInterval: INTERVAL });
export const useProposal = one('proposal', async (call) => (await adminGetProposal(call)).proposal, {
  refetchInterval: INTERVAL,
});

/** Where the document of the version that counts is, and how it is asked for. */
export const proposalDocument = (id: string) => ({
  address: async () => (await adminGetProposalDocument({ path: { id } })).document,
  ask: () => adminAskForProposalDocument({ path: { id } }),
});

/** Where an attachment can be fetched for a moment. */
export const proposalFile = (id: string, fileId: string) => adminGetProposalFile({ path: { id, fileId } });

export const useCreateProposal = () =>
  useChange(async (body: ProposalInput) => (await adminCreateProposal({ body })).proposal, ...SEEN_IN);

/** Sends a draft as it was at a version: its text is fixed, and its customer is told. */
export const useSendProposal = () =>
  useChange(
    async ({ id, version }: { id: string; version: number }) =>
      (await adminSendProposal({ path: { id }, body: { version } })).proposal,
    ...SEEN_IN,
  );

/** What staff do with one proposal. A change names the version that it was decided on. */
export function useProposalDeeds(id: string) {
  const path = { id };
  const deed = <Input, Answer>(send: (input: Input) => Promise<Answer>) => useChange(send, ...SEEN_IN);
  return {
    replace: deed(
      async (body: ProposalInput & { version: number }) => (await adminReplaceProposal({ path, body })).proposal,
    ),
    revise: deed(async () => (await adminReviseProposal({ path })).proposal),
    copy: deed(async () => (await adminCopyProposal({ path })).proposal),
    discard: deed(() => adminDiscardProposalDraft({ path })),
    withdraw: deed((body: { version: number; reason: string }) => adminWithdrawProposal({ path, body })),
    addFile: deed((file: File) => adminAddProposalFile({ path, query: { fileName: file.name }, body: { file } })),
    removeFile: deed((fileId: string) => adminRemoveProposalFile({ path: { id, fileId } })),
    createLink: deed(() => adminCreateProposalLink({ path })),
    revokeLink: deed((linkId: string) => adminRevokeProposalLink({ path: { id, linkId } })),
  };
}

/** A proposal's links, kept beside it, so that what is heard of it reads them anew. */
const useLinksOf = query(
  'proposal',
  async (call, id: string, _part: 'links') => (await adminListProposalLinks({ ...call, path: { id } })).data,
);
export const useProposalLinks = (id: () => string) => useLinksOf(id, 'links');

/** The address of a link, which opens the proposal for whoever has it: asked for when it is copied, and nowhere kept. */
export const proposalLinkAddress = async (id: string, linkId: string): Promise<string> =>
  (await adminGetProposalLinkAddress({ path: { id, linkId } })).url;
