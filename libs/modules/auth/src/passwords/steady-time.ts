import { setTimeout as sleep } from 'node:timers/promises';

/** Longer than a link takes to be issued, so that the answer's time is the pause's. */
const STEADY_MS = 250;

/**
 * Does `work` and answers no sooner than after a fixed time, so that a clock does not tell which e-mails have an account
 * where the answer itself does not.
 */
export async function inSteadyTime(work: () => Promise<void>): Promise<void> {
  const pause = sleep(STEADY_MS);
  try {
    await work();
  } finally {
    await pause;
  }
}
