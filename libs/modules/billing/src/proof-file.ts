import type { DomainEvent } from '@balcao/contracts';
import type { Downloads } from '@balcao/platform-storage';
import type { PaymentProofRow } from './persistence/payment-proof.repository.js';

/** Where a proof's file can be fetched for a short while. */
export interface ProofFile {
  url: string;
  name: string;
  mediaType: PaymentProofRow['mediaType'];
  bytes: number;
}

/** Where the file of a proof lies: below its organization's, with which it goes. */
export const proofKey = (organizationId: string, id: string): string => `payment-proofs/${organizationId}/${id}`;

export function fileOf(
  downloads: Downloads,
  organizationId: string,
  { id, fileName, mediaType, bytes }: PaymentProofRow,
): ProofFile {
  const url = downloads.address({ key: proofKey(organizationId, id), type: mediaType, name: fileName });
  return { url, name: fileName, mediaType, bytes };
}

/** What open pages hear where something becomes of a proof: whoever shows it, and whoever shows its invoice. */
export function proofChanged({ id, invoiceId, billingAccountId }: PaymentProofRow): DomainEvent[] {
  const concerned = { billingAccountId, portalUserId: undefined };
  return [
    { name: 'payment_proof.changed', ids: { paymentProofId: id, invoiceId }, ...concerned },
    { name: 'invoice.updated', ids: { invoiceId }, ...concerned },
  ];
}
