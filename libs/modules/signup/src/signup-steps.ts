import { Injectable } from '@nestjs/common';
import { EmailVerificationService } from '@balcao/module-auth';
import { formatTaxId } from '@balcao/brazil';
import { DAY_MS } from '@balcao/contracts';
import {
  BillingAccountService,
  PortalUserService,
  portalUserCredentials,
  staffInCharge,
} from '@balcao/module-directory';
import { PortalEntity, PortalUserEntity } from '@balcao/module-directory/entities';
import { newId } from '@balcao/platform-database';
import { DomainError } from '@balcao/platform-errors';
import { Audit } from '@balcao/platform-audit';
import { Mailer, UnprovedRecipients } from '@balcao/platform-mail';
import { sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { addressesOnRecord } from './account-administrators.js';
import { actionsOf, correctedBy, legalNameOf, nextStep, type Refusal, type SignupAction } from './domain/signup.js';
import type { SignupEntity } from './persistence/signup.entity.js';
import { FORGOTTEN, SignupBook, type SignupValues } from './signup-book.js';
import { signupSettings } from './signup-settings.js';
import { administratorRole } from './administrator-role.js';

/** An account that nobody has confirmed gives way after that many days. */
const CONFIRM_DAYS = 3;
export const confirmBefore = () => new Date(Date.now() + CONFIRM_DAYS * DAY_MS);

const HOUR_MS = 60 * 60 * 1_000;

/** The steps that a signup takes by itself, within the caller's transaction, which holds it. */
@Injectable()
export class SignupSteps {
  constructor(
    private readonly book: SignupBook,
    private readonly accounts: BillingAccountService,
    private readonly users: PortalUserService,
    private readonly verifications: EmailVerificationService,
    private readonly mailer: Mailer,
    private readonly unproved: UnprovedRecipients,
    private readonly audit: Audit,
  ) {}

  /** Goes on with one whose data are there. */
  async proceed(db: Db, context: OrganizationContext, signup: SignupEntity): Promise<SignupEntity> {
    const portal = await db.repository(PortalEntity).findOneByOrFail({ id: signup.portalId });
    const step = nextStep(signup, signupSettings.of(portal.settings).reviewsEverySignup);
    if (step === 'complete') return this.complete(db, context, signup);
    const status = step === 'wait' ? 'submitted' : 'in_review';
    const changed = await this.book.change(db, context, signup, { status, refusal: null, refusalReason: null });
    await this.mailReceived(db, context, changed);
    if (step === 'review') await this.tellStaff(db, context, changed);
    return changed;
  }

  /**
   * Makes the account, its administrator and their consents, and mails the link by which they come in. The account has no tax id
   * yet: anybody can type one, and keeps nobody out by it (`claimTaxId`). Where a company is a customer by then, it is refused
   * instead; where a person is, that person is told at the address on record.
   */
  async complete(
    db: Db,
    context: OrganizationContext,
    signup: SignupEntity,
    mail: 'email-verification' | 'signup-approved' = 'email-verification',
    reviewed: SignupValues = {},
  ): Promise<SignupEntity> {
    const isTaken = await this.accounts.isRegistered(db, signup.taxId);
    if (isTaken && signup.kind === 'cnpj')
      return this.refuse(db, context, signup, 'already_registered', null, reviewed);
    const accountId = await this.accounts.insertSignedUp(db, accountOf(signup));
    const userId = await this.users.insert(db, {
      billingAccountId: accountId,
      email: signup.administratorEmail!,
      name: signup.administratorName!,
      status: 'pending_verification',
      locale: signup.locale,
      roleId: await administratorRole(db, signup.portalId),
    });
    for (const { kind, version, url, at, ip, userAgent } of signup.consents)
      await db.execute(sql`
        insert into consents (id, portal_user_id, kind, version, url, given_at, ip, user_agent)
        values (${newId()}::uuid, ${userId}::uuid, ${kind}, ${version}, ${url}, ${at}::timestamptz, ${ip}, ${userAgent})`);
    await this.verifications.request(db, context, userId, signup.portalId, { template: mail, signupId: signup.id });
    // Anybody may know a CPF, and is told nothing by it: they come in as everybody does, for an account without the number.
    if (isTaken) await this.tellCustomer(db, context, signup);
    return this.book.change(db, context, signup, {
      ...reviewed,
      status: 'awaiting_confirmation',
      // For staff alone.
      refusal: isTaken ? 'already_registered' : null,
      refusalReason: null,
      accountId,
      userId,
      emailChanges: 0,
      expiresAt: confirmBefore(),
    });
  }

  /**
   * Gives the account its tax id, now that its administrator has shown to read the address: of those who sign up by one, the first
   * who do so are its customer. Where another is by then, a person's account stays without it, and that is told to the customer
   * and to staff alone; what becomes of a company's, the caller says.
   * @returns what the signup says of it from now on
   */
  async claimTaxId(db: Db, context: OrganizationContext, signup: SignupEntity): Promise<Refusal | null> {
    const { accountId: id, taxId } = signup;
    if (await this.accounts.claimTaxId(db, id!, taxId)) {
      await this.audit.record(db, context, {
        action: 'portal.signup.claim_tax_id',
        // Not among what the account is shown of itself: whether a CPF was a customer's is told to nobody who signs up by it.
        target: { type: 'billing_account', id: id! },
        changes: { before: { taxId: null }, after: { taxId } },
      });
      return null;
    }
    if (signup.kind === 'cpf' && !signup.refusal) await this.tellCustomer(db, context, signup);
    return 'already_registered';
  }

  /** Ends one whose company became a customer while it waited: what was made of it is taken back, and its person is told. */
  async giveWay(db: Db, context: OrganizationContext, signup: SignupEntity): Promise<void> {
    await this.refuse(db, context, signup, 'already_registered', null, await this.undo(db, signup));
  }

  /** Tells a person who is a customer that somebody signs up by their CPF: one mail in a day, whoever does. */
  private async tellCustomer(db: Db, context: OrganizationContext, { taxId, portalId }: SignupEntity): Promise<void> {
    const day = Math.floor(Date.now() / DAY_MS);
    for (const { userId, accountId, email, name, locale } of await addressesOnRecord(db, taxId))
      await this.mailer.enqueue(db, context, {
        template: 'signup-already-customer',
        businessKey: `signup-already-customer:${accountId}:${userId ?? 'account'}:${day}`,
        recipient: { email, name, locale },
        ids: userId ? { userId, portalId } : { billingAccountId: accountId, portalId },
      });
  }

  /**
   * Whether its administrator has yet to come in by its link: staff may have suspended them, and only the link's owner
   * goes on then.
   */
  async isOpen(db: Db, { userId }: SignupEntity): Promise<boolean> {
    return userId === null || (await portalUserCredentials.hasSignedUp(db, userId));
  }

  /** Refuses what cannot be done any more, whatever was offered. @throws DomainError signup_step_not_allowed */
  async requireOpen(db: Db, signup: SignupEntity, action: SignupAction): Promise<void> {
    if (!actionsOf(signup).includes(action) || !(await this.isOpen(db, signup)))
      throw new DomainError('signup_step_not_allowed');
  }

  /** Ends one whose administrator never came in: what was typed is forgotten, and what was made of it is taken back. */
  async takeBack(
    db: Db,
    context: OrganizationContext,
    signup: SignupEntity,
    status: 'withdrawn' | 'expired' | 'refused',
  ): Promise<void> {
    await this.book.change(db, context, signup, { ...FORGOTTEN, status, ...(await this.undo(db, signup)) });
  }

  /**
   * Takes back what was made of one. @returns what is left of it
   * @throws DomainError signup_step_not_allowed where staff have given the person another address since it was held
   */
  private async undo(db: Db, signup: SignupEntity): Promise<SignupValues> {
    const { accountId, userId } = signup;
    await this.holdPerson(db, signup);
    const isGone = accountId && userId && (await this.accounts.takeBackUnconfirmed(db, accountId, userId));
    return { accountId: isGone ? null : accountId, userId: null };
  }

  /**
   * Holds the person that one has become. @returns them; null where there is none
   * @throws DomainError signup_step_not_allowed where staff have given them another address since the signup was held
   */
  async holdPerson(db: Db, { userId, emailChanges }: SignupEntity): Promise<PortalUserEntity | null> {
    if (!userId) return null;
    const lock = { mode: 'for_no_key_update' } as const;
    const person = await db.repository(PortalUserEntity).findOne({ where: { id: userId }, lock });
    if (person && person.emailChanges !== emailChanges) throw new DomainError('signup_step_not_allowed');
    return person;
  }

  /** Ends one with a reason; whoever has left an address is told. */
  async refuse(
    db: Db,
    context: OrganizationContext,
    signup: SignupEntity,
    refusal: Refusal,
    refusalReason: string | null,
    values: SignupValues = {},
  ): Promise<SignupEntity> {
    const changed = await this.book.change(db, context, signup, {
      ...values,
      status: 'refused',
      refusal,
      refusalReason,
      // The register may be wrong about a company, and its person says so; otherwise nothing more is done with it.
      ...(refusal === 'staff' || refusal === 'already_registered' ? { passwordHash: null } : {}),
    });
    if (changed.administratorEmail) await this.mail(db, context, changed, 'signup-refused');
    return changed;
  }

  /** The mail with the link by which somebody comes back to a signup that waits. */
  async mailReceived(db: Db, context: OrganizationContext, signup: SignupEntity): Promise<void> {
    await this.mail(db, context, signup, 'signup-received');
  }

  /** Until when the mail that is waited for is kept back, as its address has had its mails of the day; null where none is. */
  async mailHeldUntil(context: OrganizationContext, signup: SignupEntity): Promise<Date | null> {
    if (!signup.administratorEmail || !actionsOf(signup).includes('resend')) return null;
    const { id: signupId, userId, administratorEmail: email } = signup;
    const mail = userId
      ? { template: 'email-verification', ids: { userId, signupId } }
      : { template: 'signup-received', ids: { signupId } };
    return this.unproved.heldUntil(context, { ...mail, email });
  }

  private async mail(
    db: Db,
    context: OrganizationContext,
    signup: SignupEntity,
    template: 'signup-received' | 'signup-refused',
  ): Promise<void> {
    await this.mailer.enqueue(db, context, {
      template,
      businessKey: `${template}:${signup.id}:${signup.version}`,
      recipient: { email: signup.administratorEmail!, name: signup.administratorName, locale: signup.locale },
      ids: { signupId: signup.id, portalId: signup.portalId },
    });
  }

  /**
   * Those who may decide are told that a signup waits for them, or that somebody asks for access to a company that nobody
   * manages: else nobody would be. Of each kind once in an hour at most, for strangers may write about every company that they
   * know; the console shows the others.
   */
  async tellStaff(
    db: Db,
    context: OrganizationContext,
    { id: signupId }: SignupEntity,
    template: 'signup-to-review' | 'signup-access-asked' = 'signup-to-review',
  ): Promise<void> {
    const hour = Math.floor(Date.now() / HOUR_MS);
    for (const { id, ...recipient } of await staffInCharge(db, 'signups:write'))
      await this.mailer.enqueue(db, context, {
        template,
        businessKey: `${template}:${id}:${hour}`,
        recipient,
        ids: { signupId },
      });
  }
}

/** What becomes of a signup's data: what was written comes before the register, but for the name of the company (`legalNameOf`). */
function accountOf(signup: SignupEntity) {
  const { taxId, company, corrections, administratorName, administratorEmail, lookup } = signup;
  const legalName = legalNameOf(signup);
  const tradeName = correctedBy(corrections, company, 'tradeName');
  return {
    name: tradeName ?? legalName ?? administratorName ?? formatTaxId(taxId),
    legalName: legalName ?? (taxId.length === 11 ? administratorName : null),
    email: correctedBy(corrections, company, 'email') ?? administratorEmail,
    phone: correctedBy(corrections, company, 'phone'),
    address: correctedBy(corrections, company, 'address'),
    source: lookup === 'active' ? ('registry' as const) : ('signup' as const),
  };
}
