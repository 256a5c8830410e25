import {
  portalAcceptLinkedProposal,
  portalAcceptProposal,
  portalAskForLinkedProposalDocument,
  portalAskForProposalDocument,
  portalGetLinkedProposalDocument,
  portalGetLinkedProposalFile,
  portalGetProposal,
  portalGetProposalDocument,
  portalGetProposalFile,
  portalGetProposalVersion,
  portalListProposals,
  portalOpenProposalLink,
  portalRejectLinkedProposal,
  portalRejectProposal,
  type AcceptProposalRequest,
  type RejectProposalRequest,
} from '@balcao/api-client';
import { computed } from 'vue';
import type { Proposal } from '../api/types.js';
import { useSessionStore } from '../stores/session.js';
import { list, one, query, useChange } from './keys.js';

const PAGE_SIZE = 20;

/** Whether this person reads what their company is proposed. */
export const readsProposals = () => useSessionStore().has('billing') && useSessionStore().can('proposals:read');

export const useProposals = list('proposals', portalListProposals, { limit: PAGE_SIZE });

export const useProposal = one('proposal', async (call) => (await portalGetProposal(call)).proposal);

/** A version as it was sent, whether or not it still counts; asked for once somebody wants to read it. */
export const useProposalVersion = query(
  ['proposals', 'version'],
  async (call, { id, versionId }: { id: string; versionId: string | undefined }) =>
    (await portalGetProposalVersion({ ...call, path: { id, versionId: versionId! } })).proposal,
  { enabled: ({ versionId }) => versionId !== undefined },
);

const MOST_WAITING = 3;

/** What waits for a decision: how many, and the latest of them. */
export const useWaitingProposals = query(
  ['proposals', 'waiting'],
  (call) => portalListProposals({ ...call, query: { status: 'sent', limit: MOST_WAITING } }),
  { enabled: readsProposals },
);

/** How many proposals wait for a decision; undefined while that is not known. */
export function useWaitingCount() {
  const { data } = useWaitingProposals();
  return computed(() => data.value?.pagination.total);
}

/** What can be done with a proposal by whoever reads it: signed in, or by a link. */
export interface ProposalSource {
  accept: (body: AcceptProposalRequest) => Promise<Proposal>;
  reject: (body: RejectProposalRequest) => Promise<Proposal>;
  /** Where its document is, and how it is asked for. */
  document: {
    address: () => Promise<{ url: string; name: string } | null>;
    ask: () => Promise<{ isReady: boolean }>;
  };
  /** Where a file can be fetched for a moment. */
  file: (fileId: string) => Promise<{ url: string; name: string }>;
}

/** By somebody who is signed in; called while a component is set up. What acceptance makes is an invoice. */
export function useOwnProposal(id: string): ProposalSource {
  const path = { id };
  const SEEN_IN = ['proposal', 'proposals', 'invoices'];
  const accept = useChange(
    async (body: AcceptProposalRequest) => (await portalAcceptProposal({ path, body })).proposal,
    ...SEEN_IN,
  );
  const reject = useChange(
    async (body: RejectProposalRequest) => (await portalRejectProposal({ path, body })).proposal,
    ...SEEN_IN,
  );
  return {
    accept: accept.mutateAsync,
    reject: reject.mutateAsync,
    document: {
      address: async () => (await portalGetProposalDocument({ path })).document,
      ask: () => portalAskForProposalDocument({ path }),
    },
    file: (fileId) => portalGetProposalFile({ path: { id, fileId } }),
  };
}

/** By which what is asked is known to be of a link. In a header no server on the way writes it down. */
const by = (token: string) => ({ headers: { 'x-balcao-proposal-link': token } });

/** The proposal that a link is of. */
export const openProposalLink = (token: string) => portalOpenProposalLink(by(token));

/** By whoever has a link. */
export const linkedProposal = (token: string): ProposalSource => ({
  accept: async (body) => (await portalAcceptLinkedProposal({ ...by(token), body })).proposal,
  reject: async (body) => (await portalRejectLinkedProposal({ ...by(token), body })).proposal,
  document: {
    address: async () => (await portalGetLinkedProposalDocument(by(token))).document,
    ask: () => portalAskForLinkedProposalDocument(by(token)),
  },
  file: (fileId) => portalGetLinkedProposalFile({ ...by(token), path: { fileId } }),
});
