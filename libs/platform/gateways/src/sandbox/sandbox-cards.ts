import type { FailureCode } from '../gateway.js';

export interface SandboxCard {
  brand: string;
  lastFour: string;
  /** What becomes of charges while nobody is there; null where they succeed. */
  later: FailureCode | null;
  /** Whether its last month is the one in which it is saved; else it is good for years. */
  endsSoon?: true;
}

/** The cards that a pretended page offers, by what becomes of later charges of theirs. */
export const SANDBOX_CARDS = {
  approved: { brand: 'visa', lastFour: '4242', later: null },
  ends_soon: { brand: 'visa', lastFour: '1881', later: null, endsSoon: true },
  declined_later: { brand: 'mastercard', lastFour: '0341', later: 'declined' },
  no_funds_later: { brand: 'elo', lastFour: '9995', later: 'insufficient_funds' },
  expired_later: { brand: 'visa', lastFour: '0069', later: 'expired_card' },
  lost_later: { brand: 'elo', lastFour: '9987', later: 'lost_or_stolen' },
  authentication_later: { brand: 'mastercard', lastFour: '3184', later: 'authentication_required' },
} as const satisfies Record<string, SandboxCard>;

export type SandboxCardName = keyof typeof SANDBOX_CARDS;

export const isSandboxCard = (name: string): name is SandboxCardName => Object.hasOwn(SANDBOX_CARDS, name);
