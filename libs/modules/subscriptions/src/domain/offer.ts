import type { CancelReason } from './life.js';

/** What may be offered to who wants to leave: by the organization, and by what their portal lets them do. */
export interface OfferTerms {
  offersPause: boolean;
  offersPlan: boolean;
  offerPercent: string;
  offerPeriods: number;
}

export interface OfferFacts {
  reason: CancelReason | null;
  canPause: boolean;
  /** A plan that costs less and that they may choose. */
  cheaper: { priceId: string } | null;
  /** Whether they have a discount, or had one by such an offer within a year, also of one that has ended: it may have been taken up again. */
  hadDiscount: boolean;
}

export type Offer =
  { kind: 'pause' } | { kind: 'discount'; percent: string; periods: number } | { kind: 'plan'; priceId: string };

/**
 * The one offer that fits why somebody leaves: who closes for a while may pause; who pays too much, does not need all of it, or goes
 * to somebody else gets something off, or a plan that costs less. Whoever moves away or is not served well is let go.
 */
export function fittingOffer(terms: OfferTerms, { reason, canPause, cheaper, hadDiscount }: OfferFacts): Offer | null {
  const pause: Offer | null = terms.offersPause && canPause ? { kind: 'pause' } : null;
  const discount: Offer | null =
    Number(terms.offerPercent) > 0 && !hadDiscount
      ? { kind: 'discount', percent: terms.offerPercent, periods: terms.offerPeriods }
      : null;
  const plan: Offer | null = terms.offersPlan && cheaper ? { kind: 'plan', priceId: cheaper.priceId } : null;
  switch (reason) {
    case 'closing_for_a_while':
      return pause;
    case 'too_expensive':
    case 'competitor':
      return discount ?? plan;
    case 'not_needed':
      return plan ?? pause;
    case 'moving':
    case 'quality':
    case 'unpaid':
      return null;
    default:
      return discount ?? plan ?? pause;
  }
}
