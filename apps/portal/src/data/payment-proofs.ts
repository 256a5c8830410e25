import {
  portalGetPaymentProofFile,
  portalListPaymentProofs,
  portalSendPaymentProof,
  portalUploadPaymentProof,
  portalWithdrawPaymentProof,
  type SendProofRequest,
} from '@balcao/api-client';
import { query, useChange } from './keys.js';
import { useSessionStore } from '../stores/session.js';

export type { PortalProofFacts as PaymentProof } from '@balcao/api-client';
export type ProofWords = SendProofRequest;

/** How people say that they have paid. */
export const PROOF_METHODS = [
  'pix',
  'boleto',
  'transfer',
  'card',
  'cash',
  'check',
  'other',
] as const satisfies NonNullable<ProofWords['method']>[];
/** Kinds of files that may be chosen; telephones turn their own kind of photo into one of them. */
export const PROOF_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'];
/** In bytes. */
export const LARGEST_PROOF = 10 * 1_024 * 1_024;

const SEEN_IN = ['payment_proofs', 'invoice', 'invoices'];

/** Whether this person may show that an invoice is paid. */
export const sendsProofs = () => useSessionStore().has('billing') && useSessionStore().can('payments:create');

/** What was sent of an invoice, why its reminders wait, and until when they would. */
export const usePaymentProofs = query('payment_proofs', (call, id: string) =>
  portalListPaymentProofs({ ...call, path: { id } }),
);

/** Brings the file of a proof that is yet to be sent. */
export const bringProof = async (id: string, file: File, signal: AbortSignal) =>
  (await portalUploadPaymentProof({ path: { id }, query: { fileName: file.name }, body: { file }, signal })).proof;

export const useSendProof = (id: string) =>
  useChange(
    ({ proofId, ...body }: ProofWords & { proofId: string }) => portalSendPaymentProof({ path: { id, proofId }, body }),
    ...SEEN_IN,
  );

export const useWithdrawProof = (id: string) =>
  useChange((proofId: string) => portalWithdrawPaymentProof({ path: { id, proofId } }), ...SEEN_IN);

/** Where a proof's file can be fetched for a minute. */
export const proofFile = async (id: string, proofId: string) =>
  (await portalGetPaymentProofFile({ path: { id, proofId } })).file;
