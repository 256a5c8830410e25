import { Injectable } from '@nestjs/common';
import { AppConfig } from '@balcao/platform-config';
import type { AudienceName, Principal } from '@balcao/platform-tenancy';
import { Authenticator, type Credentials } from '@balcao/platform-http';
import { isSessionToken } from '@balcao/platform-state';
import { PrincipalReader } from './principal-reader.js';
import { runStrategy } from './run-strategy.js';
import { SigningKeys } from './signing-keys.js';
import { createJwtStrategy } from './strategies/jwt.strategy.js';
import { SessionStrategy } from './strategies/session.strategy.js';

/** Tells the three kinds of credentials apart by their shape (decision 3) and lets the fitting strategy prove them. */
@Injectable()
export class BalcaoAuthenticator extends Authenticator {
  private readonly sessionStrategy: SessionStrategy;
  private readonly jwtStrategy: ReturnType<typeof createJwtStrategy>;

  constructor(principals: PrincipalReader, keys: SigningKeys, config: AppConfig) {
    super();
    this.sessionStrategy = new SessionStrategy(principals);
    this.jwtStrategy = createJwtStrategy(keys, principals, config);
  }

  override authenticate(audience: AudienceName, credentials: Credentials): Promise<Principal | undefined> {
    return this.prove(audience, credentials, true);
  }

  override look(audience: AudienceName, credentials: Credentials): Promise<Principal | undefined> {
    return this.prove(audience, credentials, false);
  }

  private prove(audience: AudienceName, { via, token }: Credentials, slide: boolean): Promise<Principal | undefined> {
    if (isSessionToken(token)) return runStrategy(this.sessionStrategy, { audience, token, slide });
    const isJwt = via === 'bearer' && audience === 'portal' && token.split('.').length === 3;
    return isJwt ? runStrategy(this.jwtStrategy, { token, headers: {} }) : Promise.resolve(undefined);
  }
}
