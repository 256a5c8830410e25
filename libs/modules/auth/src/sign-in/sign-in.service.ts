import { Injectable } from '@nestjs/common';
import { PortalFinder, languageFor } from '@balcao/module-directory';
import { Audit } from '@balcao/platform-audit';
import { DomainError } from '@balcao/platform-errors';
import { Mailer } from '@balcao/platform-mail';
import { networkOf } from '@balcao/platform-state';
import {
  Database,
  clockOf,
  sql,
  systemContext,
  type Context,
  type Db,
  type RequestContext,
} from '@balcao/platform-tenancy';
import { PasswordLinks } from '../tokens/password-links.js';
import { SessionService, type OpenedSession } from '../sessions/session.service.js';
import { KnownDevices } from './known-devices.js';
import { LoginLimits, type Approach, type LockSubject } from './login-limits.js';
import { Lockout, nameSubject } from './lockout.js';
import { PasswordGuard } from './password.strategy.js';
import { DEFAULT_SECURITY, type Candidate, type PersonRealm, type Realm } from './realm.js';

/** Accounts that a name can mean where no organization is named. */
const ACCOUNTS_OF_ANY_ORGANIZATION = 5;

export interface PasswordSignIn {
  login: string;
  password: string;
  candidates: readonly Candidate[];
  /** The organization that is meant; 'any' where none is named, null where there is none. */
  organizationId: string | null;
  /** Rules for a name there, whoever has it. */
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
}

