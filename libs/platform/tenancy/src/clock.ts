/** Business time: due dates, validity, reminders. Identity, limits and audit use the real time instead. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
