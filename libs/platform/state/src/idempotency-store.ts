import type { Db } from '@balcao/platform-tenancy';

/** An answer that was given and can be given again. */
export interface IdempotentAnswer {
  status: number;
  body: string;
}

/** A request's right to do its work under a key. */
export interface IdempotencyClaim {
  key: string;
  /** Differs with every claim of the key, so that one that was taken over is worth nothing any more. */
  id: string;
}

/** What becomes of an attempt to claim a key. `fingerprint` is that of the request which holds it. */
export type IdempotencyOutcome =
  | { state: 'claimed'; claim: IdempotencyClaim }
  | { state: 'in_progress'; fingerprint: string }
  /** Its changes are committed, but its process ended before it could keep the answer. */
  | { state: 'carried_out'; fingerprint: string }
  | { state: 'answered'; fingerprint: string; answer: IdempotentAnswer };

/**
 * Remembers which requests were carried out and answered, so that the same one sent twice happens once.
 *
 * Claims and answers may be kept anywhere. That a request was carried out is said by a row in the database of the
 * changes, whatever the backend, since nothing else commits with them: an adapter elsewhere asks for that row before it
 * gives a key away again.
 */
export abstract class IdempotencyStore {
  /**
   * Claims a key for one request, of which `fingerprint` is a digest. Of many at once, one wins. A claim under which
   * nothing was committed within a minute lapses: its process is gone.
   */
  abstract claim(key: string, fingerprint: string): Promise<IdempotencyOutcome>;

  /**
   * Marks the key as carried out in the transaction of the change; for a day nobody gets it again, even if the process
   * dies right after the commit.
   * @throws DomainError idempotency_in_progress where another request has taken the key over; nothing is committed then
   */
  abstract carryOut(db: Pick<Db, 'first'>, claim: IdempotencyClaim): Promise<void>;

  /**
   * Keeps the answer for a day, unless one of the `shares` that it is taken of, with the bytes that each has in a day, holds
   * too much already: then no answer will come, as after `release`, and none of them has given anything.
   */
  abstract complete(
    claim: IdempotencyClaim,
    answer: IdempotentAnswer,
    shares?: Readonly<Record<string, number>>,
  ): Promise<void>;

  /** Gives up a claim after a failure, so that the request can be sent again. A key that was carried out stays taken. */
  abstract release(claim: IdempotencyClaim): Promise<void>;
}
