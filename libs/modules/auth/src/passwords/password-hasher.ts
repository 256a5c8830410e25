import { availableParallelism } from 'node:os';
import { Injectable } from '@nestjs/common';
import { dictionary } from '@zxcvbn-ts/language-common';
import bcrypt from 'bcrypt';
import { composed } from '@balcao/contracts';
import { AppConfig } from '@balcao/platform-config';
import { DomainError, refusedField } from '@balcao/platform-errors';
import { FairQueue, type Turn } from '@balcao/platform-threads/fair-queue';

/** Hashes at once: one for each core, but not all of libuv's threads, which file and name look-ups share. */
const CONCURRENCY = Math.min(availableParallelism(), 3);
/** Attempts of one lane that wait; at a quarter of a second for a hash, the last one waits about eight seconds. */
const LIMITS = { concurrency: CONCURRENCY, mostWaitingInLane: 64, mostWaiting: 1_000 };
/** bcrypt reads no further. */
const MOST_BYTES = 72;

const COMMON_PASSWORDS = new Set(dictionary['passwords-common'].map((password) => password.toLowerCase()));

/**
 * The one form of a password: keyboards write an accented letter as one character or as two, and both are the same
 * password. Nothing else is changed (docs/adr/0015-passwords-are-composed.md).
 */
export const passwordForm = (typed: string): string => composed(typed);

/** Whether a password is one of these words, or what stands before the @ of one; case and signs apart. */
function isOneOf(words: readonly (string | null | undefined)[], password: string): boolean {
  const bare = (text: string) =>
    passwordForm(text)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, '');
  const known = words.flatMap((word) => (word ? [word, word.split('@')[0]!] : [])).map(bare);
  return bare(password) !== '' && known.includes(bare(password));
}

/** bcrypt off the event loop, bounded and shared out fairly: a storm of sign-ins starves neither readers nor other tenants. */
@Injectable()
export class PasswordHasher {
  private readonly queue = new FairQueue(LIMITS);
  private dummyHash: Promise<string> | undefined;

  constructor(private readonly config: AppConfig) {}

  /**
   * @param words what anybody would try first for this person: own address, its local part, names
   * @throws DomainError validation_failed when too long, password_too_common
   */
  async hash(typed: string, turn: Turn, words: readonly (string | null | undefined)[] = []): Promise<string> {
    const password = passwordForm(typed);
    if (Buffer.byteLength(password) > MOST_BYTES) {
      throw refusedField('password', 'maxBytes', { max: MOST_BYTES });
    }
    if (COMMON_PASSWORDS.has(password.toLowerCase()) || isOneOf(words, password)) {
      throw new DomainError('password_too_common', {
        fields: [{ path: 'password', code: 'common' }],
      });
    }
    return this.queue.run(turn, () => bcrypt.hash(password, this.config.bcryptCost));
  }

  /**
   * Compares with every hash, each in a turn of its own, and in the same time whether or not there is one: an absent hash is
   * compared with a dummy, so that time does not tell which e-mails exist.
   * @param during what is done before the first and after the last: what `before` throws refuses it; where those that match
   *   are `enough`, absent hashes are left out
   * @returns the places of the hashes that match
   */
  async matching(
    typed: string,
    hashes: readonly (string | null)[],
    turn: Turn,
    during: {
      before?: () => Promise<void>;
      after?: (matching: number[]) => Promise<void>;
      enough?: (matching: number[]) => boolean;
    } = {},
  ): Promise<number[]> {
    const password = passwordForm(typed);
    // Longer passwords cannot have been set; bcrypt would compare their beginning.
    const comparable = Buffer.byteLength(password) <= MOST_BYTES;
    const dummy = await this.dummy();
    return this.queue.run(turn, async (giveWay) => {
      await during.before?.();
      const matching: number[] = [];
      for (const [place, hash] of hashes.entries()) {
        if (hash === null && during.enough?.(matching)) continue;
        if (place > 0) await giveWay();
        if ((await bcrypt.compare(password, hash ?? dummy)) && comparable && hash !== null) matching.push(place);
      }
      await during.after?.(matching);
      return matching;
    });
  }

  /** Whether a password is the one of a hash. */
  async matches(password: string, hash: string | undefined, turn: Turn): Promise<boolean> {
    return (await this.matching(password, [hash ?? null], turn)).length === 1;
  }

  private dummy(): Promise<string> {
    this.dummyHash ??= bcrypt.hash('no user has this password', this.config.bcryptCost);
    return this.dummyHash;
  }
}
