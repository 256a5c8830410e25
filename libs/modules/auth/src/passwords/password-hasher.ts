import { availableParallelism } from 'node:os';
import { Injectable } from '@nestjs/common';
import { dictionary } from '@zxcvbn-ts/language-common';
import { dictionary as portuguese } from '@zxcvbn-ts/language-pt-br';
import bcrypt from 'bcrypt';
import { composed, folded } from '@balcao/contracts';
import { AppConfig } from '@balcao/platform-config';
import { DomainError, refusedField } from '@balcao/platform-errors';
import { FairQueue, type Turn } from '@balcao/platform-threads/fair-queue';

/** Hashes at once: one for each core, but not all of libuv's threads, which file and name look-ups share. */
const CONCURRENCY = Math.min(availableParallelism(), 3);
/** Attempts of one lane that wait; at a quarter of a second for a hash, the last one waits about eight seconds. */
const LIMITS = { concurrency: CONCURRENCY, mostWaitingInLane: 64, mostWaiting: 1_000 };
/** bcrypt reads no further. */
const MOST_BYTES = 72;

/** What is tried first everywhere, and the words and names of the language that most people here write; accents and case apart. */
const COMMON = new Set([...dictionary['passwords-common'], ...Object.values(portuguese).flat()].map(folded));

/** So many digits and signs hardly hide a word: a year, a birthday, `123!`. */
const MOST_AROUND = 8;

/** What is left of a password without the digits and signs around it, where they are few or as common themselves. */
function coreOf(password: string): string {
  const [, before = '', core = '', after = ''] = /(\P{L}*)(.*?)(\P{L}*)$/su.exec(password) ?? [];
  const hidden = before.length + after.length > MOST_AROUND && !COMMON.has(after);
  return hidden ? password : core;
}

/**
 * The one form of a password: keyboards write an accented letter as one character or as two, and both are the same
 * password. Nothing else is changed (docs/adr/0015-passwords-are-composed.md).
 */
export const passwordForm = (typed: string): string => composed(typed);

/** Whether a password is one of these words, or what stands before the @ of one; case, accents and signs apart. */
function isOneOf(words: readonly (string | null | undefined)[], password: string): boolean {
  const bare = (text: string) => folded(text).replace(/[^\p{L}\p{N}]/gu, '');
  const known = words.flatMap((word) => (word ? [word, word.split('@')[0]!] : [])).map(bare);
  return bare(password) !== '' && known.includes(bare(password));
}

/** Whether anybody would try it early: a common word or one of the person's, also with a year or `123` behind it. */
const isEasy = (password: string, words: readonly (string | null | undefined)[]): boolean =>
  [password, coreOf(password)].some((guess) => COMMON.has(folded(guess)) || isOneOf(words, guess));

const beforeStrangers = (turn: Turn): Turn => ({ ...turn, first: true });

/** bcrypt off the event loop, bounded and shared out fairly: a storm of sign-ins starves neither readers nor other tenants. */
@Injectable()
export class PasswordHasher {
  private readonly queue = new FairQueue(LIMITS);
  private dummyHash: Promise<string> | undefined;

  constructor(private readonly config: AppConfig) {}

  /**
   * Whoever sets a password is no stranger, and goes before those.
   * @param words what anybody would try first for this person: own address, its local part, names
   * @throws DomainError validation_failed when too long, password_too_common
   */
  async hash(typed: string, turn: Turn, words: readonly (string | null | undefined)[] = []): Promise<string> {
    const password = passwordForm(typed);
    if (Buffer.byteLength(password) > MOST_BYTES) {
      throw refusedField('password', 'maxBytes', { max: MOST_BYTES });
    }
    if (isEasy(password, words)) {
      throw new DomainError('password_too_common', {
        fields: [{ path: 'password', code: 'common' }],
      });
    }
    return this.queue.run(beforeStrangers(turn), () => bcrypt.hash(password, this.config.bcryptCost));
  }

  /**
   * Compares with every hash, each in a turn of its own, and in the same time whether or not there is one: an absent hash is
   * compared with a dummy, so that time does not tell which e-mails exist.
   * @param during what is done before the first and after the last: what `before` throws refuses it; where those that match
   *   are `enough`, which is asked once, absent hashes are left out
   * @returns the places of the hashes that match
   */
  async matching(
    typed: string,
    hashes: readonly (string | null)[],
    turn: Turn,
    during: {
      before?: () => Promise<void>;
      after?: (matching: number[]) => Promise<void>;
      enough?: (matching: number[]) => Promise<boolean>;
    } = {},
  ): Promise<number[]> {
    const password = passwordForm(typed);
    // Longer passwords cannot have been set; bcrypt would compare their beginning.
    const comparable = Buffer.byteLength(password) <= MOST_BYTES;
    const dummy = await this.dummy();
    return this.queue.run(turn, async (giveWay) => {
      await during.before?.();
      const matching: number[] = [];
      const places = [...hashes.keys()];
      const present = places.filter((place) => hashes[place] !== null);
      for (const [count, place] of present.entries()) {
        if (count > 0) await giveWay();
        if ((await bcrypt.compare(password, hashes[place]!)) && comparable) matching.push(place);
      }
      const absent = (await during.enough?.(matching)) ? 0 : places.length - present.length;
      for (let count = 0; count < absent; count += 1) {
        if (count + present.length > 0) await giveWay();
        await bcrypt.compare(password, dummy);
      }
      await during.after?.(matching);
      return matching;
    });
  }

  /** Whether a password is the one of a hash, asked by somebody who is signed in. */
  async matches(password: string, hash: string | undefined, turn: Turn): Promise<boolean> {
    return (await this.matching(password, [hash ?? null], beforeStrangers(turn))).length === 1;
  }

  private dummy(): Promise<string> {
    this.dummyHash ??= bcrypt.hash('no user has this password', this.config.bcryptCost);
    return this.dummyHash;
  }
}
