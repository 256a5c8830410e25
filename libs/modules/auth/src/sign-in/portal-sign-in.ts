import { Injectable } from '@nestjs/common';
import { PortalFinder, type FoundPortal, type StoredSettings } from '@balcao/module-directory';
import { DomainError } from '@balcao/platform-errors';
import {
  Database,
  sql,
  type Db,
  type OrganizationContext,
  type PortalPrincipal,
  type RequestContext,
} from '@balcao/platform-tenancy';
import { AccessTokens } from '../sessions/access-tokens.js';
import { PrincipalReader } from '../sessions/principal-reader.js';
import { PersonSignIn } from './person-sign-in.js';
import { PORTAL_REALM, type Candidate } from './realm.js';
import { SignIn, type SignedIn } from './sign-in.service.js';
import { securitySettings } from '../security-settings.js';

export interface PortalLogin extends Omit<SignedIn, 'candidate'> {
  principal: PortalPrincipal;
  /** S4's token, which dies with the session. */
  jwt: string;
}

/** What a request says of the organization that it means, besides its address. */
export interface NamedOrganization {
  organizationId?: string;
  organizationSlug?: string;
}

type CandidateRow = Omit<Candidate, 'security' | 'homePortalId'> & { portalId: string; settings: StoredSettings };

/** Customers' way through the gate: by e-mail, or by username where the organization is known. */
@Injectable()
export class PortalSignIn extends PersonSignIn<PortalLogin> {
  protected override readonly realm = PORTAL_REALM;

  constructor(
    database: Database,
    gate: SignIn,
    principals: PrincipalReader,
    private readonly portals: PortalFinder,
    private readonly tokens: AccessTokens,
  ) {
    super(database, gate, principals);
  }

  /** @throws DomainError tenant_mismatch, and those of `SignIn.byPassword` */
  async byPassword(
    context: RequestContext,
    addressed: FoundPortal | undefined,
    input: NamedOrganization & { email: string; password: string; billingAccountId?: string; deviceCookie?: string },
  ): Promise<PortalLogin> {
    const { email: login, password, billingAccountId, deviceCookie } = input;
    const organization = await this.organizationOf(addressed, input);
    const candidates = await this.candidates(login, organization, { addressed, billingAccountId });
    const organizationId = idOf(organization);
    const security = typeof organization === 'object' ? securitySettings.of(organization.settings) : undefined;
    const attempt = { login, password, candidates, organizationId, security, deviceCookie };
    return this.complete(await this.gate.byPassword(context, PORTAL_REALM, attempt));
  }

  override async complete({ session, deviceCookie }: SignedIn): Promise<PortalLogin> {
    const principal = await this.principals.bySessionId(session.id);
    // Ended already, by a suspension or a new password.
    if (!principal) throw new DomainError('invalid_credentials');
    return { session, principal, deviceCookie, jwt: await this.tokens.issue(principal) };
  }

  /**
   * The portal of the organization that is meant, by the address or by name; undefined where the name is nobody's.
   * @throws DomainError tenant_mismatch where the two disagree
   */
  async organizationOf(
    addressed: FoundPortal | undefined,
    { organizationId: id, organizationSlug: slug }: NamedOrganization,
  ): Promise<FoundPortal | undefined | 'any'> {
    if (!addressed) return id || slug ? this.portals.ofOrganization({ id, slug }) : 'any';
    const { organization } = addressed;
    if ((id ?? organization.id) !== organization.id || (slug ?? organization.slug) !== organization.slug)
      throw new DomainError('tenant_mismatch');
    return addressed;
  }

  /** Whom a name can mean there; in any organization, one of each of at most five. */
  async candidates(
    login: string,
    organization: FoundPortal | undefined | 'any',
    { addressed, billingAccountId }: { addressed?: FoundPortal; billingAccountId?: string },
  ): Promise<Candidate[]> {
    if (organization === undefined) return [];
    const rows = await this.database.door<CandidateRow>('door_portal_login', [
      login,
      organization === 'any' ? null : organization.organization.id,
      billingAccountId ?? null,
      null,
      addressed?.portal.id ?? null,
    ]);
    return rows.map((row) => candidateOf(row, addressed));
  }

  protected override async candidate(
    db: Db,
    { organizationId }: OrganizationContext,
    userId: string,
    preferredPortalId: string | null,
  ) {
    const row = await db.first<CandidateRow>(sql`
      select * from door_portal_login(
        null, ${organizationId}::uuid, null, ${userId}::uuid, ${preferredPortalId}::uuid)`);
    return candidateOf(row!);
  }
}

/** What attempts there are counted by: 'any' where none is named, null where there is none. */
export const idOf = (organization: FoundPortal | undefined | 'any'): string | null =>
  organization === 'any' ? 'any' : (organization?.organization.id ?? null);

/** Whom an address names a portal for comes in there or nowhere; anybody else where they are at home. */
const candidateOf = ({ settings, ...row }: CandidateRow, portal?: FoundPortal): Candidate => ({
  ...row,
  portalId: portal?.portal.id ?? row.portalId,
  homePortalId: row.portalId,
  security: securitySettings.of(portal?.settings ?? settings),
});
