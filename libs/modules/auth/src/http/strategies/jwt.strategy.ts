import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { errors, jwtVerify, type JWTPayload } from 'jose';
import { AppConfig } from '@balcao/platform-config';
import type { Principal } from '@balcao/platform-tenancy';
import type { AccessTokenClaims } from '../../sessions/access-tokens.js';
import { PrincipalReader } from '../../sessions/principal-reader.js';
import { SigningKeys } from '../../sessions/signing-keys.js';
import { StrategyNames } from '../../sign-in/strategy-names.js';
import { CredentialStrategy, type CredentialAttempt } from './credential.strategy.js';

/**
 * S4's tokens. The algorithm is fixed, the key comes from `kid`, and the session behind the token is looked up each time,
 * so that a token dies with it.
 */
@Injectable()
export class JwtStrategy extends PassportStrategy(CredentialStrategy) {
  constructor(
    names: StrategyNames,
    private readonly keys: SigningKeys,
    private readonly principals: PrincipalReader,
    private readonly config: AppConfig,
  ) {
    super(names.jwt, ({ audience, via }: CredentialAttempt) => audience === 'portal' && via === 'bearer');
  }

  async validate({ token, slide }: CredentialAttempt): Promise<Principal | false> {
    const claims = await this.claimsOf(token);
    if (!claims || claims.portal !== true || claims.aud !== claims.tenantId || typeof claims.sid !== 'string')
      return false;
    const principal = await this.principals.bySessionId(claims.sid, slide);
    if (!principal || principal.organization.id !== claims.tenantId || principal.user.id !== claims.sub) return false;
    return principal;
  }

  private async claimsOf(token: string): Promise<(JWTPayload & Partial<AccessTokenClaims>) | undefined> {
    try {
      const { payload } = await jwtVerify(token, ({ kid }) => this.keyOf(kid), {
        algorithms: ['ES256'],
        issuer: this.config.publicUrl,
        requiredClaims: ['exp', 'iat', 'aud'],
      });
      return payload;
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  }

  /** Read before the signature is checked, so it only chooses among our own keys. */
  private async keyOf(kid: string | undefined) {
    const key = await this.keys.publicKey(kid ?? '');
    if (!key) throw new errors.JWKSNoMatchingKey();
    return key;
  }
}
