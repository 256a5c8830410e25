import { createHash } from 'node:crypto';
import { DomainError } from '@balcao/platform-errors';
import type { Database } from '@balcao/platform-tenancy';
import { IdempotencyStore, type IdempotencyClaim, type IdempotentAnswer } from '../idempotency-store.js';
import { interval } from './interval.js';

interface ClaimRow {
  claimed: boolean;
  fingerprint: string;
  status: number | null;
  body: string | null;
}

export interface IdempotencyTimes {
  /** Milliseconds after which an unfinished claim lapses. */
  leaseMs: number;
  /** Milliseconds that an answer is kept. */
  answerMs: number;
}

const TIMES: IdempotencyTimes = { leaseMs: 60_000, answerMs: 24 * 60 * 60_000 };

/** Idempotency keys in PostgreSQL, behind the functions of migration 0003. */
export class PostgresIdempotencyStore extends IdempotencyStore {
  constructor(
    private readonly database: Database,
    private readonly times: IdempotencyTimes = TIMES,
  ) {
    super();
  }

  async claim(key: string, fingerprint: string): Promise<IdempotencyClaim> {
    // No row comes back when the key was released between the attempt to claim it and the look at its holder.
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const parameters = [digest(key), fingerprint, interval(this.times.leaseMs)];
      const [row] = await this.database.door<ClaimRow>('state_idempotency_claim', parameters);
      if (row?.claimed) return { claimed: true, fingerprint };
      if (row) {
        const answer = row.status === null ? undefined : { status: row.status, body: row.body ?? '' };
        return { claimed: false, fingerprint: row.fingerprint, answer };
      }
    }
    throw new DomainError('idempotency_in_progress', { retryAfterSeconds: 1 });
  }

  async complete(key: string, answer: IdempotentAnswer): Promise<void> {
    const parameters = [digest(key), answer.status, answer.body, interval(this.times.answerMs)];
    await this.database.door('state_idempotency_complete', parameters);
  }

  async release(key: string): Promise<void> {
    await this.database.door('state_idempotency_release', [digest(key)]);
  }
}

const digest = (key: string) => createHash('sha256').update(key).digest('base64url');
