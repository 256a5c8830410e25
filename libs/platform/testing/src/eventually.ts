import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks again and again until there is an answer other than undefined or false.
 * @throws Error naming what was waited for, once the time is up; or the last thing that `question` threw
 */
export async function eventually<Answer>(
  what: string,
  question: () => Promise<Answer | undefined | false> | Answer | undefined | false,
  timeoutMs = 10_000,
): Promise<Answer> {
  const deadline = performance.now() + timeoutMs;
  let problem: unknown;
  do {
    try {
      const answer = await question();
      if (answer !== undefined && answer !== false) return answer;
      problem = undefined;
    } catch (error) {
      problem = error;
    }
    await sleep(20);
  } while (performance.now() < deadline);
  throw new Error(`Waited ${timeoutMs} ms in vain: ${what}`, { cause: problem });
}
