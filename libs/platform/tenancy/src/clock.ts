/**
 * Business time: due dates, renewals, validity, reminders. Identity, limits, tokens, audit, ids, mails and whatever is asked
 * of other people's servers use the real time instead.
 */
export interface Clock {
  now(): Date;
}

/** The real time. */
export const systemClock: Clock = { now: () => new Date() };

/**
 * The clock that an organization lives by: of a sandbox one that stands still, of any other the real time.
 * @param organization `now` as `organization_standings` and the doors answer it: null where the real time passes
 */
export function clockOf({ now }: { now: Date | null }): Clock {
  return now ? { now: () => new Date(now) } : systemClock;
}
