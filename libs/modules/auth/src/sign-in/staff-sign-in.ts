import { Injectable } from '@nestjs/common';
import { PortalFinder } from '@balcao/module-directory';
import { DomainError } from '@balcao/platform-errors';
import {
  Database,
  sql,
  type Db,
  type OrganizationContext,
  type RequestContext,
  type StaffPrincipal,
} from '@balcao/platform-tenancy';
import { sessionTokenHash } from '../sessions/session-token.js';
import { PrincipalReader } from '../sessions/principal-reader.js';
import { PersonSignIn } from './person-sign-in.js';
import { DEFAULT_SECURITY, STAFF_REALM, type Candidate } from './realm.js';
import { SignIn, type SignedIn } from './sign-in.service.js';

export interface StaffLogin extends Omit<SignedIn, 'candidate'> {
  principal: StaffPrincipal;
}

type CandidateRow = Omit<Candidate, 'security' | 'portalId' | 'ssoOnly'>;

/** The way of an organization's own people through the gate. */
@Injectable()
export class StaffSignIn extends PersonSignIn<StaffLogin> {
  protected override readonly realm = STAFF_REALM;

  constructor(
    database: Database,
    gate: SignIn,
    principals: PrincipalReader,
    private readonly portals: PortalFinder,
  ) {
    super(database, gate, principals);
  }

  /** @throws DomainError those of `SignIn.byPassword` */
  async byPassword(
    context: RequestContext,
    input: { email: string; password: string; organizationSlug?: string; deviceCookie?: string },
  ): Promise<StaffLogin> {
    const { email: login, password, organizationSlug, deviceCookie } = input;
    const candidates = await this.candidates(login, organizationSlug);
    const organizationId = await this.organizationOf(organizationSlug);
    return this.complete(
      await this.gate.byPassword(context, STAFF_REALM, { login, password, candidates, organizationId, deviceCookie }),
    );
  }

  override async complete({ session, deviceCookie }: SignedIn): Promise<StaffLogin> {
    const principal = await this.principals.bySessionToken('staff', sessionTokenHash(session.token));
    if (!principal) throw new DomainError('invalid_credentials');
    return { session, principal, deviceCookie };
  }

  /** The organization that is meant: 'any' where none is named, null where there is none. */
  async organizationOf(slug: string | undefined): Promise<string | null> {
    return slug === undefined ? 'any' : ((await this.portals.ofOrganization({ slug }))?.organization.id ?? null);
  }

  async candidates(email: string, organizationSlug?: string): Promise<Candidate[]> {
    const rows = await this.database.door<CandidateRow>('door_staff_login', [email, organizationSlug ?? null, null]);
    return rows.map(candidateOf);
  }

  protected override async candidate(db: Db, _context: OrganizationContext, userId: string) {
    const row = await db.first<CandidateRow>(sql`select * from door_staff_login(null, null, ${userId}::uuid)`);
    return candidateOf(row!);
  }
}

const candidateOf = (row: CandidateRow): Candidate => ({
  ...row,
  portalId: null,
  homePortalId: null,
  ssoOnly: false,
  security: DEFAULT_SECURITY,
});
