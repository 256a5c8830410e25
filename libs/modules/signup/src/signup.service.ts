import { Injectable } from '@nestjs/common';
import { isCnpj, isCpf, normalizeTaxId } from '@balcao/brazil';
import { DAY_MS } from '@balcao/contracts';
import { PasswordHasher } from '@balcao/module-auth';
import {
  BillingAccountService,
  PortalFinder,
  brandingSettings,
  type FoundPortal,
  type PortalBranding,
} from '@balcao/module-directory';
import { PortalEntity } from '@balcao/module-directory/entities';
import { Audit } from '@balcao/platform-audit';
import { Secrets } from '@balcao/platform-config';
import { newId } from '@balcao/platform-database';
import { DomainError, refusedField } from '@balcao/platform-errors';
import { Outbox } from '@balcao/platform-outbox';
import { Database, clockOf, systemContext, type Db, type RequestContext } from '@balcao/platform-tenancy';
import { emailProblem } from './domain/email-domains.js';
import {
  PROOF_SECONDS,
  newChallenge,
  provenSalt,
  workFor,
  type Challenge,
  type Proof,
} from './domain/proof-of-work.js';
import { actionsOf, type Corrections, type TaxIdKind } from './domain/signup.js';
import type { GivenConsent, SignupEntity } from './persistence/signup.entity.js';
import { SignupBook } from './signup-book.js';
import { SignupGate, reachablePortal, type OpenedSignup, type SignupKey } from './signup-gate.js';
import { SignupLimits } from './signup-limits.js';
import { signupSettings, type SignupSettings } from './signup-settings.js';
import { SignupSteps } from './signup-steps.js';
import { SignupTokens } from './signup-tokens.js';

/** What a signup page needs before anything is typed. */
export interface SignupPage {
  portal: FoundPortal;
  slug: string;
  settings: SignupSettings;
  challenge: Challenge | null;
}

/** The data of a company's administrator, and of the company where the register may be old. */
export interface SubmittedSignup {
  company?: Corrections;
  administrator: { name: string; email: string; phone?: string | null; password: string };
  consents?: {
    terms?: boolean;
    privacy?: boolean;
    version?: string | null;
    termsUrl?: string | null;
    privacyUrl?: string | null;
  };
  disputes?: boolean;
}

const DAYS = 30;
const expiry = () => new Date(Date.now() + DAYS * DAY_MS);

/** The way of a company to becoming a customer, up to the data being sent. */
@Injectable()
export class SignupService {
  constructor(
    private readonly database: Database,
    private readonly portals: PortalFinder,
    private readonly accounts: BillingAccountService,
    private readonly hasher: PasswordHasher,
    private readonly book: SignupBook,
    private readonly steps: SignupSteps,
    private readonly gate: SignupGate,
    private readonly tokens: SignupTokens,
    private readonly limits: SignupLimits,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    private readonly secrets: Secrets,
  ) {}

  /** @throws DomainError not_found, organization_suspended */
  async page(context: RequestContext, addressed: FoundPortal | undefined, slug: string): Promise<SignupPage> {
    const portal = reachablePortal(await this.portals.bySignupSlug(slug), addressed);
    const settings = signupSettings.of(portal.settings);
    const key = this.secrets.key('signup-proof');
    if (!settings.enabled) return { portal, slug, settings, challenge: null };
    const { ofNetwork, ofPortal } = await this.limits.countChallenge(context.client.ip, portal.portal.id);
    const challenge = newChallenge(key, portal.portal.id, workFor(ofNetwork, ofPortal));
    return { portal, slug, settings, challenge };
  }

