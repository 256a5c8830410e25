import { Injectable } from '@nestjs/common';
import {
  OneTimeTokens,
  PasswordHasher,
  PortalSignIn,
  type PortalLogin,
  type PresentedToken,
} from '@balcao/module-auth';
import { portalUserCredentials, type Access } from '@balcao/module-directory';
import { Audit } from '@balcao/platform-audit';
import { DomainError, refusedField } from '@balcao/platform-errors';
import {
  Database,
  systemContext,
  type Db,
  type OrganizationContext,
  type RequestContext,
} from '@balcao/platform-tenancy';
import type { SignupEntity } from './persistence/signup.entity.js';
import { SignupBook } from './signup-book.js';
import { SignupLimits } from './signup-limits.js';
import { SignupSteps } from './signup-steps.js';
import { SignupTokens } from './signup-tokens.js';
import { spoken } from './signup.service.js';

/** What a confirmation link is about. */
export interface PendingConfirmation extends Access {
  email: string;
  name: string;
  /** Whether the password has to be chosen anew, as the link is not opened where it was typed. */
  asksPassword: boolean;
}

/**
 * The link by which somebody who signed up comes in. Anybody can type anybody's address: so the password that was typed
 * counts only in the browser where that was done, and whoever follows the link elsewhere chooses one.
 */
@Injectable()
export class SignupConfirmationService {
  constructor(
    private readonly database: Database,
    private readonly links: OneTimeTokens,
    private readonly tokens: SignupTokens,
    private readonly hasher: PasswordHasher,
    private readonly signIn: PortalSignIn,
    private readonly limits: SignupLimits,
    private readonly book: SignupBook,
    private readonly steps: SignupSteps,
    private readonly audit: Audit,
  ) {}

  /** Changes nothing. @throws DomainError token_used, token_invalid, rate_limited */
  async look(context: RequestContext, text: string, browserToken: string): Promise<PendingConfirmation> {
    const token = await this.links.inspect(text, 'email_verification', 'portal_user', context);
    return this.database.read(systemContext(token.organizationId, { ...context, clock: token.clock }), async (db) => {
      const { id, credentialVersion } = token.subject;
      const signup = await this.signupOf(db, token);
      const person = await portalUserCredentials.find(db, id);
      const access = await portalUserCredentials.access(db, id);
      // Who read the address of before is told nothing of whoever has the account now.
      if (!access || person?.credentialVersion !== credentialVersion) throw new DomainError('token_invalid');
      const { email, name } = person;
      return { email, name, ...access, asksPassword: !this.isOwnBrowser(signup, browserToken) };
    });
  }

  /**
   * Confirms the address, gives the account its tax id and signs in.
   * @throws DomainError token_used, token_invalid, validation_failed without a password where one is asked for,
   *   password_too_common, rate_limited; signup_already_registered where the company became a customer meanwhile, which ends the
   *   signup
   */
  async confirm(
    context: RequestContext,
    input: { token: string; password?: string },
    browserToken: string,
  ): Promise<PortalLogin> {
    const token = await this.links.inspectToUse(input.token, 'email_verification', 'portal_user', context);
    const { id, credentialVersion } = token.subject;
    const ownContext = systemContext(token.organizationId, { ...context, clock: token.clock });
    const { signup, words, kept } = await this.database.read(ownContext, async (db) => {
      const signup = await this.signupOf(db, token);
      const kept = this.isOwnBrowser(signup, browserToken) ? await this.book.passwordHash(db, signup.id) : undefined;
      return { signup, words: await portalUserCredentials.ownWords(db, id), kept };
    });
    await this.limits.spendOnceAllowed('confirm', context.client.ip, signup.portalId, signup.id, () => {
      if (!kept && input.password === undefined) throw refusedField('password', 'required');
    });
    const turn = { lane: `portal/${token.organizationId}` };
    const passwordHash = input.password === undefined ? kept! : await this.hasher.hash(input.password, turn, words);
    return this.signIn.byLink(context, token, async (db, actingContext) => {
      const held = await this.book.hold(db, signup.id);
      if (held.userId !== id || held.status !== 'awaiting_confirmation') throw new DomainError('token_invalid');
      // The account before its person, as whoever takes both does.
      const refusal = await this.steps.claimTaxId(db, actingContext, held);
      if (refusal && held.kind === 'cnpj') return this.refuse(db, actingContext, held, credentialVersion);
      await this.links.claim(db, token);
      const user = await portalUserCredentials.confirm(db, id, credentialVersion, {
        passwordHash,
        locale: spoken(context, held),
      });
      if (!user) throw new DomainError('token_invalid');
      await this.book.change(db, actingContext, held, { status: 'completed', passwordHash: null, refusal });
      await this.audit.record(db, actingContext, {
        action: 'portal.signup.confirm',
        target: { type: 'signup', id: held.id },
        billingAccountId: user.billingAccountId!,
      });
      return undefined;
    });
  }

  /**
   * Ends a signup whose company is a customer by now. The link is not used up, for which nobody comes in: it is of nobody's any more.
   * @returns what its reader is told, with what opens the signup, since they have shown to read the mailbox
   */
  private async refuse(
    db: Db,
    context: OrganizationContext,
    signup: SignupEntity,
    credentialVersion: number,
  ): Promise<DomainError> {
    const user = await portalUserCredentials.find(db, signup.userId!);
    // A link that went to another address, or to somebody whom staff have suspended, ends nothing.
    if (user?.credentialVersion !== credentialVersion || !(await this.steps.isOpen(db, signup)))
      throw new DomainError('token_invalid');
    await this.steps.giveWay(db, context, signup);
    await this.audit.record(db, context, {
      action: 'portal.signup.confirm',
      target: { type: 'signup', id: signup.id },
      changes: { after: { refusal: 'already_registered' } },
    });
    const token = this.tokens.ofMailbox(signup.id, signup.administratorEmail!);
    return new DomainError('signup_already_registered', { extensions: { signup: { id: signup.id, token } } });
  }

  private isOwnBrowser(signup: SignupEntity, token: string): boolean {
    return this.tokens.holderOf(token, signup) === 'browser';
  }

  /** @throws DomainError token_invalid where the link is of somebody who did not sign up */
  private async signupOf(db: Db, { subject }: PresentedToken): Promise<SignupEntity> {
    const signup = await this.book.find(db, { userId: subject.id, status: 'awaiting_confirmation' });
    if (!signup) throw new DomainError('token_invalid');
    return signup;
  }
}
