import { Strategy } from 'passport-strategy';
import type { AudienceName } from '@balcao/platform-tenancy';
import { sessionTokenHash } from '@balcao/platform-state';
import { PrincipalReader } from '../principal-reader.js';

export interface SessionInput {
  audience: AudienceName;
  token: string;
  /** Whether this is a use of the session, by which it lives on. */
  slide: boolean;
}

/** Passport strategy of S3's opaque session tokens, from a cookie or as a bearer. */
export class SessionStrategy extends Strategy {
  readonly name = 'session-token';

  constructor(private readonly principals: PrincipalReader) {
    super();
  }

  override authenticate(input: never): void {
    const { audience, token, slide } = input as SessionInput;
    this.principals.bySessionToken(audience, sessionTokenHash(token), slide).then(
      (principal) => (principal ? this.success(principal) : this.fail(401)),
      (error: unknown) => this.error(error as Error),
    );
  }
}
