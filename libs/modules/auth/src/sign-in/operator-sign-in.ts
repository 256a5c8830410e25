import { Injectable } from '@nestjs/common';
import { Audit } from '@balcao/platform-audit';
import { DomainError } from '@balcao/platform-errors';
import { Database, type OperatorContext, type OperatorPrincipal, type RequestContext } from '@balcao/platform-tenancy';
import { PrincipalReader } from '../sessions/principal-reader.js';
import { sessionTokenHash } from '../sessions/session-token.js';
import { SessionService } from '../sessions/session.service.js';
import { DEFAULT_SECURITY, OPERATOR_REALM, type Candidate } from './realm.js';
import { SignIn, type SignedIn } from './sign-in.service.js';

export interface OperatorLogin extends Omit<SignedIn, 'candidate'> {
  principal: OperatorPrincipal;
}

type CandidateRow = Pick<Candidate, 'userId' | 'email' | 'passwordHash' | 'credentialVersion' | 'status'>;

/** The way of those who run the installation through the gate. */
@Injectable()
export class OperatorSignIn {
  constructor(
    private readonly database: Database,
    private readonly gate: SignIn,
    private readonly principals: PrincipalReader,
    private readonly sessions: SessionService,
    private readonly audit: Audit,
  ) {}

  /** @throws DomainError those of `SignIn.byPassword` */
  async byPassword(
    context: RequestContext,
    { email: login, password, deviceCookie }: { email: string; password: string; deviceCookie?: string },
  ): Promise<OperatorLogin> {
    const rows = await this.database.door<CandidateRow>('door_operator_login', [login]);
    const candidates = rows.map(candidateOf);
    const { session, deviceCookie: cookie } = await this.gate.byPassword(context, OPERATOR_REALM, {
      login,
      password,
      candidates,
      organizationId: null,
      deviceCookie,
    });
    const principal = await this.principals.bySessionToken('operator', sessionTokenHash(session.token));
    if (!principal) throw new DomainError('invalid_credentials');
    return { session, principal, deviceCookie: cookie };
  }

  async signOut(context: OperatorContext): Promise<void> {
    const { id } = context.actor;
    await this.database.asPlatform('an operator signs out', async (db) => {
      await this.sessions.end(db, 'operator', id, [context.principal.sessionId]);
      await this.audit.record(db, context, { action: 'operator.logout', target: { type: 'operator', id } });
    });
  }
}

const candidateOf = (row: CandidateRow): Candidate => ({
  ...row,
  organizationId: null,
  organizationStatus: 'active',
  organizationNow: null,
  portalId: null,
  homePortalId: null,
  lockedUntil: null,
  ssoOnly: false,
  emailProved: true,
  security: DEFAULT_SECURITY,
});
