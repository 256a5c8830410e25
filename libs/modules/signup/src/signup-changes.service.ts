import { Injectable } from '@nestjs/common';
import { EmailVerificationService } from '@balcao/module-auth';
import { PortalUserService } from '@balcao/module-directory';
import { PortalEntity } from '@balcao/module-directory/entities';
import { Audit } from '@balcao/platform-audit';
import { DomainError } from '@balcao/platform-errors';
import { Mailer } from '@balcao/platform-mail';
import { Outbox } from '@balcao/platform-outbox';
import { Database, type Db, type RequestContext } from '@balcao/platform-tenancy';
import { administratorsOf } from './account-administrators.js';
import type { SignupAction } from './domain/signup.js';
import type { SignupEntity } from './persistence/signup.entity.js';
import { SignupBook } from './signup-book.js';
import { SignupGate, type OpenedSignup, type SignupKey } from './signup-gate.js';
import { SignupLimits, type LimitedStep } from './signup-limits.js';
import { signupSettings } from './signup-settings.js';
import { SignupSteps } from './signup-steps.js';
import { checkAddress, requireAction, spoken } from './signup.service.js';

/** What whoever signs up does besides sending the data: corrects the address, asks again, gives up. */
@Injectable()
export class SignupChangesService {
  constructor(
    private readonly database: Database,
    private readonly users: PortalUserService,
    private readonly verifications: EmailVerificationService,
    private readonly book: SignupBook,
    private readonly steps: SignupSteps,
    private readonly gate: SignupGate,
    private readonly limits: SignupLimits,
    private readonly outbox: Outbox,
    private readonly mailer: Mailer,
    private readonly audit: Audit,
  ) {}

  /**
   * Corrects the address before it is confirmed; the links that went to the other one are dead. Whoever came by such a link
   * reads that mailbox, so that there is nothing for them to correct; nor where staff have looked at the address.
   * @throws DomainError not_found, organization_suspended, signup_step_not_allowed, validation_failed, rate_limited
   */
  async correctEmail(context: RequestContext, key: SignupKey, email: string): Promise<OpenedSignup> {
    const opened = await this.gate.open(context, key);
    if (opened.holder !== 'browser') throw new DomainError('signup_step_not_allowed');
    await this.spend(context.client.ip, opened, 'email', 'correct_email');
    const correct = async (db: Db) => {
      const held = await this.gate.hold(db, opened);
      await this.steps.requireOpen(db, held, 'correct_email');
      const portal = await db.repository(PortalEntity).findOneByOrFail({ id: held.portalId });
      checkAddress(email, held.kind, signupSettings.of(portal.settings), 'email');
      const locale = spoken(context, held);
      const user = await this.steps.holdPerson(db, held);
      // A change of their own, which hands nothing over.
      const { emailChanges } = user ? await this.users.apply(db, user, { email }) : held;
      const values = { administratorEmail: email, emailChanges, locale };
      const changed = await this.book.change(db, opened.context, held, values);
      if (user) {
        await this.users.speak(db, user.id, locale);
        await this.verifications.request(db, opened.context, user.id, held.portalId, { signupId: held.id });
      } else await this.steps.mailReceived(db, opened.context, changed);
      await this.audit.record(db, opened.context, {
        action: 'portal.signup.email.update',
        target: { type: 'signup', id: key.id },
        changes: { before: { email: held.administratorEmail }, after: { email } },
      });
    };
    await this.limits.mailing('email', context.client.ip, opened.context.organizationId, email, () =>
      this.database.transaction(opened.context, correct),
    );
    return opened;
  }

  /** Sends the mail once more that is waited for. @throws DomainError not_found, signup_step_not_allowed, rate_limited */
  async resend(context: RequestContext, key: SignupKey): Promise<OpenedSignup> {
    const opened = await this.gate.open(context, key);
    const signup = await this.spend(context.client.ip, opened, 'resend', 'resend');
    // The link of before stays good: no other would come.
    const heldUntil = await this.steps.mailHeldUntil(opened.context, signup);
    if (heldUntil)
      throw new DomainError('rate_limited', {
        retryAfterSeconds: Math.ceil((heldUntil.getTime() - Date.now()) / 1_000),
      });
    const send = async (db: Db) => {
      const held = await this.gate.hold(db, opened);
      await this.steps.requireOpen(db, held, 'resend');
      // It is counted of the address that was read.
      if (held.administratorEmail !== signup.administratorEmail) throw new DomainError('signup_step_not_allowed');
      const locale = spoken(context, held);
      const changed = await this.book.change(db, opened.context, held, { locale });
      if (held.userId) {
        await this.users.speak(db, held.userId, locale);
        await this.verifications.request(db, opened.context, held.userId, held.portalId, { signupId: held.id });
      } else await this.steps.mailReceived(db, opened.context, changed);
    };
    await this.limits.mailing(
      'resend',
      context.client.ip,
      opened.context.organizationId,
      signup.administratorEmail!,
      () => this.database.transaction(opened.context, send),
    );
    return opened;
  }

