/** An answer that was given and can be given again. */
export interface IdempotentAnswer {
  status: number;
  body: string;
}

/** `claimed`: the caller shall do the work. Otherwise the earlier request's fingerprint, and its answer once known. */
export type IdempotencyClaim =
  | { claimed: true; fingerprint: string; answer?: undefined }
  | { claimed: false; fingerprint: string; answer?: IdempotentAnswer };

/** Remembers which requests were answered, so that the same one sent twice happens once. */
export abstract class IdempotencyStore {
  /**
   * Claims a key for one request, of which `fingerprint` is a digest. Of many at once, one wins. A claim that is
   * neither completed nor released within a minute lapses: its process is gone.
   */
  abstract claim(key: string, fingerprint: string): Promise<IdempotencyClaim>;

  /** Keeps the answer for a day. */
  abstract complete(key: string, answer: IdempotentAnswer): Promise<void>;

  /** Gives up a claim after a failure, so that the request can be sent again. An answered key stays. */
  abstract release(key: string): Promise<void>;
}
