import type { DomainEvent } from '@balcao/contracts';
import type { PaymentProofRow } from '../persistence/payment-proof.repository.js';

/** Where a proof's file can be fetched for a short while. */
export interface ProofFile {
  url: string;
  name: string;
  mediaType: PaymentProofRow['mediaType'];
  bytes: number;
  /** Where a picture of it can be: itself, or of a PDF its first page; null where nothing can be shown. */
  previewUrl: string | null;
}

/** What open pages hear where something becomes of a proof: whoever shows it, and whoever shows its invoice. */
export function proofChanged({ id, invoiceId, billingAccountId }: PaymentProofRow): DomainEvent[] {
  const concerned = { billingAccountId, portalUserId: undefined };
  return [
    { name: 'payment_proof.changed', ids: { paymentProofId: id, invoiceId }, ...concerned },
    { name: 'invoice.updated', ids: { invoiceId }, ...concerned },
  ];
}