type Match = Target & { candidate: Candidate };

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
    private readonly passwordLinks: PasswordLinks,
    private readonly portals: PortalFinder,
    private readonly audit: Audit,
    private readonly mailer: Mailer,
  ) {}

  /**
   * A refusal is told by what was typed and where alone: what is found there can only leave nothing to compare with
   * (docs/adr/0018-refusals-are-told-by-what-was-typed.md).
   * @throws DomainError rate_limited, account_locked, invalid_credentials, and after a right password multiple_accounts,
   *   organization_suspended, account_suspended, account_not_active, sso_required, portal_role_not_allowed
   */
  async byPassword(context: RequestContext, realm: Realm, attempt: PasswordSignIn): Promise<SignedIn> {
    const targets = this.targetsOf(realm, attempt);
    const known = targets.find(isKnown);
    // Whoever comes with a device that somebody knows has shown more than a name, and is counted apart.
    const name = known ? undefined : nameSubject(realm.name, attempt.organizationId, attempt.login);
    const entry = name ?? { ...known!.subject, deviceId: undefined };
    return this.limits.inTurn(entry, context.client.ip, () =>
      this.inTurn(context, realm, attempt, { targets, names: name ? [name] : [], entry }),
    );
  }

  private async inTurn(
    context: RequestContext,
    realm: Realm,
    attempt: PasswordSignIn,
    { targets, names, entry }: { targets: Target[]; names: LockSubject[]; entry: LockSubject },
  ): Promise<SignedIn> {
    const { organizationId, security = DEFAULT_SECURITY } = attempt;
    const approach = { realm: realm.name, ip: context.client.ip, organizationId };
    for (const name of names) {
      const refusal = (await this.limits.refusalOf(approach)) ?? (await this.lockout.begin(name, security));
      if (refusal) throw refusal;
    }
    const compared = await this.compared(targets, approach);
    const { matching, alone } = await this.matching(realm, approach, attempt, { targets, compared, names });
    const told = alone ? [alone] : matching;
    const others = compared.filter((target) => !told.includes(target as Match));
    if (told.length === 0) {
      for (const name of names) await this.lockout.failed(name, security);
      for (const other of others) await this.failed(context, realm, other);
      throw new DomainError('invalid_credentials');
    }
    await this.limits.spendAccount('entry', entry);
    // Whoever reads the mail of an address guesses at no account of it; one that nobody has proved still counts attempts.
    const isOwner = matching.some(isProved);
    for (const other of others) {
      if (!isOwner && !alone) await this.failed(context, realm, other);
      else await (alone || isProved(other) ? this.lockout.takeBack(other.subject) : this.lockout.excuse(other.subject));
    }
    const counted = [...names, ...told.map(({ subject }) => subject)];
    if (told.length > 1) {
      for (const subject of counted) await this.lockout.takeBack(subject);
      const accounts = told.map(({ candidate }) => choiceOf(candidate));
      throw new DomainError('multiple_accounts', { extensions: { accounts } });
    }
    const [{ candidate, subject }] = told as [Match];
    const actor = { type: realm.actor, id: candidate.userId };
    const signedIn = await this.inTransaction({ ...context, actor }, candidate, async (db, ownContext) => {
      const opened = await this.open(db, ownContext, realm, candidate, ['password'], subject.deviceId);
      for (const each of counted) await this.lockout.forgive(db, each);
      return opened;
    });
    for (const each of counted) await this.limits.clearAccount('login', each);
    return signedIn;
  }

  /**
   * Opens a session in the caller's transaction, for somebody who has just proved control of the mailbox or shown their
   * password in another session. Counters of wrong passwords stay as they are: a lock that strangers made is no matter of
   * theirs, nor of a known device's, and at a lock of all others' nothing is compared.
   * @throws DomainError as `byPassword` does after a right password
   */
  async open(
    db: Db,
    context: Context,
    realm: Realm,
    candidate: Candidate,
    methods: readonly string[],
    deviceId?: string,
  ): Promise<SignedIn> {
    requireUsable(candidate);
    const { organizationId, portalId, userId, credentialVersion, security } = candidate;
    // First, since it locks the row that opening a session only shares: two at once must not wait for each other.
    if (isPersonRealm(realm)) await realm.credentials.signedIn(db, userId);
    else await db.execute(sql`update operators set last_login_at = now() where id = ${userId}::uuid`);
    const session = await this.sessions.open(
      db,
      { realm: realm.name, organizationId, portalId, userId, credentialVersion, methods, ...realm.lifetime(security) },
      context.client!,
    );
    if (!session) {
      const refusal = portalId ? await this.portals.refusal(db, userId, portalId) : undefined;
      // Else suspended, or another password set, since the candidate was read.
      throw refusal ?? new DomainError('invalid_credentials');
    }
    await this.audit.record(db, context, {
      action: realm.actions.login,
      target: { type: realm.target, id: userId },
      billingAccountId: candidate.billingAccountId,
    });
    return { session, candidate, deviceCookie: this.devices.issue(realm, candidate, deviceId) };
  }

  private targetsOf(realm: Realm, { login, candidates, organizationId, deviceCookie }: PasswordSignIn): Target[] {
    // As much is counted where nobody is found, so that it takes as long.
    if (candidates.length === 0) return [{ subject: { realm: realm.name, organizationId, who: `nobody ${login}` } }];
    return candidates.map((candidate) => ({
      candidate,
      subject: {
        realm: realm.name,
        organizationId: candidate.organizationId,
        who: candidate.userId,
        deviceId: this.devices.recognize(deviceCookie, realm, candidate),
      },
    }));
  }

  /**
   * Those that are compared, each counted before. A known device opens no way to the accounts that do not know it.
   * @throws DomainError rate_limited, account_locked for a known device that has failed too often
   */
  private async compared(targets: Target[], approach: Approach): Promise<Target[]> {
    // A device is one account's.
    const known = targets.find(isKnown);
    const compared: Target[] = [];
    if (known) {
      const refusal = await this.lockout.begin(known.subject, policyOf(known));
      if (refusal) throw refusal;
      compared.push(known);
      if (await this.limits.refusalOf(approach)) return compared;
    }
    for (const target of targets) {
      if (target === known || (target.candidate && isLocked(target.candidate))) continue;
      if (!(await this.lockout.begin(target.subject, policyOf(target)))) compared.push(target);
    }
    return compared;
  }

  private async matching(
    realm: Realm,
    approach: Approach,
    { login, password, organizationId }: PasswordSignIn,
    { targets, compared, names }: { targets: Target[]; compared: Target[]; names: LockSubject[] },
  ): Promise<{ matching: Match[]; alone?: Match }> {
    const hashes = targets.map((target) => (compared.includes(target) && target.candidate?.passwordHash) || null);
    const wanted = organizationId === 'any' ? ACCOUNTS_OF_ANY_ORGANIZATION : realm.accountsOfName;
    while (hashes.length < wanted) hashes.push(null);
    const at = (places: number[]) => places.map((place) => targets[place] as Match);
    const isStranger = names.length > 0;
    let alone: Match | undefined;
    try {
      const places = await this.passwords.prove({
        body: { login, password },
        hashes,
        turn: {
          // Whoever is served first, is so among the people of the own organization, whichever was named.
          lane: `${realm.name}/${targets.find(isKnown)?.subject.organizationId ?? organizationId ?? ''}`,
          network: networkOf(approach.ip, 48),
          first: !isStranger,
        },
        admit: async () => {
          const refusal = isStranger && (await this.limits.refusalOf(approach));
          if (refusal) throw refusal;
        },
        fail: () => this.limits.countFailure(approach),
        // Time may tell an owner how many accounts there are, and nobody else how many are elsewhere.
        enough: async (found) => {
          const matching = at(found);
          alone = await this.alone(matching, compared, approach.ip);
          return !alone && matching.some((match) => organizationId !== 'any' || isProved(match));
        },
      });
      return { matching: at(places), alone };
    } catch (error) {
      // Nothing was compared: too much waits, or the address has failed too often meanwhile.
      for (const subject of [...names, ...compared.map((target) => target.subject)])
        await this.lockout.takeBack(subject);
      throw error;
    }
  }

  /**
   * The password of an account that its organization alone speaks for may be a guess of theirs at others' accounts, so it
   * is held against those only so often.
   * @returns the account that is alone for this attempt, once its organization's share or the network's is spent: what the
   *   others' comparisons found is dropped, tells nobody by answers or time, and counts for none of them
   */
  private async alone(matching: Match[], compared: Target[], ip: string): Promise<Match | undefined> {
    for (const match of matching) {
      const { organizationId } = match.subject;
      const elsewhere = compared.some(({ subject }) => subject.organizationId !== organizationId);
      if (!isProved(match) && elsewhere && !(await this.limits.spendElsewhere(match.subject, ip))) return match;
    }
    return undefined;
  }

  /** Notes a wrong password, at most once a minute, and locks after too many. */
  private async failed(context: RequestContext, realm: Realm, target: Target): Promise<void> {
    const { candidate, subject } = target;
    const lockedUntil = await this.lockout.failed(subject, policyOf(target));
    if (!candidate) return;
    const noted = await this.limits.isFirstOfMinute(subject);
    // A known device locks only itself.
    const locks = lockedUntil !== undefined && subject.deviceId === undefined && isPersonRealm(realm);
    if (!noted && !locks) return;
    const row = { target: { type: realm.target, id: candidate.userId }, billingAccountId: candidate.billingAccountId };
    await this.inTransaction(context, candidate, async (db, ownContext) => {
      if (noted) await this.audit.record(db, ownContext, { action: realm.actions.failed, ...row });
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
    const { homePortalId: portalId, ssoOnly } = candidate;
    // The way out is in the mail, so that it depends on nobody else who asks for one.
    const tokenId = ssoOnly ? undefined : await this.passwordLinks.issue(db, realm, person, portalId);
    await this.mailer.enqueue(db, context, {
      template: 'account-locked',
      businessKey: `account-locked:${person.id}:${until.getTime()}`,
      recipient: { ...person, locale: await languageFor(db, person) },
      ids: { [realm.mailId]: person.id, portalId, tokenId },
    });
  }

  /** In the candidate's organization; an operator's as the platform. */
  private inTransaction<Result>(
    context: Context,
    { organizationId, organizationNow }: Candidate,
    work: (db: Db, context: Context) => Promise<Result>,
  ): Promise<Result> {
    if (organizationId === null) {
      return this.database.asPlatform('sign-in of an operator', (db) => work(db, context));
    }
    const tenantContext = systemContext(organizationId, { ...context, clock: clockOf({ now: organizationNow }) });
    return this.database.transaction(tenantContext, (db) => work(db, tenantContext));
  }
}

/**
 * Whether somebody who has proved who they are may come in; says exactly why not, since it is theirs to know.
 * @throws DomainError organization_suspended, account_suspended, account_not_active, sso_required
 */
function requireUsable(candidate: Candidate): void {
  if (candidate.organizationStatus !== 'active') throw new DomainError('organization_suspended');
  if (candidate.status === 'suspended') throw new DomainError('account_suspended');
  if (candidate.status.startsWith('pending')) throw new DomainError('account_not_active');
  if (candidate.ssoOnly) throw new DomainError('sso_required');
}

function isLocked({ status, lockedUntil }: Candidate): boolean {
  return status === 'locked' && (lockedUntil === null || lockedUntil > new Date());
}

const isKnown = ({ subject }: Target) => subject.deviceId !== undefined;

const isProved = ({ candidate }: Target) => candidate?.emailProved === true;

const policyOf = ({ candidate }: Target) => candidate?.security ?? DEFAULT_SECURITY;

const isPersonRealm = (realm: Realm): realm is PersonRealm => 'credentials' in realm;

const choiceOf = (candidate: Candidate) => ({
  organizationId: candidate.organizationId,
  organizationSlug: candidate.organizationSlug,
  organizationName: candidate.organizationName,
  billingAccountId: candidate.billingAccountId,
  billingAccountName: candidate.billingAccountName,
});