  /** Has the register asked again. @throws DomainError not_found, signup_step_not_allowed, rate_limited */
  async retry(context: RequestContext, key: SignupKey): Promise<OpenedSignup> {
    const opened = await this.gate.open(context, key);
    await this.spend(context.client.ip, opened, 'retry', 'retry');
    await this.database.transaction(opened.context, async (db) => {
      const held = await this.gate.hold(db, opened);
      requireAction(held, 'retry');
      await this.book.change(db, opened.context, held, { lookup: 'waiting', lookupAttempt: 1, lookupDueAt: null });
      await this.outbox.add(db, opened.context, 'signup.look-up', { signupId: key.id });
      const target = { type: 'signup', id: key.id };
      await this.audit.record(db, opened.context, { action: 'portal.signup.retry', target });
    });
    return opened;
  }

  /** Ends it; what was typed is forgotten. @throws DomainError not_found, signup_step_not_allowed */
  async withdraw(context: RequestContext, key: SignupKey): Promise<OpenedSignup> {
    const opened = await this.gate.open(context, key);
    await this.database.transaction(opened.context, async (db) => {
      const held = await this.gate.hold(db, opened);
      await this.steps.requireOpen(db, held, 'withdraw');
      await this.steps.takeBack(db, opened.context, held, 'withdrawn');
      const target = { type: 'signup', id: key.id };
      await this.audit.record(db, opened.context, { action: 'portal.signup.withdraw', target });
    });
    return opened;
  }

  /**
   * Tells the administrators of a company that is registered who asks for access: each request by a mail of its own, and so
   * many in a day; where nobody manages it, staff. One that goes out no more is refused, and not lost without a word. Who they
   * are, or whether there are any, is not answered.
   * @throws DomainError not_found, organization_suspended, signup_step_not_allowed, validation_failed, rate_limited,
   *   access_requests_spent
   */
  async askAdministrator(
    context: RequestContext,
    key: SignupKey,
    { name, email }: { name: string; email: string },
  ): Promise<OpenedSignup> {
    const opened = await this.gate.open(context, key);
    const { taxId } = await this.spend(
      context.client.ip,
      opened,
      'ask',
      'ask_administrator',
      async (db, { kind, portalId }) => {
        const portal = await db.repository(PortalEntity).findOneByOrFail({ id: portalId });
        checkAddress(email, kind, signupSettings.of(portal.settings), 'email');
      },
    );
    const ask = async (db: Db) => {
      const signup = await this.gate.hold(db, opened);
      requireAction(signup, 'ask_administrator');
      const accessRequest = { name, email, at: new Date().toISOString() };
      const asked = await this.book.change(db, opened.context, signup, { accessRequest });
      const administrators = await administratorsOf(db, signup.taxId);
      if (administrators.length === 0) await this.steps.tellStaff(db, opened.context, asked, 'signup-access-asked');
      for (const { userId, email, name, locale } of administrators)
        await this.mailer.enqueue(db, opened.context, {
          template: 'signup-already-registered',
          businessKey: `signup-already-registered:${key.id}:${asked.version}:${userId}`,
          recipient: { email, name, locale },
          ids: { userId, portalId: signup.portalId, signupId: key.id },
        });
      const target = { type: 'signup', id: key.id };
      await this.audit.record(db, opened.context, { action: 'portal.signup.ask_administrator', target });
    };
    await this.limits.requesting(context.client.ip, opened.context.organizationId, taxId, email, () =>
      this.database.transaction(opened.context, ask),
    );
    return opened;
  }

  /** Counts a step. @returns the signup, of which it is allowed now @throws DomainError not_found, signup_step_not_allowed, rate_limited */
  private spend(
    ip: string,
    opened: OpenedSignup,
    step: LimitedStep,
    action: SignupAction,
    check?: (db: Db, signup: SignupEntity) => Promise<void>,
  ): Promise<SignupEntity> {
    return this.limits.spendOnceAllowed(step, ip, opened.portalId, opened.id, () =>
      this.database.read(opened.context, async (db) => {
        const signup = await this.gate.read(db, opened);
        requireAction(signup, action);
        await check?.(db, signup);
        return signup;
      }),
    );
  }
}
