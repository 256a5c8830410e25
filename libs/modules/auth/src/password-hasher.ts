import { Injectable } from '@nestjs/common';
import { dictionary } from '@zxcvbn-ts/language-common';
import bcrypt from 'bcrypt';
import pLimit from 'p-limit';
import { composed } from '@balcao/contracts';
import { AppConfig } from '@balcao/platform-config';
import { DomainError, refusedField } from '@balcao/platform-errors';

/** Hashes at once, on libuv's threads; more would starve the file and name look-ups that share them. */
const CONCURRENCY = 2;
/** Hashes that wait; at a quarter of a second each, the last one waits about eight seconds. */
const MOST_WAITING = 64;
/** bcrypt reads no further. */
const MOST_BYTES = 72;

const COMMON_PASSWORDS = new Set(dictionary['passwords-common'].map((password) => password.toLowerCase()));

/**
 * The one form of a password: keyboards write an accented letter as one character or as two, and both are the same
 * password. Nothing else is changed (docs/adr/0011-passwords-are-composed.md).
 */
export const passwordForm = (typed: string): string => composed(typed);

/** bcrypt off the event loop and bounded, so that a storm of sign-ins cannot starve the readers. */
@Injectable()
export class PasswordHasher {
  private readonly limit = pLimit(CONCURRENCY);
  private dummyHash: Promise<string> | undefined;

  constructor(private readonly config: AppConfig) {}

  /** @throws DomainError validation_failed when too long, password_too_common */
  async hash(typed: string): Promise<string> {
    const password = passwordForm(typed);
    if (Buffer.byteLength(password) > MOST_BYTES) {
      throw refusedField('password', 'maxBytes', { max: MOST_BYTES });
    }
    if (COMMON_PASSWORDS.has(password.toLowerCase())) {
      throw new DomainError('password_too_common', {
        fields: [{ path: 'password', code: 'common' }],
      });
    }
    return this.bounded(() => bcrypt.hash(password, this.config.bcryptCost));
  }

  /**
   * Compares in the same time whether or not there is a hash: an absent one is compared with a dummy, so that time
   * does not tell which e-mails exist.
   */
  async matches(typed: string, hash: string | null | undefined): Promise<boolean> {
    const password = passwordForm(typed);
    // Longer passwords cannot have been set; bcrypt would compare their beginning.
    const comparable = Buffer.byteLength(password) <= MOST_BYTES;
    const against = hash ?? (await this.dummy());
    const equal = await this.bounded(() => bcrypt.compare(password, against));
    return equal && comparable && hash !== null && hash !== undefined;
  }

  private dummy(): Promise<string> {
    this.dummyHash ??= bcrypt.hash('no user has this password', this.config.bcryptCost);
    return this.dummyHash;
  }

  private bounded<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.limit.pendingCount >= MOST_WAITING) throw new DomainError('service_unavailable', { retryAfterSeconds: 5 });
    return this.limit(work);
  }
}
