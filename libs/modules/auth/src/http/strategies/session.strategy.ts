import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Principal } from '@balcao/platform-tenancy';
import { PrincipalReader } from '../../sessions/principal-reader.js';
import { isSessionToken, sessionTokenHash } from '../../sessions/session-token.js';
import { StrategyNames } from '../../sign-in/strategy-names.js';
import { CredentialStrategy, type CredentialAttempt } from './credential.strategy.js';

/** S3's opaque session tokens, from a cookie or as a bearer. */
@Injectable()
export class SessionStrategy extends PassportStrategy(CredentialStrategy) {
  constructor(
    names: StrategyNames,
    private readonly principals: PrincipalReader,
  ) {
    super(names.session, ({ token }: CredentialAttempt) => isSessionToken(token));
  }

  async validate({ audience, token, slide }: CredentialAttempt): Promise<Principal | false> {
    return (await this.principals.bySessionToken(audience, sessionTokenHash(token), slide)) ?? false;
  }
}
