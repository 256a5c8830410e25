import { createHash, randomUUID } from 'node:crypto';
import { DomainError } from '@balcao/platform-errors';
import { sql, type Database, type Db } from '@balcao/platform-tenancy';
import {
  IdempotencyStore,
  type IdempotencyClaim,
  type IdempotencyOutcome,
  type IdempotentAnswer,
} from '../idempotency-store.js';
import { interval } from './interval.js';

interface ClaimRow {
  claimed: boolean;
  fingerprint: string;
  carried_out: boolean;
  status: number | null;
  body: string | null;
}

export interface IdempotencyLimits {
  /** Milliseconds after which a claim lapses under which nothing was committed. */
  leaseMs: number;
  /** Milliseconds that a key stays taken once its request was carried out or answered. */
  keptMs: number;
}

const LIMITS: IdempotencyLimits = { leaseMs: 60_000, keptMs: 24 * 60 * 60_000 };

/** Idempotency keys in PostgreSQL, behind the `state_idempotency_*` functions. */
export class PostgresIdempotencyStore extends IdempotencyStore {
  constructor(
    private readonly database: Database,
    private readonly limits: IdempotencyLimits = LIMITS,
  ) {
    super();
  }

  async claim(key: string, fingerprint: string): Promise<IdempotencyOutcome> {
    const claim = { key, id: randomUUID() };
    const parameters = [digest(key), claim.id, fingerprint, interval(this.limits.leaseMs)];
    // There is one: whoever does not get the key has locked its row, and looks at it.
    const row = (await this.database.door<ClaimRow>('state_idempotency_claim', parameters))[0]!;
    return row.claimed ? { state: 'claimed', claim } : knownOutcome(row);
  }

  async carryOut(db: Pick<Db, 'first'>, { key, id }: IdempotencyClaim): Promise<void> {
    const row = await db.first<{ held: boolean }>(
      sql`select state_idempotency_carry_out(${digest(key)}, ${id}::uuid, ${interval(this.limits.keptMs)}::interval) as held`,
    );
    if (!row?.held) throw new DomainError('idempotency_in_progress', { retryAfterSeconds: 1 });
  }

  async complete(
    { key, id }: IdempotencyClaim,
    { status, body }: IdempotentAnswer,
    shares: Readonly<Record<string, number>> = {},
  ): Promise<void> {
    const names = Object.keys(shares).map((name) => digest(`idempotency:${name}`));
    const parameters = [digest(key), id, status, body, interval(this.limits.keptMs), names, Object.values(shares)];
    await this.database.door('state_idempotency_complete', parameters);
  }

  async release({ key, id }: IdempotencyClaim): Promise<void> {
    await this.database.door('state_idempotency_release', [digest(key), id]);
  }
}

function knownOutcome({ fingerprint, carried_out, status, body }: ClaimRow): IdempotencyOutcome {
  if (status !== null) return { state: 'answered', fingerprint, answer: { status, body: body ?? '' } };
  return { state: carried_out ? 'carried_out' : 'in_progress', fingerprint };
}

const digest = (key: string) => createHash('sha256').update(key).digest('base64url');
