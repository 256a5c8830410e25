import { addDays, daysBetween, type Day } from '@balcao/money';
import type { FailureCode, GatewayName } from '@balcao/platform-gateways';

/** A saved card as far as people see it: what charges it stands apart, sealed. */
export interface PaymentMethod {
  id: string;
  billingAccountId: string;
  gatewayAccountId: string;
  gatewayKind: GatewayName;
  brand: string | null;
  lastFour: string | null;
  /** The last month in which it can be charged, and the last day of that. */
  expiresMonth: number | null;
  expiresYear: number | null;
  expiresOn: Day | null;
  isDefault: boolean;
  /** Why its bank will never let it be charged again. */
  refusedFor: FailureCode | null;
  removedAt: Date | null;
  replacedById: string | null;
  version: number;
  createdAt: Date;
}

/** Days before the end of a card's last month on which its account is told, once each. */
export const EXPIRY_STEPS = [30, 7] as const;
export type ExpiryStep = (typeof EXPIRY_STEPS)[number];

/**
 * The step that a card has come to: the latest one, though the others had gone by unseen.
 * @returns null where it is too early, or over
 */
export function expiryStep(expiresOn: Day, today: Day): ExpiryStep | null {
  const left = daysBetween(today, expiresOn);
  if (left < 0) return null;
  return EXPIRY_STEPS.toReversed().find((step) => left <= step) ?? null;
}

/** How a card's end stands for whoever looks at it; `expiring` from the first notice on. */
export type Validity = 'valid' | 'expiring' | 'expired';
export const VALIDITIES = ['valid', 'expiring', 'expired'] as const satisfies Validity[];

export function validityOf({ expiresOn }: Pick<PaymentMethod, 'expiresOn'>, today: Day): Validity {
  if (expiresOn === null) return 'valid';
  if (expiresOn < today) return 'expired';
  return expiresOn <= addDays(today, EXPIRY_STEPS[0]) ? 'expiring' : 'valid';
}

/** How adding a card stands. */
export const SETUP_STATES = ['created', 'sending', 'unknown', 'pending', 'succeeded', 'failed', 'expired'] as const;
export type SetupState = (typeof SETUP_STATES)[number];

/**
 * The same for whoever adds it: the page is on its way; it is there; the card is saved; nothing was saved; its time is over.
 */
export const SETUP_STANDINGS = ['preparing', 'open', 'saved', 'failed', 'expired'] as const;
export type SetupStanding = (typeof SETUP_STANDINGS)[number];

export function setupStandingOf(state: SetupState): SetupStanding {
  if (state === 'pending') return 'open';
  if (state === 'succeeded') return 'saved';
  return state === 'failed' || state === 'expired' ? state : 'preparing';
}
