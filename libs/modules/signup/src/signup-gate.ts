import { Injectable } from '@nestjs/common';
import type { FoundPortal } from '@balcao/module-directory';
import { DomainError } from '@balcao/platform-errors';
import { Database, systemContext, type OrganizationContext, type RequestContext } from '@balcao/platform-tenancy';
import { SignupTokens, type TokenHolder } from './signup-tokens.js';

/** What a caller brings: a signup's id, and the token that opens it. */
export interface SignupKey {
  id: string;
  token: string;
}

/** A signup that was opened, in its organization's name. */
export interface OpenedSignup {
  id: string;
  portalId: string;
  holder: TokenHolder;
  context: OrganizationContext;
}

/** Opens signups for whoever holds their token. */
@Injectable()
export class SignupGate {
  constructor(
    private readonly database: Database,
    private readonly tokens: SignupTokens,
  ) {}

  /**
   * @throws DomainError not_found for an id that is none, for a wrong token and at another organization's address alike;
   *   organization_suspended
   */
  async open(context: RequestContext, { id, token }: SignupKey): Promise<OpenedSignup> {
    const [row] = await this.database.door<{
      organizationId: string;
      organizationStatus: string;
      portalId: string;
      email: string | null;
    }>('door_signup', [id]);
    const holder = row && this.tokens.holderOf(token, id, row.email);
    const elsewhere = context.organizationId !== undefined && context.organizationId !== row?.organizationId;
    if (!holder || elsewhere) throw new DomainError('not_found');
    if (row.organizationStatus !== 'active') throw new DomainError('organization_suspended');
    const { organizationId, portalId } = row;
    return { id, portalId, holder, context: systemContext(organizationId, { ...context, portalId }) };
  }
}

/** The portal that a signup page's slug names, seen from the address that it is asked at. @throws DomainError */
export function reachablePortal(found: FoundPortal | undefined, addressed: FoundPortal | undefined): FoundPortal {
  if (!found || (addressed && addressed.portal.id !== found.portal.id)) throw new DomainError('not_found');
  if (found.organization.status !== 'active') throw new DomainError('organization_suspended');
  return found;
}
