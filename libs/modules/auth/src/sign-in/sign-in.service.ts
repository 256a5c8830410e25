import { Injectable } from '@nestjs/common';
import { Audit } from '@balcao/platform-audit';
import { DomainError } from '@balcao/platform-errors';
import { Mailer } from '@balcao/platform-mail';
import { Database, sql, systemContext, type Context, type Db, type RequestContext } from '@balcao/platform-tenancy';
import { SessionService, type OpenedSession } from '../sessions/session.service.js';
import { KnownDevices } from './known-devices.js';
import { LoginLimits, type Approach } from './login-limits.js';
import { Lockout, type LockSubject } from './lockout.js';
import { PasswordGuard } from './password.strategy.js';
import { DEFAULT_SECURITY, type Candidate, type PersonRealm, type Realm } from './realm.js';

/** Hashes that a sign-in without an organization compares, whoever is meant. */
const HASHES_OF_ANY_ORGANIZATION = 5;

export interface PasswordSignIn {
  login: string;
  password: string;
  candidates: readonly Candidate[];
  /** The organization that is meant; undefined where any can be, null where there is none. */
  organizationId: string | null | undefined;
  /** Rules for a name that nobody has there. */
  security?: Candidate['security'];
  /** Value of the device cookie, if any. */
  deviceCookie?: string;
}

/** A session that the gate has opened. */
export interface SignedIn {
  session: OpenedSession;
  candidate: Candidate;
  deviceCookie: string;
}

interface Target {
  /** Absent for a name that nobody has. */
  candidate?: Candidate;
  subject: LockSubject;
  security: Candidate['security'];
}

/**
 * The one gate into a session, for customers, staff and operators, whichever way they come: find → recognize → lock →
 * compare → usable? → open. Whoever passes has proved who they are and may be here at this very moment.
 */
@Injectable()
export class SignIn {
  constructor(
    private readonly database: Database,
    private readonly limits: LoginLimits,
    private readonly lockout: Lockout,
    private readonly devices: KnownDevices,
    private readonly passwords: PasswordGuard,
    private readonly sessions: SessionService,
    private readonly audit: Audit,
    private readonly mailer: Mailer,
  ) {}

  /**
   * @throws DomainError rate_limited, account_locked, invalid_credentials, and after a right password multiple_accounts,
   *   organization_suspended, account_suspended, account_not_active, sso_required
   */
  async byPassword(context: RequestContext, realm: Realm, attempt: PasswordSignIn): Promise<SignedIn> {
    const found = this.targetsOf(realm, attempt);
    const organizationIds = [...new Set(found.map(({ subject }) => subject.organizationId))];
    const approach = { realm: realm.name, ip: context.client.ip, organizationIds };
    const targets = await this.admitted(found, approach);
    const matching = await this.matching(approach, attempt, targets);
    if (matching.length === 0) {
      for (const target of targets) await this.failed(context, realm, target);
      throw new DomainError('invalid_credentials');
    }
    // Right for one of the accounts, so it was no guess at the others.
    for (const target of targets) if (matching.length > 1 || target !== matching[0]) await this.takeBack(target);
    if (matching.length > 1) {
      throw new DomainError('multiple_accounts', {
        extensions: { accounts: matching.map(({ candidate }) => choiceOf(candidate!)) },
      });
    }
    const [{ candidate, subject }] = matching as [Target];
    const actor = { type: realm.actor, id: candidate!.userId };
    const signedIn = await this.inTransaction({ ...context, actor }, candidate!, (db, ownContext) =>
      this.open(db, ownContext, realm, candidate!, ['password'], subject),
    );
    await this.limits.clearAccount('login', subject);
    return signedIn;
  }

  /**
   * Opens a session in the caller's transaction, for somebody who has just proved control of the mailbox or shown their
   * password in another session. Counters of wrong passwords stay as they are.
   * @throws DomainError as `byPassword` does after a right password
   */
  async open(
    db: Db,
    context: Context,
    realm: Realm,
    candidate: Candidate,
    methods: readonly string[],
    subject?: LockSubject,
  ): Promise<SignedIn> {
    requireUsable(candidate, subject?.deviceId !== undefined);
    const { organizationId, portalId, userId, credentialVersion, security } = candidate;
    // First, since it locks the row that opening a session only shares: two at once must not wait for each other.
    if (isPersonRealm(realm)) await realm.credentials.signedIn(db, userId);
    else await db.execute(sql`update operators set last_login_at = now() where id = ${userId}::uuid`);
    const session = await this.sessions.open(
      db,
      { realm: realm.name, organizationId, portalId, userId, credentialVersion, methods, ...realm.lifetime(security) },
      context.client!,
    );
    // Suspended, or another password set, since the candidate was read.
    if (!session) throw new DomainError('invalid_credentials');
    if (subject) await this.lockout.forgive(db, subject);
    await this.audit.record(db, context, {
      action: realm.actions.login,
      target: { type: realm.target, id: userId },
      billingAccountId: candidate.billingAccountId,
    });
    return { session, candidate, deviceCookie: this.devices.issue(realm, candidate, subject?.deviceId) };
  }

  private targetsOf(
    realm: Realm,
    { login, candidates, organizationId, deviceCookie, security = DEFAULT_SECURITY }: PasswordSignIn,
  ): Target[] {
    if (candidates.length === 0) {
      const subject = { realm: realm.name, organizationId: organizationId ?? null, who: login };
      return [{ subject, security }];
    }
    return candidates.map((candidate) => ({
      candidate,
      subject: {
        realm: realm.name,
        organizationId: candidate.organizationId,
        who: candidate.userId,
        deviceId: this.devices.recognize(deviceCookie, realm, candidate),
      },
      security: candidate.security,
    }));
  }

