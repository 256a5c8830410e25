import { Injectable } from '@nestjs/common';
import { languageFor, type Access, type CredentialHolder } from '@balcao/module-directory';
import { Audit } from '@balcao/platform-audit';
import { newId } from '@balcao/platform-database';
import { DomainError } from '@balcao/platform-errors';
import { Mailer } from '@balcao/platform-mail';
import {
  Database,
  clockOf,
  systemContext,
  type Db,
  type OrganizationContext,
  type PersonContext,
  type RequestContext,
} from '@balcao/platform-tenancy';
import { KnownDevices } from '../sign-in/known-devices.js';
import { LoginLimits } from '../sign-in/login-limits.js';
import { Lockout } from '../sign-in/lockout.js';
import { PORTAL_REALM, STAFF_REALM, type Candidate, type PersonRealm } from '../sign-in/realm.js';
import { SessionService } from '../sessions/session.service.js';
import { OneTimeTokens } from '../tokens/one-time-tokens.js';
import { PasswordLinks } from '../tokens/password-links.js';
import { PasswordHasher } from './password-hasher.js';
import { inSteadyTime } from './steady-time.js';

/** Forgotten, reset and changed passwords of customers and staff. */
@Injectable()
export class PasswordService {
  constructor(
    private readonly database: Database,
    private readonly limits: LoginLimits,
    private readonly lockout: Lockout,
    private readonly devices: KnownDevices,
    private readonly tokens: OneTimeTokens,
    private readonly links: PasswordLinks,
    private readonly hasher: PasswordHasher,
    private readonly sessions: SessionService,
    private readonly audit: Audit,
    private readonly mailer: Mailer,
  ) {}

  /**
   * Mails a link to each account that was found, unless its portal has resets switched off. Says the same, in about the
   * same time, whether there is one, and whether one more is still allowed.
   * @param organization whose people are meant; what an office asks of one keeps it from no other
   * @throws DomainError rate_limited for the address that asks
   */
  async forgot(
    context: RequestContext,
    realm: PersonRealm,
    organization: string | null,
    find: () => Promise<readonly Candidate[]>,
  ): Promise<void> {
    await this.limits.spend('forgot', `${realm.name}/${organization}`, context.client.ip);
    await inSteadyTime(async () => {
      for (const candidate of await find()) {
        const { organizationId, organizationStatus, ssoOnly, status, userId: who } = candidate;
        const canReset = organizationStatus === 'active' && !ssoOnly && ['active', 'locked'].includes(status);
        if (!canReset || (await this.limits.spendAccount('forgot', { realm: realm.name, organizationId, who })))
          continue;
        const clock = clockOf({ now: candidate.organizationNow });
        await this.mailResetLink(systemContext(organizationId!, { ...context, clock }), realm, candidate);
      }
    });
  }

  /**
   * What the link of the mail sets a password for, where it still does; changes nothing.
   * @throws DomainError rate_limited, token_used, token_invalid
   */
  async look(context: RequestContext, realm: PersonRealm, text: string): Promise<Access> {
    const { organizationId, clock, subject } = await this.tokens.inspect(text, 'password_reset', realm.target, context);
    return this.database.read(systemContext(organizationId, { ...context, clock }), async (db) => {
      const person = await realm.credentials.find(db, subject.id);
      if (person?.credentialVersion !== subject.credentialVersion) throw new DomainError('token_invalid');
      return (await realm.credentials.access(db, subject.id))!;
    });
  }

  /**
   * Sets a new password by the link of the mail; ends every session and lock, and opens none. Whoever had the mail is known
   * from now on: what strangers try meanwhile must not keep them out of what they have just got back.
   * @returns what it opens, and the cookie by which the browser is recognized
   * @throws DomainError rate_limited, token_used, token_invalid, password_too_common, PORTAL_PASSWORD_RESET_DISABLED
   */
  async reset(
    context: RequestContext,
    realm: PersonRealm,
    input: { token: string; password: string },
  ): Promise<{ access: Access; deviceCookie: string }> {
    const token = await this.tokens.inspectToUse(input.token, 'password_reset', realm.target, context);
    const { organizationId, clock, subject, portalId } = token;
    const ownContext = systemContext(organizationId, {
      ...context,
      clock,
      actor: { type: realm.actor, id: subject.id },
    });
    const { words, access } = await this.database.read(ownContext, async (db) => ({
      words: await realm.credentials.ownWords(db, subject.id),
      access: (await realm.credentials.access(db, subject.id))!,
    }));
    const turn = { lane: `${realm.name}/${organizationId}` };
    const passwordHash = await this.hasher.hash(input.password, turn, words);
    const { finish, deviceCookie } = await this.database.transaction(ownContext, async (db) => {
      if (!(await this.links.areOffered(db, realm, portalId))) throw new DomainError('PORTAL_PASSWORD_RESET_DISABLED');
      await this.tokens.claim(db, token);
      const user = await realm.credentials.reset(db, subject.id, subject.credentialVersion, passwordHash);
      if (!user) throw new DomainError('token_invalid');
      const finish = await this.lockout.unlock(db, realm.name, organizationId, user);
      await this.sessions.end(db, realm.name, user.id, 'all');
      await this.audit.record(db, ownContext, {
        action: realm.actions.reset,
        target: { type: realm.target, id: user.id },
        billingAccountId: user.billingAccountId ?? undefined,
      });
      await this.mailChanged(db, ownContext, realm, user, { portalId });
      const { id: userId, credentialVersion } = user;
      return { finish, deviceCookie: this.devices.issue(realm, { organizationId, userId, credentialVersion }) };
    });
    await finish();
    return { access, deviceCookie };
  }

