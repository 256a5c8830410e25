import { Injectable } from '@nestjs/common';
import { DomainError } from '@balcao/platform-errors';
import {
  Database,
  sql,
  systemContext,
  type Context,
  type Db,
  type OrganizationContext,
  type RequestContext,
  type StaffPrincipal,
} from '@balcao/platform-tenancy';
import { PrincipalReader } from '../sessions/principal-reader.js';
import { sessionTokenHash } from '../sessions/session-token.js';
import type { PresentedToken } from '../tokens/one-time-tokens.js';
import { DEFAULT_SECURITY, STAFF_REALM, type Candidate } from './realm.js';
import { SignIn, type SignedIn } from './sign-in.service.js';

export interface StaffLogin extends Omit<SignedIn, 'candidate'> {
  principal: StaffPrincipal;
}

type CandidateRow = Omit<Candidate, 'security' | 'portalId' | 'ssoOnly'>;

/** The way of an organization's own people through the gate. */
@Injectable()
export class StaffSignIn {
  constructor(
    private readonly database: Database,
    private readonly gate: SignIn,
    private readonly principals: PrincipalReader,
  ) {}

  /** @throws DomainError those of `SignIn.byPassword` */
  async byPassword(
    context: RequestContext,
    input: { email: string; password: string; organizationSlug?: string; deviceCookie?: string },
  ): Promise<StaffLogin> {
    const { email: login, password, organizationSlug, deviceCookie } = input;
    const candidates = await this.candidates(login, organizationSlug);
    const organizationId = organizationSlug ? (candidates[0]?.organizationId ?? null) : undefined;
    return this.complete(
      await this.gate.byPassword(context, STAFF_REALM, { login, password, candidates, organizationId, deviceCookie }),
    );
  }

  /** As `PortalSignIn.byLink`. */
  async byLink(
    context: Context,
    { organizationId, subject }: PresentedToken,
    prove: (db: Db, context: OrganizationContext) => Promise<void>,
  ): Promise<StaffLogin> {
    const ownContext = systemContext(organizationId, { ...context, actor: { type: 'staff', id: subject.id } });
    return this.complete(
      await this.database.transaction(ownContext, async (db) => {
        await prove(db, ownContext);
        return this.reopen(db, ownContext, subject.id, ['link', 'password']);
      }),
    );
  }

  /** As `PortalSignIn.reopen`. */
  async reopen(db: Db, context: OrganizationContext, userId: string, methods: readonly string[]): Promise<SignedIn> {
    const [row] = await db.query<CandidateRow>(sql`select * from door_staff_login(null, null, ${userId}::uuid)`);
    if (!row) throw new DomainError('invalid_credentials');
    return this.gate.open(db, context, STAFF_REALM, candidateOf(row), methods);
  }

  async complete({ session, deviceCookie }: SignedIn): Promise<StaffLogin> {
    const principal = await this.principals.bySessionToken('staff', sessionTokenHash(session.token));
    if (!principal) throw new DomainError('invalid_credentials');
    return { session, principal, deviceCookie };
  }

  async candidates(email: string, organizationSlug?: string): Promise<Candidate[]> {
    const rows = await this.database.door<CandidateRow>('door_staff_login', [email, organizationSlug ?? null, null]);
    return rows.map(candidateOf);
  }
}

const candidateOf = (row: CandidateRow): Candidate => ({
  ...row,
  portalId: null,
  ssoOnly: false,
  security: DEFAULT_SECURITY,
});