  /**
   * Those that may be compared; each attempt is counted before. What others do from the same address, or to the same
   * organization, keeps no known device out.
   * @throws DomainError rate_limited, account_locked
   */
  private async admitted(targets: Target[], approach: Approach): Promise<Target[]> {
    const admitted: Target[] = [];
    const ofStrangers = targets.some(isStranger) ? await this.limits.refusalOf(approach) : undefined;
    let refusal: DomainError | undefined;
    for (const target of targets) {
      const limited =
        (isStranger(target) ? ofStrangers : undefined) ?? (await this.limits.spendAccount('login', target.subject));
      const locked = limited === undefined && !(await this.mayTry(target));
      if (limited === undefined && !locked) admitted.push(target);
      else refusal ??= limited ?? new DomainError('account_locked');
    }
    if (admitted.length === 0) throw refusal!;
    return admitted;
  }

  private async mayTry({ candidate, subject, security }: Target): Promise<boolean> {
    if (candidate && isLocked(candidate) && !subject.deviceId) return false;
    return this.lockout.begin(subject, security);
  }

  private async matching(
    approach: Approach,
    { login, password, candidates, organizationId }: PasswordSignIn,
    targets: Target[],
  ): Promise<Target[]> {
    const hashes = targets.map(({ candidate }) => candidate?.passwordHash ?? null);
    const wanted = organizationId === undefined ? HASHES_OF_ANY_ORGANIZATION : candidates.length;
    while (hashes.length < wanted) hashes.push(null);
    try {
      const places = await this.passwords.prove({
        body: { login, password },
        hashes,
        turn: {
          lane: `${approach.realm}/${organizationId ?? ''}`,
          first: !targets.every(isStranger),
        },
        admit: async () => {
          const refusal = targets.every(isStranger) ? await this.limits.refusalOf(approach) : undefined;
          if (refusal) throw refusal;
        },
        fail: () => this.limits.countFailure(approach),
      });
      return targets.filter((_target, place) => places.includes(place));
    } catch (error) {
      // Nothing was compared: too much waits, or the address has failed too often meanwhile.
      for (const target of targets) await this.takeBack(target);
      throw error;
    }
  }

  private async takeBack({ subject }: Target): Promise<void> {
    await this.lockout.takeBack(subject);
    await this.limits.giveBackAccount('login', subject);
  }

  /** Notes a wrong password, at most once a minute, and locks after too many. */
  private async failed(context: RequestContext, realm: Realm, { candidate, subject, security }: Target): Promise<void> {
    const lockedUntil = await this.lockout.failed(subject, security);
    if (!candidate) return;
    const noted = await this.limits.isFirstOfMinute(subject);
    // A known device locks only itself.
    const locks = lockedUntil !== undefined && subject.deviceId === undefined && isPersonRealm(realm);
    if (!noted && !locks) return;
    const target = { type: realm.target, id: candidate.userId };
    const { billingAccountId } = candidate;
    await this.inTransaction(context, candidate, async (db, ownContext) => {
      if (noted) await this.audit.record(db, ownContext, { action: realm.actions.failed, target, billingAccountId });
      if (locks) await this.lock(db, ownContext, realm, candidate, lockedUntil);
    });
  }

  private async lock(db: Db, context: Context, realm: PersonRealm, candidate: Candidate, until: Date): Promise<void> {
    const person = await realm.credentials.lock(db, candidate.userId, until);
    if (!person) return;
    await this.audit.record(db, context, {
      action: realm.actions.locked,
      target: { type: realm.target, id: person.id },
      billingAccountId: candidate.billingAccountId,
    });
    await this.mailer.enqueue(db, context, {
      template: 'account-locked',
      businessKey: `account-locked:${person.id}:${until.getTime()}`,
      recipient: { ...person, locale: person.locale ?? candidate.organizationLocale },
      ids: { [realm.mailId]: person.id, ...(candidate.portalId ? { portalId: candidate.portalId } : {}) },
    });
  }

  /** In the candidate's organization; an operator's as the platform. */
  private inTransaction<Result>(
    context: Context,
    { organizationId }: Candidate,
    work: (db: Db, context: Context) => Promise<Result>,
  ): Promise<Result> {
    if (organizationId === null) {
      return this.database.asPlatform('sign-in of an operator', (db) => work(db, context));
    }
    const tenantContext = systemContext(organizationId, context);
    return this.database.transaction(tenantContext, (db) => work(db, tenantContext));
  }
}

/**
 * Whether somebody who has proved who they are may come in; says exactly why not, since it is theirs to know.
 * @throws DomainError organization_suspended, account_suspended, account_not_active, account_locked, sso_required
 */
function requireUsable(candidate: Candidate, knownDevice: boolean): void {
  if (candidate.organizationStatus !== 'active') throw new DomainError('organization_suspended');
  if (candidate.status === 'suspended') throw new DomainError('account_suspended');
  if (candidate.status.startsWith('pending')) throw new DomainError('account_not_active');
  if (isLocked(candidate) && !knownDevice) throw new DomainError('account_locked');
  if (candidate.ssoOnly) throw new DomainError('sso_required');
}

function isLocked({ status, lockedUntil }: Candidate): boolean {
  return status === 'locked' && (lockedUntil === null || lockedUntil > new Date());
}

const isStranger = ({ subject }: Target) => subject.deviceId === undefined;

const isPersonRealm = (realm: Realm): realm is PersonRealm => 'credentials' in realm;

const choiceOf = (candidate: Candidate) => ({
  organizationId: candidate.organizationId,
  organizationSlug: candidate.organizationSlug,
  organizationName: candidate.organizationName,
  billingAccountId: candidate.billingAccountId,
  billingAccountName: candidate.billingAccountName,
});
