import { Injectable } from '@nestjs/common';
import type { FoundPortal } from '@balcao/module-directory';
import { DomainError } from '@balcao/platform-errors';
import {
  Database,
  clockOf,
  systemContext,
  type Db,
  type OrganizationContext,
  type RequestContext,
} from '@balcao/platform-tenancy';
import type { SignupEntity } from './persistence/signup.entity.js';
import { SignupBook } from './signup-book.js';
import { SignupTokens, type TokenHolder } from './signup-tokens.js';

/** What a caller brings: a signup's id, and the token that opens it. */
export interface SignupKey {
  id: string;
  token: string;
}

/** A signup that was opened, in its organization's name. */
export interface OpenedSignup extends SignupKey {
  portalId: string;
  holder: TokenHolder;
  /** The mailbox that it had. */
  email: string | null;
  context: OrganizationContext;
}

/** Opens signups for whoever holds their token. */
@Injectable()
export class SignupGate {
  constructor(
    private readonly database: Database,
    private readonly tokens: SignupTokens,
    private readonly book: SignupBook,
  ) {}

  /**
   * @throws DomainError not_found for an id that is none, for a wrong token and at another organization's address alike;
   *   organization_suspended
   */
  async open(context: RequestContext, { id, token }: SignupKey): Promise<OpenedSignup> {
    const [row] = await this.database.door<{
      organizationId: string;
      organizationStatus: string;
      organizationNow: Date | null;
      portalId: string;
      email: string | null;
      handovers: number;
    }>('door_signup', [id]);
    const holder = row && this.tokens.holderOf(token, { ...row, id, administratorEmail: row.email });
    const elsewhere = context.organizationId !== undefined && context.organizationId !== row?.organizationId;
    if (!holder || elsewhere) throw new DomainError('not_found');
    if (row.organizationStatus !== 'active') throw new DomainError('organization_suspended');
    const { organizationId, portalId, email } = row;
    const clock = clockOf({ now: row.organizationNow });
    const ownContext = systemContext(organizationId, { ...context, clock, portalId });
    return { id, token, portalId, holder, email, context: ownContext };
  }

  /**
   * What was opened, as it is now. What is done or waited for takes its time, and another may have gone on with the signup
   * meanwhile. @throws DomainError not_found where the token does not open it any more
   */
  async read(db: Db, opened: OpenedSignup): Promise<SignupEntity> {
    return this.stillOpen(await this.book.get(db, opened.id), opened);
  }

  /** The same, with nobody else changing it until the transaction ends. @throws DomainError not_found */
  async hold(db: Db, opened: OpenedSignup): Promise<SignupEntity> {
    return this.stillOpen(await this.book.hold(db, opened.id), opened);
  }

  private stillOpen(signup: SignupEntity, { token, email }: OpenedSignup): SignupEntity {
    // A mailbox that was forgotten meanwhile has become nobody else's.
    const administratorEmail = signup.administratorEmail ?? email;
    if (!this.tokens.holderOf(token, { ...signup, administratorEmail })) throw new DomainError('not_found');
    return signup;
  }
}

/** The portal that a signup page's slug names, seen from the address that it is asked at. @throws DomainError */
export function reachablePortal(found: FoundPortal | undefined, addressed: FoundPortal | undefined): FoundPortal {
  if (!found || (addressed && addressed.portal.id !== found.portal.id)) throw new DomainError('not_found');
  if (found.organization.status !== 'active') throw new DomainError('organization_suspended');
  return found;
}