  /**
   * Changes one's own password and ends all of one's sessions. `reopen` begins the one in which the person goes
   * on, in the same transaction.
   * @throws DomainError rate_limited, wrong_current_password (403), password_too_common, conflict
   */
  async change<Reopened>(
    context: PersonContext,
    input: { currentPassword: string; newPassword: string },
    reopen: (db: Db) => Promise<Reopened>,
  ): Promise<Reopened> {
    const realm: PersonRealm = context.actor.type === 'user' ? PORTAL_REALM : STAFF_REALM;
    const { organizationId, actor } = context;
    const person = { realm: realm.name, organizationId, who: actor.id };
    // Each session is counted for itself: whoever has got hold of one keeps the owner out in no other.
    const refusal = await this.limits.spendAccount('reset', { ...person, deviceId: context.principal.sessionId });
    if (refusal) throw refusal;
    const turn = { lane: `${realm.name}/${organizationId}` };
    const before = await this.database.read(context, (db) => realm.credentials.passwordHash(db, actor.id));
    if (!(await this.hasher.matches(input.currentPassword, before, turn))) {
      await this.noteRefusal(context, realm);
      throw new DomainError('wrong_current_password', { fields: [{ path: 'currentPassword', code: 'mismatch' }] });
    }
    // What comes next opens a session, as a sign-in does.
    const tooMany = await this.limits.spendAccount('entry', person);
    if (tooMany) throw tooMany;
    const words = await this.database.read(context, (db) => realm.credentials.ownWords(db, actor.id));
    const passwordHash = await this.hasher.hash(input.newPassword, turn, words);
    return this.database.transaction(context, async (db) => {
      // The hash that was compared must still be the one that is replaced.
      const user = await realm.credentials.change(db, actor.id, before!, passwordHash);
      if (!user) throw new DomainError('conflict');
      await this.sessions.end(db, realm.name, user.id, 'all');
      await this.audit.record(db, context, {
        action: realm.actions.changed,
        target: { type: realm.target, id: user.id },
      });
      await this.mailChanged(db, context, realm, user, {
        portalId: context.portalId ?? null,
        sessionId: context.principal.sessionId,
      });
      return reopen(db);
    });
  }

  private async noteRefusal(context: PersonContext, realm: PersonRealm): Promise<void> {
    await this.database.transaction(context, (db) =>
      this.audit.record(db, context, {
        action: realm.actions.refused,
        target: { type: realm.target, id: context.actor.id },
      }),
    );
  }

  /** @param ids the portal and, where it was no link, the session in which the person changed it and goes on */
  private async mailChanged(
    db: Db,
    context: OrganizationContext,
    realm: PersonRealm,
    user: CredentialHolder,
    ids: { portalId: string | null; sessionId?: string },
  ): Promise<void> {
    await this.mailer.enqueue(db, context, {
      template: 'password-changed',
      businessKey: `password-changed:${user.id}:${user.credentialVersion}`,
      recipient: { ...user, locale: await languageFor(db, user, context.askedLocale) },
      ids: { [realm.mailId]: user.id, ...ids },
    });
  }

  private async mailResetLink(
    context: OrganizationContext,
    realm: PersonRealm,
    { userId, email, credentialVersion, billingAccountId, homePortalId: portalId }: Candidate,
  ): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const tokenId = await this.links.issue(db, realm, { id: userId, credentialVersion }, portalId);
      if (!tokenId) return;
      await this.audit.record(db, context, {
        action: realm.actions.resetRequested,
        target: { type: realm.target, id: userId },
        billingAccountId,
      });
      const person = await realm.credentials.find(db, userId);
      await this.mailer.enqueue(db, context, {
        template: 'password-reset',
        businessKey: `password-reset:${newId()}`,
        recipient: {
          email,
          name: person?.name,
          locale: await languageFor(db, { email, locale: person?.locale }, context.askedLocale),
        },
        ids: { tokenId, [realm.mailId]: userId, portalId },
      });
    });
  }
}
