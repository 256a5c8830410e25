import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BillingAccountEntity, PortalEntity, PortalUserEntity, RoleEntity } from '@balcao/module-directory/entities';
import { portalUserCredentials, PortalUserService } from '@balcao/module-directory';
import { Audit } from '@balcao/platform-audit';
import { newId } from '@balcao/platform-database';
import { Events } from '@balcao/platform-events';
import { PostgresLiveBus } from '@balcao/platform-live';
import { Mailer } from '@balcao/platform-mail';
import { Outbox } from '@balcao/platform-outbox';
import { hearEvents } from '@balcao/platform-outbox/testing';
import { PostgresRateLimiter } from '@balcao/platform-state';
import { systemClock, systemContext, type OrganizationContext } from '@balcao/platform-tenancy';
import { insertOrganization, testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { LoginLimits } from '../src/sign-in/login-limits.js';
import { EmailVerificationService } from '../src/tokens/email-verification.service.js';
import { NewEmailVerification } from '../src/tokens/new-email-verification.js';
import { OneTimeTokens } from '../src/tokens/one-time-tokens.js';

let test: TestDatabase;
let users: PortalUserService;
let subscriber: NewEmailVerification;
let context: OrganizationContext;
let userId: string;
let portalId: string;

beforeAll(async () => {
  test = await testDatabase({ entities: [BillingAccountEntity, PortalEntity, PortalUserEntity, RoleEntity] });
  const { database, secrets, config } = test;
  const [outbox, audit] = [new Outbox(database), new Audit()];
  const mailer = new Mailer(outbox);
  users = new PortalUserService(
    database,
    audit,
    new Events(outbox, new PostgresLiveBus(database, config, secrets)),
    mailer,
  );
  const limits = new LoginLimits(new PostgresRateLimiter(database, secrets));
  const tokens = new OneTimeTokens(database, secrets, limits);
  subscriber = new NewEmailVerification(
    database,
    new EmailVerificationService(database, limits, tokens, audit, mailer),
  );
});
afterAll(() => test.close());
beforeEach(async () => {
  const organizationId = await insertOrganization(test.owner);
  context = systemContext(organizationId, { clock: systemClock });
  const [roleId, accountId] = [newId(), newId()];
  [portalId, userId] = [newId(), newId()];
  for (const [statement, values] of [
    ...[false, true, false].map((isDefault) => {
      const id = isDefault ? portalId : newId();
      return [
        "insert into portals (organization_id, id, slug, name, is_default) values ($1, $2, gen_random_uuid(), 'A', $3)",
        [id, isDefault],
      ] as const;
    }),
    ["insert into roles (organization_id, id, name) values ($1, $2, 'Todos')", [roleId]],
    ["insert into billing_accounts (organization_id, id, name) values ($1, $2, 'Padaria')", [accountId]],
    ...[newId(), userId, newId()].map((id) => {
      const email = id === userId ? 'bruno@padaria.example' : `${id}@padaria.example`;
      return [
        `insert into portal_users (organization_id, billing_account_id, id, email, name, role_id, password_hash)
         values ($1, $2, $3, $4, 'Bruno', $5, 'hash')`,
        [accountId, id, email, roleId],
      ] as const;
    }),
  ] as const) {
    await test.owner.query(statement, [organizationId, ...values]);
  }
});

const mails = async () =>
  (
    await test.owner.query(
      'select template, recipient_email as "to" from mails where organization_id = $1 order by template',
      [context.organizationId],
    )
  ).rows;
const statusOf = async () => (await users.get(context, userId)).status;

describe('S0.16 an e-mail address that staff give somebody', () => {
  it('has to prove itself, and the old one is told', async () => {
    await users.update(context, userId, { email: 'novo@padaria.example' });
    expect(await statusOf()).toBe('pending_verification');
    await hearEvents(test.owner, subscriber);
    expect(await mails()).toEqual([
      { template: 'email-changed', to: 'bruno@padaria.example' },
      { template: 'email-verification', to: 'novo@padaria.example' },
    ]);
    const { rows } = await test.owner.query('select portal_id from one_time_tokens where subject_id = $1', [userId]);
    expect(rows).toEqual([{ portal_id: portalId }]);
  });

  it('brings nobody back who is suspended, and asks for the proof when they are', async () => {
    await users.update(context, userId, { status: 'suspended' });
    await users.update(context, userId, { email: 'novo@padaria.example' });
    expect(await statusOf()).toBe('suspended');
    await hearEvents(test.owner, subscriber);
    expect(await mails()).toEqual([{ template: 'email-changed', to: 'bruno@padaria.example' }]);
    await users.update(context, userId, { status: 'active' });
    expect(await statusOf()).toBe('pending_verification');
  });

  it('is no new one where nothing changes', async () => {
    await users.update(context, userId, { email: 'bruno@padaria.example', name: 'Bruno A.' });
    await hearEvents(test.owner, subscriber);
    expect(await statusOf()).toBe('active');
    expect(await mails()).toEqual([]);
  });
});

describe('what an access is called', () => {
  const access = () => test.database.read(context, (db) => portalUserCredentials.access(db, userId));

  it('is its account’s name; nothing where that is its person’s own, as of those who sign up by CPF', async () => {
    expect(await access()).toMatchObject({ billingAccountName: 'Padaria', hasOthers: false });
    await test.owner.query("update billing_accounts set name = 'Bruno' where organization_id = $1", [
      context.organizationId,
    ]);
    expect(await access()).toMatchObject({ billingAccountName: null, hasOthers: false });
  });

  it('is the account’s name again where it is one of several', async () => {
    const { organizationId } = context;
    await test.owner.query("update billing_accounts set name = 'Bruno' where organization_id = $1", [organizationId]);
    const accountId = newId();
    await test.owner.query("insert into billing_accounts (organization_id, id, name) values ($1, $2, 'Oficina')", [
      organizationId,
      accountId,
    ]);
    await test.owner.query(
      `insert into portal_users (organization_id, billing_account_id, id, email, name, role_id, password_hash)
       select organization_id, $2, $3, email, name, role_id, 'hash' from portal_users where id = $1`,
      [userId, accountId, newId()],
    );
    expect(await access()).toMatchObject({ billingAccountName: 'Bruno', hasOthers: true });
  });
});