  /**
   * Begins one, and has the register asked.
   * @throws DomainError not_found, organization_suspended, PORTAL_SIGNUP_DISABLED, validation_failed, proof_invalid, rate_limited
   */
  async begin(
    context: RequestContext,
    addressed: FoundPortal | undefined,
    slug: string,
    input: { taxId: string; proof: Proof; website?: string },
  ): Promise<{ signup: SignupEntity; token: string }> {
    const portal = reachablePortal(await this.portals.bySignupSlug(slug), addressed);
    const settings = signupSettings.of(portal.settings);
    if (!settings.enabled) throw new DomainError('PORTAL_SIGNUP_DISABLED');
    const taxId = normalizeTaxId(input.taxId);
    const kind = kindOf(taxId, settings);
    const { id: portalId } = portal.portal;
    const salt = provenSalt(this.secrets.key('signup-proof'), portalId, input.proof);
    // Nobody sees that field; what fills in all there are is no person.
    if (!salt || input.website) throw new DomainError('proof_invalid');
    // The proof first: one that is sent again and again is to shut nobody's number.
    if (!(await this.limits.once(`proof ${salt}`, PROOF_SECONDS))) throw new DomainError('proof_invalid');
    await this.limits.spend('begin', context.client.ip, portalId, taxId);
    const id = newId();
    const ownContext = systemContext(portal.organization.id, { ...context, clock: clockOf(portal.organization) });
    const signup = await this.database.transaction(ownContext, async (db) => {
      const asked = kind === 'cnpj';
      // A company's customers are no secret to whoever knows its number; of a person that is told to nobody but themselves.
      const registered = asked && (await this.accounts.isRegistered(db, taxId));
      const asks = asked && !registered;
      await this.book.insert(db, ownContext, {
        ...EMPTY,
        id,
        portalId,
        kind,
        taxId,
        status: registered ? 'refused' : 'started',
        refusal: registered ? 'already_registered' : null,
        locale: context.locale,
        lookup: asks ? 'waiting' : 'none',
        lookupAttempt: asks ? 1 : 0,
        expiresAt: expiry(),
      });
      if (asks) await this.outbox.add(db, ownContext, 'signup.look-up', { signupId: id });
      await this.audit.record(db, ownContext, {
        action: 'portal.signup.begin',
        target: { type: 'signup', id },
        changes: { after: { taxId, portalId } },
      });
      return this.book.get(db, id);
    });
    return { signup, token: this.tokens.ofBrowser(signup) };
  }

  /**
   * Takes the data of the administrator: then it goes on by itself, now or when the register has answered. Where whoever reads the
   * mailbox sends them, the browser that began opens nothing more: what is there from now on is theirs.
   * @throws DomainError not_found, organization_suspended, PORTAL_SIGNUP_DISABLED, signup_step_not_allowed, validation_failed,
   *   password_too_common, conflict where the terms are others by now, rate_limited
   */
  async submit(context: RequestContext, key: SignupKey, input: SubmittedSignup): Promise<OpenedSignup> {
    const opened = await this.gate.open(context, key);
    const { administrator, company, disputes = false } = input;
    const action = disputes ? 'dispute' : 'submit';
    const requireAllowed = (db: Db) => this.requireAllowed(db, opened, action, input);
    const [signup, portal] = await this.limits.spendOnceAllowed(
      'submit',
      context.client.ip,
      opened.portalId,
      key.id,
      () => this.database.read(opened.context, requireAllowed),
    );
    const consents = consentsOf(context, brandingSettings.of(portal.settings), input.consents ?? {});
    const turn = { lane: `portal/${opened.context.organizationId}` };
    const words = [administrator.email, administrator.name, signup.company?.legalName, portal.name];
    const passwordHash = await this.hasher.hash(administrator.password, turn, words);
    const isHandover = opened.holder === 'mailbox';
    const take = async (db: Db) => {
      const held = await this.gate.hold(db, opened);
      requireAction(held, action);
      const taken = await this.book.change(db, opened.context, held, {
        number: held.number ?? (await this.book.nextNumber(db)),
        corrections: company ?? null,
        administratorName: administrator.name,
        administratorEmail: administrator.email,
        administratorPhone: administrator.phone ?? null,
        locale: spoken(context, held),
        addressKept: isHandover && administrator.email === held.administratorEmail,
        handovers: held.handovers + (isHandover ? 1 : 0),
        passwordHash,
        consents,
        disputed: disputes,
        submittedAt: new Date(),
      });
      await this.audit.record(db, opened.context, {
        action: 'portal.signup.submit',
        target: { type: 'signup', id: key.id },
        changes: { after: { number: taken.number, disputed: disputes } },
      });
      return this.steps.proceed(db, opened.context, taken);
    };
    const sent = await this.limits.mailing(
      'submit',
      context.client.ip,
      opened.context.organizationId,
      administrator.email,
      () => this.database.transaction(opened.context, take),
    );
    return isHandover ? { ...opened, holder: 'browser', token: this.tokens.ofBrowser(sent) } : opened;
  }

