import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import bcrypt from 'bcrypt';
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
import { DEFAULT_SECURITY, STAFF_REALM, type Candidate } from '../src/sign-in/realm.js';
import { SignIn } from '../src/sign-in/sign-in.service.js';
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
    portalId: null,
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
  }: { password?: string; ip?: string; deviceCookie?: string; organization?: string } = {},
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
    return (await signIn.byPassword(context, STAFF_REALM, meant)).candidate.userId;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}
const wrong = (candidates: Candidate[], rest: { ip?: string; deviceCookie?: string } = {}) =>
  attempt(candidates, { ...rest, password: 'wrong password' });

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
  });
});

it('an attempt that a limit refuses counts for no lock', async () => {
  const patient = { ...ana, security: { ...ana.security, lockThreshold: 12 } };
  for (let n = 0; n < 10; n += 1) expect(await wrong([patient])).toBe('invalid_credentials');
  for (let n = 0; n < 2; n += 1) expect(await wrong([patient])).toBe('rate_limited');
  await test.owner.query('delete from rate_limits');
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
    expect(await attempt([ana, bia])).toBe('multiple_accounts');
  });

  it('one who is locked keeps nobody else out', async () => {
    const bia = await createStaff();
    const locked = { ...ana, status: 'locked' as const };
    expect(await attempt([locked, bia])).toBe(bia.userId);
    expect(await attempt([bia, locked])).toBe(bia.userId);
    expect(await wrong([locked, bia])).toBe('invalid_credentials');
  });

  describe('a right password of one', () => {
    const strict = { ...DEFAULT_SECURITY, lockThreshold: 3 };
    const isLocked = async ({ userId }: Candidate) =>
      (await test.owner.query("select 1 from staff_users where id = $1 and status = 'locked'", [userId])).rowCount ===
      1;

    // Times that the right password of one is typed, and what then is with the other, which has another one.
    it.each<[own: string, other: string, locks: boolean]>([
      ['proved', 'proved', false],
      ['typed by staff', 'proved', true],
      ['typed by staff', 'typed by staff', true],
      ['proved', 'typed by staff', false],
    ])('whose address was %s is a guess at one that was %s: %s', async (own, other, locks) => {
      const mine = { ...ana, emailProved: own === 'proved' };
      const victim = {
        ...(await createStaff()),
        passwordHash: await hasher.hash('outra frase qualquer', { lane: '' }),
        emailProved: other === 'proved',
        security: strict,
      };
      for (let n = 0; n < 4; n += 1) expect(await attempt([mine, victim])).toBe(mine.userId);
      expect(await isLocked(victim)).toBe(locks);
    });

    it('from a device that it knows is a guess at the other all the same', async () => {
      const mine = { ...ana, emailProved: false };
      const victim = { ...(await createStaff()), passwordHash: null, security: strict };
      const deviceCookie = deviceOf(mine);
      for (let n = 0; n < 4; n += 1) expect(await attempt([mine, victim], { deviceCookie })).toBe(mine.userId);
      expect(await isLocked(victim)).toBe(true);
    });

    it('and many wrong ones from a device that it knows end at the limit of the other', async () => {
      const victim = { ...(await createStaff()), security: { ...strict, lockThreshold: 100 } };
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
        security: strict,
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
          victims.push(other);
          for (let count = 0; count < 4; count += 1)
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

describe('the number of comparisons', () => {
  const compared = async (candidates: Candidate[], organization: string, password = PASSWORD) => {
    const compare = jest.spyOn(bcrypt, 'compare');
    await attempt(candidates, { password, organization });
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

  it('tells who owns the address alone how many there are', async () => {
    expect(await compared([ana], 'any')).toBe(1);
    expect(await compared([{ ...(await createStaff()), emailProved: false }], 'any')).toBe(5);
  });
});
