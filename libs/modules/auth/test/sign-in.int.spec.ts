import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
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
import { StrategyNames } from '../src/sign-in/strategy-names.js';

const PASSWORD = 'quatro palavras sem nexo';

let test: TestDatabase;
let signIn: SignIn;
let devices: KnownDevices;
let passwordHash: string;
let organizationId: string;
let ana: Candidate;

beforeAll(async () => {
  test = await testDatabase();
  const { database, secrets, config } = test;
  const names = new StrategyNames();
  const hasher = new PasswordHasher(config);
  devices = new KnownDevices(secrets);
  signIn = new SignIn(
    database,
    new LoginLimits(new PostgresRateLimiter(database, secrets)),
    new Lockout(database, secrets),
    devices,
    new PasswordGuard(names, new PasswordStrategy(names, hasher)),
    new SessionService(database),
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
async function createStaff(): Promise<Candidate> {
  const userId = newId();
  const email = `${userId}@aurora.example`;
  await test.owner.query(
    `insert into staff_users (organization_id, id, email, name, role, password_hash) values ($1, $2, $3, 'Ana', 'agent', $4)`,
    [organizationId, userId, email, passwordHash],
  );
  return {
    organizationId,
    organizationStatus: 'active',
    organizationLocale: 'pt-BR',
    portalId: null,
    userId,
    email,
    passwordHash,
    credentialVersion: 1,
    status: 'active',
    lockedUntil: null,
    ssoOnly: false,
    security: DEFAULT_SECURITY,
  };
}

let addresses = 0;
const newIp = () => `198.18.${Math.floor((addresses += 1) / 250)}.${addresses % 250}`;
const deviceOf = (candidate: Candidate) => devices.issue(STAFF_REALM, candidate);

/** Who is let in, or how the attempt was refused. */
async function attempt(
  candidates: Candidate[],
  { password = PASSWORD, ip = newIp(), deviceCookie }: { password?: string; ip?: string; deviceCookie?: string } = {},
): Promise<string> {
  const context: RequestContext = {
    requestId: 'test',
    locale: 'pt-BR',
    clock: systemClock,
    actor: { type: 'anonymous' },
    client: { ip, userAgent: 'test' },
  };
  const meant = { login: 'ana', password, candidates, organizationId, deviceCookie };
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
    ['without end', null, 'account_locked'],
    ['for a while yet', new Date(Date.now() + 60_000), 'account_locked'],
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
    expect(await wrong([locked])).toBe(stranger === 'in' ? 'invalid_credentials' : stranger);
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

  it('a right password of one is no guess at the others', async () => {
    const bia = { ...(await createStaff()), passwordHash: null, security: { ...ana.security, lockThreshold: 2 } };
    for (let n = 0; n < 4; n += 1) expect(await attempt([ana, bia])).toBe(ana.userId);
    expect(await wrong([bia])).toBe('invalid_credentials');
  });
});
