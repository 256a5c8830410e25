import { Injectable } from '@nestjs/common';
import {
  OneTimeTokens,
  PasswordHasher,
  PortalSignIn,
  type PortalLogin,
  type PresentedToken,
} from '@balcao/module-auth';
import { PortalFinder, PortalUserService, portalUserCredentials, type Access } from '@balcao/module-directory';
import { Audit } from '@balcao/platform-audit';
import { DomainError } from '@balcao/platform-errors';
import {
  Database,
  sql,
  systemContext,
  type Db,
  type OrganizationContext,
  type RequestContext,
} from '@balcao/platform-tenancy';
import { portalOf } from './open-portal.js';

export interface PendingInvitation extends Access {
  email: string;
  name: string;
  invitedByName: string;
  expiresAt: Date;
}

/** The invited person's side: look, then set a password and be signed in. */
@Injectable()
export class InvitationAcceptanceService {
  constructor(
    private readonly database: Database,
    private readonly tokens: OneTimeTokens,
    private readonly hasher: PasswordHasher,
    private readonly signIn: PortalSignIn,
    private readonly audit: Audit,
    private readonly users: PortalUserService,
    private readonly portals: PortalFinder,
  ) {}

  /**
   * What the link is about; changes nothing.
   * @throws DomainError rate_limited, token_invalid, portal_role_not_allowed, PORTAL_INVITATIONS_DISABLED
   */
  async look(context: RequestContext, text: string): Promise<PendingInvitation> {
    const token = await this.tokens.inspect(text, 'invitation', 'portal_user', context);
    const ownContext = systemContext(token.organizationId, { ...context, clock: token.clock });
    return this.database.read(ownContext, async (db) => {
      await this.requireOpen(db, ownContext, token);
      const access = await portalUserCredentials.access(db, token.subject.id);
      const row = await db.first<Omit<PendingInvitation, keyof Access>>(sql`
        select i.email, i.name, i.invited_by_name as "invitedByName", i.expires_at as "expiresAt" from invitations i
        where ${db.tenant('i')} and i.portal_user_id = ${token.subject.id}::uuid and i.status = 'pending'`);
      if (!row || !access) throw new DomainError('token_invalid');
      return { ...row, ...access };
    });
  }

  /**
   * Of two at once, one wins. The language in which somebody accepts is the one they get mails in. Whom only the
   * company's own sign-in lets in gets no password, and the link stays as good as it was; so it does while the portal has
   * invitations switched off.
   * @throws DomainError rate_limited, token_invalid, portal_role_not_allowed, PORTAL_INVITATIONS_DISABLED, password_too_common, sso_required
   */
  async accept(
    context: RequestContext,
    input: { token: string; password: string; name?: string },
  ): Promise<PortalLogin> {
    const token = await this.tokens.inspectToUse(input.token, 'invitation', 'portal_user', context);
    const { id, credentialVersion } = token.subject;
    const reading = systemContext(token.organizationId, { ...context, clock: token.clock });
    const words = await this.database.read(reading, async (db) => {
      await this.requireOpen(db, reading, token);
      return portalUserCredentials.ownWords(db, id);
    });
    const turn = { lane: `portal/${token.organizationId}` };
    const passwordHash = await this.hasher.hash(input.password, turn, [...words, input.name]);
    return this.signIn.byLink(context, token, async (db, ownContext) => {
      await this.tokens.claim(db, token);
      const user = await portalUserCredentials.accept(db, id, credentialVersion, {
        passwordHash,
        name: input.name,
        locale: context.locale,
      });
      const invitation = await db.first<{ id: string }>(sql`
        update invitations i set status = 'accepted', accepted_at = now()
        where ${db.tenant('i')} and i.portal_user_id = ${id}::uuid and i.status = 'pending' returning i.id`);
      if (!user || !invitation) throw new DomainError('token_invalid');
      if (input.name) await this.users.tellOfNames(db, ownContext, user.billingAccountId!, id);
      await this.audit.record(db, ownContext, {
        action: 'portal.invitation.accept',
        target: { type: 'invitation', id: invitation.id },
        billingAccountId: user.billingAccountId!,
      });
    });
  }

  /** The portal that the address names lets the person in, or there is one that does. */
  private async requireOpen(db: Db, context: OrganizationContext, token: PresentedToken): Promise<void> {
    const { id: portalUserId } = token.subject;
    const { portalId } = context;
    const refusal = await this.portals.refusal(db, portalUserId, portalId);
    if (refusal) throw refusal;
    await portalOf(db, context, { portalId: portalId ?? token.portalId, portalUserId });
  }
}
