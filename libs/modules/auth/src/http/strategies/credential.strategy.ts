import { Strategy } from 'passport-strategy';
import type { AudienceName, Principal } from '@balcao/platform-tenancy';

/**
 * What a request offers to prove who sends it. Never the request itself: Passport writes onto whatever it is given.
 */
export interface CredentialAttempt {
  audience: AudienceName;
  via: 'cookie' | 'bearer';
  token: string;
  /** Whether this is a use of the session, by which it lives on. */
  slide: boolean;
}

type Verify = (attempt: CredentialAttempt, done: (error: unknown, principal?: Principal | false) => void) => void;

/** Base of the strategies of bearer-like credentials. `fits` tells by its shape whether a token is of this kind. */
export class CredentialStrategy extends Strategy {
  constructor(
    readonly name: string,
    private readonly fits: (attempt: CredentialAttempt) => boolean,
    private readonly verify: Verify,
  ) {
    super();
  }

  override authenticate(request: never): void {
    const attempt = request as CredentialAttempt;
    if (!this.fits(attempt)) return this.fail(401);
    this.verify(attempt, (error, principal) => {
      if (error) this.error(error as Error);
      else if (principal) this.success(principal);
      else this.fail(401);
    });
  }
}
