import { ApiError } from '@balcao/ui';
import { onScopeDispose } from 'vue';
import { findNumber } from './find-number.js';
import type { Riddle } from './riddle.js';

interface Challenge extends Riddle {
  token: string;
}
interface Proof {
  token: string;
  number: number;
}

/** A challenge is good for 15 minutes by the API's clock; a page that was left open asks for another in time. */
const FRESH_MS = 12 * 60_000;

/**
 * Proves to the API that somebody's device has worked a little for what it asks. The work begins with the page, and is
 * done before anybody has typed a number.
 * @param read reads a new challenge; each is answered once
 */
export function useProof(read: () => Promise<Challenge>) {
  const leaving = new AbortController();
  let current: { proof: Promise<Proof>; at: number } | undefined;

  async function solve(challenge: Challenge): Promise<Proof> {
    return { token: challenge.token, number: await findNumber(challenge, leaving.signal) };
  }

  function begin(challenge: Challenge): void {
    current = { proof: solve(challenge), at: Date.now() };
    // Whoever needs it hears of it.
    current.proof.catch(() => {});
  }

  async function next(): Promise<Proof> {
    if (!current || Date.now() - current.at > FRESH_MS) begin(await read());
    const { proof } = current!;
    current = undefined;
    return proof;
  }

  /** Does what needs a proof; where it did not count any more, with a new one. */
  async function spend<Answer>(work: (proof: Proof) => Promise<Answer>): Promise<Answer> {
    try {
      return await work(await next());
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 'proof_invalid')) throw error;
      current = undefined;
      return work(await next());
    }
  }

  onScopeDispose(() => leaving.abort());
  return { begin, spend };
}