  /** What is sent, and where, once it may be. @throws DomainError not_found, PORTAL_SIGNUP_DISABLED, signup_step_not_allowed, validation_failed */
  private async requireAllowed(
    db: Db,
    opened: OpenedSignup,
    action: 'submit' | 'dispute',
    { administrator, company }: SubmittedSignup,
  ): Promise<[SignupEntity, PortalEntity]> {
    const signup = await this.gate.read(db, opened);
    const portal = await db.repository(PortalEntity).findOneByOrFail({ id: opened.portalId });
    const settings = signupSettings.of(portal.settings);
    // At a portal that is archived nobody signs up any more; what was sent goes on.
    if (!settings.enabled || portal.status === 'archived') throw new DomainError('PORTAL_SIGNUP_DISABLED');
    requireAction(signup, action);
    checkAddress(administrator.email, signup.kind, settings);
    requireName(signup, company);
    return [signup, portal];
  }
}

/** The language in which whoever signs up goes on with it: they may have chosen another one since it began. */
export const spoken = ({ askedLocale }: RequestContext, { locale }: SignupEntity) => askedLocale ?? locale;

/** Refuses what the signup's standing does not allow any more. @throws DomainError signup_step_not_allowed */
export function requireAction(signup: SignupEntity, action: ReturnType<typeof actionsOf>[number]): void {
  if (!actionsOf(signup).includes(action)) throw new DomainError('signup_step_not_allowed');
}

/** @throws DomainError validation_failed */
export function checkAddress(
  email: string,
  kind: TaxIdKind,
  settings: SignupSettings,
  path = 'administrator.email',
): void {
  const problem = emailProblem(email, kind, settings);
  if (problem) throw refusedField(path, problem === 'personal' ? 'isPersonalEmail' : 'isDisposableEmail');
}

function kindOf(taxId: string, { acceptsCpf }: SignupSettings): TaxIdKind {
  if (isCnpj(taxId)) return 'cnpj';
  if (isCpf(taxId) && acceptsCpf) return 'cpf';
  throw refusedField('taxId', acceptsCpf ? 'isTaxId' : 'isCnpj');
}

/** Whom the register does not name says the name; while it is asked, that may still come. */
function requireName({ kind, lookup, company }: SignupEntity, written: Corrections | undefined): void {
  if (kind === 'cpf' || lookup === 'waiting' || company || written?.legalName) return;
  throw refusedField('company.legalName', 'required');
}

/** @throws DomainError validation_failed, conflict */
function consentsOf(
  { client }: RequestContext,
  { termsUrl, privacyUrl, termsVersion }: PortalBranding,
  given: NonNullable<SubmittedSignup['consents']>,
): GivenConsent[] {
  const asked = Object.entries({ terms: termsUrl, privacy: privacyUrl }) as [GivenConsent['kind'], string | null][];
  const wanted = asked.flatMap(([kind, url]) => (url ? [{ kind, url }] : []));
  const missing = wanted.filter(({ kind }) => !given[kind]);
  if (missing.length > 0)
    throw new DomainError('validation_failed', {
      fields: missing.map(({ kind }) => ({ path: `consents.${kind}`, code: 'mustAgree' })),
    });
  // They agreed to what they were shown.
  const isShown = ({ kind, url }: (typeof wanted)[number]) =>
    given[`${kind}Url`] === url && (given.version ?? null) === termsVersion;
  if (!wanted.every(isShown)) throw new DomainError('conflict');
  const at = new Date().toISOString();
  const { ip, userAgent } = client;
  return wanted.map(({ kind, url }) => ({ kind, url, version: termsVersion ?? '', at, ip, userAgent }));
}

const EMPTY = {
  number: null,
  lookupDueAt: null,
  lookedUpAt: null,
  company: null,
  corrections: null,
  administratorName: null,
  administratorEmail: null,
  administratorPhone: null,
  addressKept: false,
  handovers: 0,
  passwordHash: null,
  consents: [],
  disputed: false,
  refusalReason: null,
  accessRequest: null,
  typed: null,
  correctedFields: [],
  correctedByName: null,
  correctedAt: null,
  reviewedById: null,
  reviewedByName: null,
  reviewedAt: null,
  accountId: null,
  userId: null,
  emailChanges: 0,
  submittedAt: null,
};
