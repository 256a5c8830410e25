import { setTimeout as sleep } from 'node:timers/promises';
import { slowness } from './slowness.js';

/**
 * Asks again and again until there is an answer other than undefined or false.
 * @param timeoutMs what may be waited on a quiet machine; a busy one is given longer
 * @throws Error naming what was waited for, once the time is up; or the last thing that `question` threw
 */
export async function eventually<Answer>(
  what: string,
  question: () => Promise<Answer | undefined | false> | Answer | undefined | false,
  timeoutMs = 10_000,
): Promise<Answer> {
  const began = performance.now();
  let allowed = timeoutMs;
  let problem: unknown;
  for (;;) {
    try {
      const answer = await question();
      if (answer !== undefined && answer !== false) return answer;
      problem = undefined;
    } catch (error) {
      problem = error;
    }
    await sleep(20);
    const waited = performance.now() - began;
    if (waited >= allowed) allowed = Math.max(allowed, timeoutMs * slowness());
    if (waited >= allowed) throw new Error(`Waited ${Math.round(waited)} ms in vain: ${what}`, { cause: problem });
  }
}
