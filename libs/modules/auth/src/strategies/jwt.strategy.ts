import { Strategy } from 'passport-jwt';
import type { AppConfig } from '@balcao/platform-config';
import { PrincipalReader } from '../principal-reader.js';
import type { SigningKeys } from '../signing-keys.js';
import type { AccessTokenClaims } from '../access-tokens.js';

export interface JwtInput {
  token: string;
}

/**
 * passport-jwt over S4's tokens. The algorithm is fixed, the key comes from `kid`, and the session behind the token is
 * looked up each time, so that a token dies with it.
 */
export function createJwtStrategy(keys: SigningKeys, principals: PrincipalReader, config: AppConfig): Strategy {
  return new Strategy(
    {
      jwtFromRequest: (input) => (input as unknown as JwtInput).token,
      algorithms: ['ES256'],
      issuer: config.publicUrl,
      secretOrKeyProvider: (_input, token: string, done) => {
        const kid = kidOf(token);
        if (!kid) return done(null, undefined);
        keys.publicKey(kid).then(
          (key) => done(null, key?.export({ type: 'spki', format: 'pem' })),
          (error: unknown) => done(error),
        );
      },
    },
    (claims: AccessTokenClaims & { aud: string }, done) => {
      if (claims.portal !== true || claims.aud !== claims.tenantId || typeof claims.sid !== 'string')
        return done(null, false);
      principals.bySessionId(claims.sid).then(
        (principal) =>
          done(
            null,
            principal && principal.organization?.id === claims.tenantId && principal.user.id === claims.sub
              ? principal
              : false,
          ),
        (error: unknown) => done(error, false),
      );
    },
  );
}

/** Key id of a token's header; read before the signature is checked, so it only chooses among our own keys. */
function kidOf(token: string): string | undefined {
  try {
    const header: unknown = JSON.parse(Buffer.from(token.split('.', 1)[0]!, 'base64url').toString('utf8'));
    const kid = (header as { kid?: unknown } | null)?.kid;
    return typeof kid === 'string' && kid.length <= 100 ? kid : undefined;
  } catch {
    return undefined;
  }
}
