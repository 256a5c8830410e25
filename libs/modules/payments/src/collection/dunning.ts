import { addDays, dayAt, startOfDay, type Day } from '@balcao/money';
import type { FailureCode } from '@balcao/platform-gateways';

/** Tries of one collection at most. */
export const MOST_TRIES = 8;
/** Nobody is charged before that hour of the organization's day. */
const CHARGE_HOUR_MS = 9 * 3_600_000;

/** In the order in which a collection may go through them; the last three end it. */
export const COLLECTION_STATES = ['waiting', 'trying', 'paid', 'given_up', 'stopped'] as const;
export type CollectionState = (typeof COLLECTION_STATES)[number];

export const COLLECTION_ORIGINS = ['automatic', 'renewal', 'staff'] as const;
export type CollectionOrigin = (typeof COLLECTION_ORIGINS)[number];

/** Why it was stopped: nothing is owed any more, its account switched it off, staff said so. */
export const COLLECTION_STOPS = ['settled', 'switched_off', 'staff'] as const;
export type CollectionStop = (typeof COLLECTION_STOPS)[number];

/** What no further try of the same card can change. */
const HARD: readonly FailureCode[] = ['lost_or_stolen', 'method_gone', 'expired_card'];
export const isHardDecline = (failure: FailureCode | null): boolean => failure !== null && HARD.includes(failure);

/** How often, and when, a card is tried again. */
export interface DunningTerms {
  /** Days between one try and the next. */
  retryDays: readonly number[];
  timeZone: string;
}

/** What a collection does next. */
export type NextStep =
  /** It is tried again then. */
  | { kind: 'retry'; at: Date }
  /** It waits for another card, until then at most: when the last try would have been. */
  | { kind: 'wait_for_method'; until: Date }
  | { kind: 'give_up' };

/** The moment of a day at which cards are charged. */
export const chargeAt = (day: Day, timeZone: string): Date =>
  new Date(startOfDay(day, timeZone).getTime() + CHARGE_HOUR_MS);

/**
 * What follows a try that failed.
 * @param tries that were made, this one among them
 */
export function nextStep(
  tries: number,
  failure: FailureCode | null,
  { retryDays, timeZone }: DunningTerms,
  now: Date,
): NextStep {
  const left = retryDays.slice(tries - 1, MOST_TRIES - 1);
  const [days] = left;
  if (days === undefined) return { kind: 'give_up' };
  const today = dayAt(now, timeZone);
  if (!isHardDecline(failure)) return { kind: 'retry', at: chargeAt(addDays(today, days), timeZone) };
  return { kind: 'wait_for_method', until: waitUntil(tries, { retryDays, timeZone }, now) };
}

/**
 * The day of the last try, where all fail that are to come.
 * @param tries that were made before the next one
 * @param nextOn the day of that
 */
export function lastTryOn(tries: number, nextOn: Day, { retryDays }: Pick<DunningTerms, 'retryDays'>): Day {
  return addDays(
    nextOn,
    retryDays.slice(tries, MOST_TRIES - 1).reduce((sum, each) => sum + each, 0),
  );
}

/** Until when a collection without a card that can be charged waits for one: as long as its tries would have taken. */
export function waitUntil(tries: number, { retryDays, timeZone }: DunningTerms, now: Date): Date {
  const left = retryDays.slice(Math.max(tries - 1, 0), MOST_TRIES - 1).reduce((sum, each) => sum + each, 0);
  return chargeAt(addDays(dayAt(now, timeZone), Math.max(left, 1)), timeZone);
}
