import type { PaymentProof } from '../../data/payment-proofs.js';

type Look = { tone: 'neutral' | 'success' | 'warning' | 'danger' | 'info'; icon: string };

/** How a proof of payment looks by its status; one that waits, by what became of its invoice meanwhile. */
export const PROOF_LOOKS: Record<PaymentProof['status'] | NonNullable<PaymentProof['meanwhile']>, Look> = {
  receiving: { tone: 'neutral', icon: 'i-lucide-loader-circle' },
  uploaded: { tone: 'neutral', icon: 'i-lucide-file' },
  open: { tone: 'info', icon: 'i-lucide-scan-search' },
  accepted: { tone: 'success', icon: 'i-lucide-check' },
  refused: { tone: 'danger', icon: 'i-lucide-circle-x' },
  withdrawn: { tone: 'neutral', icon: 'i-lucide-undo-2' },
  paid: { tone: 'warning', icon: 'i-lucide-triangle-alert' },
  credited: { tone: 'warning', icon: 'i-lucide-triangle-alert' },
  written_off: { tone: 'warning', icon: 'i-lucide-triangle-alert' },
  voided: { tone: 'warning', icon: 'i-lucide-triangle-alert' },
};
