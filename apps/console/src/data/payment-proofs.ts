import {
  adminAcceptPaymentProof,
  adminGetPaymentProof,
  adminGetPaymentProofFile,
  adminListPaymentProofs,
  adminRefusePaymentProof,
  type AcceptProofRequest,
} from '@balcao/api-client';
import { useSessionStore } from '../stores/session.js';
import { list, one, query, useChange } from './keys.js';

export type { StaffProofItem as PaymentProof } from '@balcao/api-client';
export type AcceptedPayment = AcceptProofRequest;

const SEEN_IN = ['payment_proof', 'payment_proofs', 'invoice', 'invoices', 'ledgers'];
const mayRead = () => useSessionStore().can('invoices:read');

/** What customers sent to show that invoices are paid: what waits, the oldest first, or what was decided. */
export const usePaymentProofs = list('payment_proofs', adminListPaymentProofs);

export const usePaymentProof = one('payment_proof', async (call) => (await adminGetPaymentProof(call)).proof);

/** Those of an invoice that wait. */
export const useProofsOfInvoice = query(
  ['payment_proofs', 'invoice'],
  async (call, invoiceId: string) => (await adminListPaymentProofs({ ...call, query: { invoiceId } })).data,
  { enabled: mayRead },
);

/** How many wait for a decision. */
export const useProofsWaiting = query(
  ['payment_proofs', 'waiting'],
  async (call) => (await adminListPaymentProofs({ ...call, query: { limit: 1 } })).pagination,
  { enabled: mayRead },
);

/** Where the file of a proof is, for a minute: whoever shows it asks anew. */
export const useProofFile = query(
  ['payment_proof', 'file'],
  async (call, id: string) => (await adminGetPaymentProofFile({ ...call, path: { id } })).file,
  { staleTime: 0, gcTime: 0 },
);
export const proofFile = async (id: string) => (await adminGetPaymentProofFile({ path: { id } })).file;

export function useProofDeeds(id: string) {
  const path = { id };
  return {
    accept: useChange((body: AcceptedPayment) => adminAcceptPaymentProof({ path, body }), ...SEEN_IN),
    refuse: useChange((body: { reason: string }) => adminRefusePaymentProof({ path, body }), ...SEEN_IN),
  };
}
