import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import bcrypt from 'bcrypt';
import { PortalFinder } from '@balcao/module-directory';
import { Audit } from '@balcao/platform-audit';
import { newId } from '@balcao/platform-database';
import { Mailer } from '@balcao/platform-mail';
import { Outbox } from '@balcao/platform-outbox';
import { PostgresRateLimiter } from '@balcao/platform-state';
import { systemClock, type RequestContext } from '@balcao/platform-tenancy';
import { insertOrganization, testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { PasswordHasher } from '../src/passwords/password-hasher.js';
import { SessionService } from '../src/sessions/session.service.js';
import { KnownDevices } from '../src/sign-in/known-devices.js';
import { Lockout } from '../src/sign-in/lockout.js';
import { LoginLimits } from '../src/sign-in/login-limits.js';
import { PasswordGuard, PasswordStrategy } from '../src/sign-in/password.strategy.js';
import {
  DEFAULT_SECURITY,
  OPERATOR_REALM,
  PORTAL_REALM,
  STAFF_REALM,
  type Candidate,
  type Realm,
} from '../src/sign-in/realm.js';
import { SignIn } from '../src/sign-in/sign-in.service.js';
import { insertOperator } from '../src/sign-in/insert-operator.js';
import { OneTimeTokens } from '../src/tokens/one-time-tokens.js';
import { PasswordLinks } from '../src/tokens/password-links.js';
import { StrategyNames } from '../src/sign-in/strategy-names.js';

const PASSWORD = 'quatro palavras sem nexo';

let test: TestDatabase;
let hasher: PasswordHasher;
let signIn: SignIn;
let devices: KnownDevices;
let passwordHash: string;
let organizationId: string;
let ana: Candidate;

beforeAll(async () => {
  test = await testDatabase();
  const { database, secrets, config } = test;
  const names = new StrategyNames();
  hasher = new PasswordHasher(config);
  devices = new KnownDevices(secrets);
  const limits = new LoginLimits(new PostgresRateLimiter(database, secrets));
  signIn = new SignIn(
    database,
    limits,
    new Lockout(database, secrets, limits),
    devices,
    new PasswordGuard(names, new PasswordStrategy(names, hasher)),
    new SessionService(database),
    new PasswordLinks(new OneTimeTokens(database, secrets, limits)),
    new PortalFinder(database, config),
    new Audit(),
    new Mailer(new Outbox(database)),
  );
  passwordHash = await hasher.hash(PASSWORD, { lane: '', first: true });
});
afterAll(() => test.close());
beforeEach(async () => {
  await test.owner.query('delete from rate_limits');
  organizationId = await insertOrganization(test.owner);
  ana = await createStaff();
});

/** Somebody of the staff, as a sign-in finds them. */
async function createStaff(organization = organizationId): Promise<Candidate> {
  const userId = newId();
  const email = `${userId}@aurora.example`;
  await test.owner.query(
    `insert into staff_users (organization_id, id, email, name, role, password_hash) values ($1, $2, $3, 'Ana', 'agent', $4)`,
    [organization, userId, email, passwordHash],
  );
  return {
    organizationId: organization,
    organizationStatus: 'active',
    organizationNow: null,
    portalId: null,
    homePortalId: null,
    userId,
    email,
    passwordHash,
    credentialVersion: 1,
    status: 'active',
    lockedUntil: null,
    ssoOnly: false,
    emailProved: true,
    security: DEFAULT_SECURITY,
  };
}

let addresses = 0;
const newIp = () => `198.18.${Math.floor((addresses += 1) / 250)}.${addresses % 250}`;
const deviceOf = (candidate: Candidate) => devices.issue(STAFF_REALM, candidate);

/** Who is let in, or how the attempt was refused. */
async function attempt(
  candidates: Candidate[],
  {
    password = PASSWORD,
    ip = newIp(),
    deviceCookie,
    organization = organizationId,
    realm = STAFF_REALM,
  }: {
    password?: string;
    ip?: string;
    deviceCookie?: string;
    organization?: string | null;
    realm?: Realm;
  } = {},
): Promise<string> {
  const context: RequestContext = {
    requestId: 'test',
    locale: 'pt-BR',
    clock: systemClock,
    actor: { type: 'anonymous' },
    client: { ip, userAgent: 'test' },
  };
  const [{ email: login, security } = { email: 'nobody@aurora.example', security: undefined }] = candidates;
  const meant = { login, security, password, candidates, organizationId: organization, deviceCookie };
  try {
    return (await signIn.byPassword(context, realm, meant)).candidate.userId;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}
const wrong = (candidates: Candidate[], rest: Parameters<typeof attempt>[1] = {}) =>
  attempt(candidates, { ...rest, password: 'wrong password' });

const STRICT = { ...DEFAULT_SECURITY, lockThreshold: 3 };
const isLocked = async ({ userId }: Candidate) =>
  (await test.owner.query("select 1 from staff_users where id = $1 and status = 'locked'", [userId])).rowCount === 1;
/** What was recorded of somebody. */
const recorded = async ({ userId }: Candidate) =>
  (
    await test.owner.query<{ action: string }>('select action from audit_log where target_id = $1 order by id', [
      userId,
    ])
  ).rows.map(({ action }) => action);
/** Hours that somebody's newest session lives where nobody uses it, and however busy it is. */
const hoursOf = async ({ userId }: Candidate) =>
  (
    await test.owner.query<{ idle: number; most: number }>(
      `select round(extract(epoch from expires_at - now()) / 3600)::integer as idle,
         round(extract(epoch from absolute_expires_at - now()) / 3600)::integer as most
       from sessions where subject_id = $1 order by id desc limit 1`,
      [userId],
    )
  ).rows[0];
const forgetLimits = () => test.owner.query('delete from rate_limits');

describe('somebody who is locked', () => {
  it.each<[until: string, lockedUntil: Date | null, stranger: string]>([
    ['without end', null, 'invalid_credentials'],
    ['for a while yet', new Date(Date.now() + 60_000), 'invalid_credentials'],
    ['no more', new Date(Date.now() - 1_000), 'in'],
  ])('%s comes in from a device that is known', async (_until, lockedUntil, stranger) => {
    const locked = { ...ana, status: 'locked' as const, lockedUntil };
    await test.owner.query("update staff_users set status = 'locked', locked_until = $2 where id = $1", [
      ana.userId,
      lockedUntil,
    ]);
    const isIn = (answer: string) => (answer === ana.userId ? 'in' : answer);
    expect(isIn(await attempt([locked]))).toBe(stranger);
    // Not even compared, so that nobody learns whether it would be right.
    expect(await wrong([locked])).toBe('invalid_credentials');
    expect(isIn(await attempt([locked], { deviceCookie: deviceOf(ana) }))).toBe('in');
    const bia = await createStaff();
    expect(isIn(await attempt([locked], { deviceCookie: deviceOf(bia) }))).toBe(stranger);
    // For strangers all is as it was.
    expect(await isLocked(ana)).toBe(stranger !== 'in');
  });
});

describe('a right password', () => {
  it('comes in thirty times in five minutes, and each is recorded', async () => {
    for (let n = 0; n < 30; n += 1) expect(await attempt([ana])).toBe(ana.userId);
    expect(await attempt([ana])).toBe('rate_limited');
    expect(await recorded(ana)).toEqual(Array.from({ length: 30 }, () => 'staff.login'));
    expect(await hoursOf(ana)).toEqual({ idle: 24, most: 7 * 24 });
  });

  it.each<[what: string, change: Partial<Candidate>, status: string, told: string]>([
    ['of a suspended organization', { organizationStatus: 'suspended' }, 'active', 'organization_suspended'],
    ['of somebody suspended', { status: 'suspended' }, 'suspended', 'account_suspended'],
    ['of somebody who has proved nothing', { status: 'pending_verification' }, 'active', 'account_not_active'],
    ['of somebody who was only invited', { status: 'pending_invitation' }, 'pending_invitation', 'account_not_active'],
    ['where only the company lets in', { ssoOnly: true }, 'active', 'sso_required'],
    ['that was another meanwhile', { credentialVersion: 2 }, 'active', 'invalid_credentials'],
  ])('%s is told why it does not come in, and a wrong one nothing', async (_what, change, status, told) => {
    await test.owner.query('update staff_users set status = $2 where id = $1', [ana.userId, status]);
    const person = { ...ana, ...change, security: STRICT };
    expect(await attempt([person])).toBe(told);
    await test.owner.query('delete from login_failures');
    for (let n = 0; n < 3; n += 1) expect(await wrong([person])).toBe('invalid_credentials');
  });

  it('of an operator is another’s in nothing, and wrong ones lock the name', async () => {
    const emails = [newId(), newId()].map((id) => `${id}@balcao.example`);
    // Who is one already stays one.
    for (const email of [...emails, ...emails])
      await test.database.asPlatform('test', (db) => insertOperator(db, { email, passwordHash }));
    const operators = async () =>
      (
        await test.owner.query<{ id: string; email: string; entered: boolean }>(
          'select id, email, last_login_at is not null as entered from operators where email = any ($1) order by id',
          [emails],
        )
      ).rows;
    const { id: userId, email } = (await operators())[0]!;
    const place = { realm: OPERATOR_REALM, organization: null };
    const operator = { ...ana, organizationId: null, userId, email, security: STRICT };
    expect(await attempt([operator], place)).toBe(userId);
    expect((await operators()).map(({ entered }) => entered)).toEqual([true, false]);
    expect(await hoursOf(operator)).toEqual({ idle: 12, most: 12 });
    for (let n = 0; n < 3; n += 1) expect(await wrong([operator], place)).toBe('invalid_credentials');
    expect(await attempt([operator], place)).toBe('account_locked');
    expect(await recorded(operator)).toEqual(['operator.login', 'operator.login.failed']);
  });
});

describe('wrong passwords', () => {
  const mailed = async ({ userId }: Candidate) =>
    (
      await test.owner.query(
        "select template, subject_ids ? 'tokenId' as link from mails where subject_ids ->> 'staffId' = $1",
        [userId],
      )
    ).rows;

  it.each([
    ['with a way out', false],
    ['without one where only the company lets in', true],
  ])('lock, are recorded once a minute, and tell by one mail, %s', async (_what, ssoOnly) => {
    const person = { ...ana, ssoOnly, security: STRICT };
    for (let n = 0; n < 2; n += 1) expect(await wrong([person])).toBe('invalid_credentials');
    expect(await isLocked(ana)).toBe(false);
    for (const told of ['invalid_credentials', 'account_locked']) expect(await wrong([person])).toBe(told);
    expect(await isLocked(ana)).toBe(true);
    expect(await recorded(ana)).toEqual(['staff.login.failed', 'staff.user.locked']);
    expect(await mailed(ana)).toEqual([{ template: 'account-locked', link: !ssoOnly }]);
  });

  it('from a device that it knows lock that alone', async () => {
    const [person, deviceCookie] = [{ ...ana, security: STRICT }, deviceOf(ana)];
    for (let n = 0; n < 3; n += 1) expect(await wrong([person], { deviceCookie })).toBe('invalid_credentials');
    expect(await attempt([person], { deviceCookie })).toBe('account_locked');
    expect(await isLocked(ana)).toBe(false);
    expect(await mailed(ana)).toEqual([]);
    expect(await attempt([person])).toBe(ana.userId);
  });

  it('lock a name that nobody has for as long', async () => {
    for (let n = 0; n < 10; n += 1) expect(await wrong([])).toBe('invalid_credentials');
    await forgetLimits();
    await test.owner.query("update login_failures set updated_at = now() - interval '2 minutes'");
    expect(await wrong([])).toBe('account_locked');
  });

  it('that come together are compared as often as their address may fail, and the others count for nobody', async () => {
    const ip = newIp();
    await test.owner.query('delete from login_failures');
    const people = await Promise.all(Array.from({ length: 24 }, () => createStaff()));
    const told = await Promise.all(people.map((person) => wrong([person], { ip })));
    const failed = told.filter((answer) => answer === 'invalid_credentials').length;
    expect(told.filter((answer) => answer === 'rate_limited')).toHaveLength(24 - failed);
    expect(failed).toBeLessThan(24);
    // Of each the name and the account.
    const { rows } = await test.owner.query('select 1 from login_failures where failures > 0');
    expect(rows).toHaveLength(2 * failed);
  });
});

it('an attempt that a limit refuses counts for no lock', async () => {
  const patient = { ...ana, security: { ...ana.security, lockThreshold: 12 } };
  for (let n = 0; n < 10; n += 1) expect(await wrong([patient])).toBe('invalid_credentials');
  for (let n = 0; n < 2; n += 1) expect(await wrong([patient])).toBe('rate_limited');
  await forgetLimits();
  expect(await wrong([patient])).toBe('invalid_credentials');
  expect(await attempt([patient])).toBe(ana.userId);
});

describe('of several who may be meant', () => {
  it('those whose device is known are let in from an address that is refused, and no stranger', async () => {
    const bia = await createStaff();
    const ip = newIp();
    for (let n = 0; n < 10; n += 1) await wrong([await createStaff()], { ip });
    expect(await attempt([ana, bia], { ip })).toBe('rate_limited');
    expect(await attempt([ana, bia], { ip, deviceCookie: deviceOf(bia) })).toBe(bia.userId);
    // However often that is told.
    for (let n = 0; n < 12; n += 1) expect(await attempt([ana, bia])).toBe('multiple_accounts');
  });

  it('one who is locked keeps nobody else out', async () => {
    const bia = await createStaff();
    const locked = { ...ana, status: 'locked' as const };
    expect(await attempt([locked, bia])).toBe(bia.userId);
    expect(await attempt([bia, locked])).toBe(bia.userId);
    expect(await wrong([locked, bia])).toBe('invalid_credentials');
  });

  describe('a right password of one', () => {
    const OTHER_PASSWORD = 'outra frase qualquer';

    // Times that the right password of one is typed, and what then is with the other, which has another one.
    it.each<[own: string, other: string, locks: boolean, isTried: boolean]>([
      ['proved', 'proved', false, true],
      ['typed by staff', 'proved', true, false],
      ['typed by staff', 'typed by staff', true, false],
      ['proved', 'typed by staff', false, false],
    ])('whose address was %s is a guess at one that was %s: %s', async (own, other, locks, isTried) => {
      const mine = { ...ana, emailProved: own === 'proved' };
      const victim = {
        ...(await createStaff()),
        passwordHash: await hasher.hash(OTHER_PASSWORD, { lane: '' }),
        emailProved: other === 'proved',
        security: STRICT,
      };
      for (let n = 0; n < 11; n += 1) expect(await attempt([mine, victim])).toBe(mine.userId);
      expect(await isLocked(victim)).toBe(locks);
      expect(await recorded(mine)).not.toContain('staff.login.failed');
      expect(await attempt([victim], { password: OTHER_PASSWORD })).toBe(
        isTried ? victim.userId : 'invalid_credentials',
      );
    });

    it('and of another whose address nobody has proved are no guess at a third, where the owner’s is one of them', async () => {
      const unproved = { ...(await createStaff()), emailProved: false };
      const third = { ...(await createStaff()), passwordHash: null, security: STRICT };
      for (let n = 0; n < 4; n += 1) expect(await attempt([ana, unproved, third])).toBe('multiple_accounts');
      expect(await isLocked(third)).toBe(false);
    });

    it('from a device that it knows is a guess at the other all the same', async () => {
      const mine = { ...ana, emailProved: false };
      const victim = { ...(await createStaff()), passwordHash: null, security: STRICT };
      const deviceCookie = deviceOf(mine);
      for (let n = 0; n < 4; n += 1) expect(await attempt([mine, victim], { deviceCookie })).toBe(mine.userId);
      expect(await isLocked(victim)).toBe(true);
    });

    it('and many wrong ones from a device that it knows end at the limit of the other', async () => {
      const victim = { ...(await createStaff()), security: { ...STRICT, lockThreshold: 100 } };
      const deviceCookie = deviceOf(ana);
      const mine = { ...ana, passwordHash: null, emailProved: false };
      // Each from a device of one's own, so that no limit of a device is in the way.
      for (let n = 0; n < 10; n += 1) await wrong([mine, victim], { deviceCookie: deviceOf(mine) });
      expect(await attempt([mine, victim], { deviceCookie })).toBe('invalid_credentials');
      expect(await attempt([victim], { deviceCookie: deviceOf(victim) })).toBe(victim.userId);
    });

    it('is held against accounts of other organizations only so often, however many names staff make', async () => {
      const told: string[] = [];
      for (let n = 0; n < 12; n += 1) {
        const mine = { ...(await createStaff()), emailProved: false };
        const victim = { ...(await createStaff()), organizationId: await insertOrganization(test.owner) };
        told.push(await attempt([mine, victim]));
      }
      expect(told.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 'multiple_accounts'));
      expect(told.slice(10)).not.toContain('multiple_accounts');
    });

    describe('against accounts of other organizations', () => {
      const victim = async (password: string | null = 'outra frase qualquer') => ({
        ...(await createStaff(await insertOrganization(test.owner))),
        passwordHash: password && (await hasher.hash(password, { lane: '' })),
        security: STRICT,
      });
      const mineOf = async (organization = organizationId) => ({
        ...(await createStaff(organization)),
        emailProved: false,
      });
      const lockedOf = async (people: Candidate[]) => (await Promise.all(people.map(isLocked))).filter(Boolean).length;

      it.each<[what: string, tenants: (n: number) => Promise<string>, ip: (n: number) => string]>([
        ['of one organization from anywhere', () => Promise.resolve(organizationId), () => newIp()],
        ['of any organization from one network', () => insertOrganization(test.owner), () => '203.0.113.9'],
      ])('%s locks so many of them in all, however many there are, and goes on being right', async (_what, of, ip) => {
        const victims: Candidate[] = [];
        for (let n = 0; n < 7; n += 1) {
          const [mine, other] = [await mineOf(await of(n)), await victim()];
          // Also one that nobody has proved, and often.
          if (n === 6) other.emailProved = false;
          victims.push(other);
          for (let count = 0; count < (n === 6 ? 11 : 4); count += 1)
            expect(await attempt([other, mine], { organization: 'any', ip: ip(n) })).toBe(mine.userId);
        }
        // Ten of three each.
        expect(await lockedOf(victims)).toBe(3);
        // Nothing is left of what was counted too much: each of the others may fail as often as before.
        for (const other of victims.slice(4))
          for (const locks of [0, 0, 1]) {
            await wrong([other]);
            expect(await lockedOf([other])).toBe(locks);
          }
      });

      it('tells neither by its answer nor by its comparisons whether it is right there, once it was so often', async () => {
        const spent = await mineOf();
        for (let n = 0; n < 10; n += 1) await attempt([await victim(null), spent], { organization: 'any' });
        const attempts = async (password: string) => {
          const people = [await victim(password), { ...(await victim()), status: 'locked' as const }, spent];
          const compare = jest.spyOn(bcrypt, 'compare');
          const door = jest.spyOn(test.database, 'door');
          const answer = await attempt(people, { organization: 'any' });
          const asked = door.mock.calls.map(([name]) => name);
          const { length } = compare.mock.calls;
          jest.restoreAllMocks();
          return { answer, length, asked };
        };
        const right = await attempts(PASSWORD);
        expect(right).toMatchObject({ answer: spent.userId, length: 5 });
        expect(right).toEqual(await attempts('outra frase qualquer'));
      });
    });
  });
});

it('devices that are known are compared before strangers who came earlier', async () => {
  const people = await Promise.all(Array.from({ length: 10 }, () => createStaff()));
  const known = [ana, await createStaff(), await createStaff()];
  const { compare } = bcrypt;
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  const compared = jest.spyOn(bcrypt, 'compare').mockImplementation((async (password: string, hash: string) => {
    await opened;
    return compare(password, hash);
  }) as typeof compare);
  const door = jest.spyOn(test.database, 'door');
  /** Until all that came are where they wait for their turn. */
  const quiet = async () => {
    for (let before = -1; before < door.mock.calls.length; await sleep(100)) before = door.mock.calls.length;
  };
  try {
    const strangers = people.map((person) => wrong([person]));
    await quiet();
    const own = known.map((person) => attempt([person], { deviceCookie: deviceOf(person) }));
    await quiet();
    open();
    await Promise.all([...strangers, ...own]);
    // Behind those that were being compared, and now and then one more.
    expect(compared.mock.calls.map(([password]) => password).lastIndexOf(PASSWORD)).toBeLessThan(7);
  } finally {
    jest.restoreAllMocks();
  }
});

describe('the number of comparisons', () => {
  const compared = async (
    candidates: Candidate[],
    organization: string,
    password = PASSWORD,
    realm: Realm = STAFF_REALM,
  ) => {
    const compare = jest.spyOn(bcrypt, 'compare');
    await attempt(candidates, { password, organization, realm });
    const { length } = compare.mock.calls;
    compare.mockRestore();
    return length;
  };

  it.each([
    ['named', 1],
    ['any', 5],
  ])('for a wrong password is the same, however many there are (%s)', async (place, wanted) => {
    const organization = place === 'any' ? 'any' : organizationId;
    const people = [ana, await createStaff(), await createStaff()];
    const locked = { ...(await createStaff()), status: 'locked' as const };
    for (const found of [[], [ana], [locked], ...(place === 'any' ? [people, [...people, locked]] : [])])
      expect(await compared(found, organization, 'wrong password')).toBe(wanted);
  });

  it('for nobody is counted as for somebody', async () => {
    const begun = async (people: Candidate[]) => {
      const door = jest.spyOn(test.database, 'door');
      await wrong(people);
      const { length } = door.mock.calls.filter(([name]) => name === 'door_login_begin');
      door.mockRestore();
      return length;
    };
    expect([await begun([]), await begun([ana])]).toEqual([2, 2]);
  });

  it('tells who owns the address alone how many there are', async () => {
    expect(await compared([ana], 'any')).toBe(1);
    expect(await compared([ana, { ...(await createStaff()), emailProved: false }], 'any')).toBe(2);
    const unproved = { ...(await createStaff()), emailProved: false };
    expect(await compared([unproved], 'any')).toBe(5);
    // Where one organization is meant, all accounts are its own.
    expect(await compared([unproved], organizationId, PASSWORD, PORTAL_REALM)).toBe(1);
  });
});
