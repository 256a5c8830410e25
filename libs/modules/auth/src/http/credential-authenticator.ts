import { Injectable } from '@nestjs/common';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { Authenticator, type Credentials } from '@balcao/platform-http';
import type { AudienceName, Principal } from '@balcao/platform-tenancy';
import { answering } from '../sign-in/password.strategy.js';
import { StrategyNames } from '../sign-in/strategy-names.js';
import type { CredentialAttempt } from './strategies/credential.strategy.js';
import { JwtStrategy } from './strategies/jwt.strategy.js';
import { SessionStrategy } from './strategies/session.strategy.js';

/** Asks Passport's strategies who sends a request, before its body is read; nobody is an answer too. */
@Injectable()
export class CredentialAuthenticator extends Authenticator {
  private readonly guard: InstanceType<ReturnType<typeof answering>>;

  // The strategies register themselves when they are made.
  constructor(names: StrategyNames, _session: SessionStrategy, _jwt: JwtStrategy) {
    super();
    this.guard = new (answering())({ defaultStrategy: [names.session, names.jwt] });
  }

  override authenticate(audience: AudienceName, credentials: Credentials): Promise<Principal | undefined> {
    return this.prove({ ...credentials, audience, slide: true });
  }

  override look(audience: AudienceName, credentials: Credentials): Promise<Principal | undefined> {
    return this.prove({ ...credentials, audience, slide: false });
  }

  private async prove(attempt: CredentialAttempt & { user?: Principal }): Promise<Principal | undefined> {
    await this.guard.canActivate(new ExecutionContextHost([attempt]));
    return attempt.user;
  }
}
