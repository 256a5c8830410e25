import { pbkdf2Sync } from 'node:crypto';

/** What one turn of the work takes on a quiet core of a small server. */
const QUIET_MS = 5;
/** Together longer than a turn of the scheduler's, so that waiting for the others' turns counts. */
const TURNS = 12;
const MOST = 6;

/**
 * How many times longer something takes here and now than on a quiet machine, from 1 to 6: measured by a piece of work.
 * Limits of time are multiplied by it, so that a busy machine is not taken for a fault.
 */
export function slowness(): number {
  const began = performance.now();
  for (let turn = 0; turn < TURNS; turn += 1) pbkdf2Sync('password', 'salt', 20_000, 32, 'sha256');
  return Math.min(MOST, Math.max(1, (performance.now() - began) / (TURNS * QUIET_MS)));
}
