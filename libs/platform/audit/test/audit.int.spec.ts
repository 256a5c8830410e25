import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql, systemClock, systemContext, type Context, type OrganizationContext } from '@balcao/platform-tenancy';
import { insertOrganization, testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { Audit } from '../src/index.js';

describe('the audit', () => {
  const audit = new Audit();
  const billingAccountId = randomUUID();
  const user = { type: 'user' as const, id: randomUUID(), name: 'Ana' };
  let test: TestDatabase;
  let organizationId: string;
  let customer: OrganizationContext;

  beforeAll(async () => {
    test = await testDatabase();
    organizationId = await insertOrganization(test.owner);
    customer = {
      ...systemContext(organizationId, {
        clock: systemClock,
        actor: user,
        requestId: 'request-1',
        client: { ip: '203.0.113.7', userAgent: 'Test/1.0' },
      }),
      scope: { kind: 'account', billingAccountId },
    };
  });
  afterAll(() => test?.close());
  beforeEach(() => test.owner.query('truncate audit_log'));
  const entries = async () => (await test.owner.query('select * from audit_log')).rows as Record<string, unknown>[];

  it('records who did what to what, from where, and what changed', async () => {
    const target = { type: 'portal_user', id: randomUUID() };
    await test.database.transaction(customer, (db) =>
      audit.record(db, customer, {
        action: 'portal.profile.update',
        target,
        changes: { before: { name: 'A', passwordHash: 'x' }, after: { name: 'B', passwordHash: 'y' } },
      }),
    );
    expect(await entries()).toEqual([
      expect.objectContaining({
        organization_id: organizationId,
        billing_account_id: billingAccountId,
        actor_type: 'user',
        actor_id: user.id,
        action: 'portal.profile.update',
        target_type: 'portal_user',
        target_id: target.id,
        request_id: 'request-1',
        ip: '203.0.113.7',
        user_agent: 'Test/1.0',
        changes: { before: { name: 'A' }, after: { name: 'B' } },
      }),
    ]);
  });

  it('exists together with the deed or not at all', async () => {
    const failing = test.database.transaction(customer, async (db) => {
      await audit.record(db, customer, { action: 'portal.login', target: { type: 'portal_user' } });
      throw new Error('undone');
    });
    await expect(failing).rejects.toThrow('undone');
    expect(await entries()).toHaveLength(0);
  });

  it("records operators' deeds without an organization through the platform's role only", async () => {
    const operator: Context = {
      requestId: 'r',
      locale: 'pt-BR',
      clock: systemClock,
      actor: { type: 'operator', id: randomUUID() },
    };
    await test.database.asPlatform('test', (db) =>
      audit.record(db, operator, { action: 'operator.login', target: { type: 'operator' } }),
    );
    expect(await entries()).toEqual([
      expect.objectContaining({ organization_id: null, actor_type: 'operator', action: 'operator.login' }),
    ]);
    const smuggled = test.database.transaction(customer, (db) =>
      audit.record(db, operator, { action: 'operator.login', target: { type: 'operator' } }),
    );
    await expect(smuggled).rejects.toThrow(/row-level security/);
  });

  it('cannot be written for another organization', async () => {
    const stranger = systemContext(await insertOrganization(test.owner), { clock: systemClock });
    const forged = test.database.transaction(customer, (db) =>
      audit.record(db, stranger, { action: 'portal.login', target: { type: 'portal_user' } }),
    );
    await expect(forged).rejects.toThrow(/row-level security/);
  });

  it.each(['balcao_app', 'balcao_platform'])('can be neither changed nor deleted by %s', async (role) => {
    await test.database.transaction(customer, (db) =>
      audit.record(db, customer, { action: 'portal.login', target: { type: 'portal_user' } }),
    );
    for (const statement of ["update audit_log set action = 'x'", 'delete from audit_log', 'truncate audit_log']) {
      await test.owner.query('begin');
      await test.owner.query(`set local role ${role}`);
      await test.owner.query(
        "select set_config('app.organization_id', $1, true), set_config('app.scope', 'organization', true)",
        [organizationId],
      );
      await expect(test.owner.query(statement)).rejects.toThrow(/permission denied/);
      await test.owner.query('rollback');
    }
    expect(await entries()).toHaveLength(1);
  });

  it('shows a customer the entries of the own account only', async () => {
    const staff = systemContext(organizationId, { clock: systemClock, actor: { type: 'staff', id: randomUUID() } });
    await test.database.transaction(staff, async (db) => {
      await audit.record(db, staff, {
        action: 'staff.portal_user.update',
        target: { type: 'portal_user' },
        billingAccountId,
      });
      await audit.record(db, staff, {
        action: 'staff.portal_user.update',
        target: { type: 'portal_user' },
        billingAccountId: randomUUID(),
      });
      await audit.record(db, staff, { action: 'staff.role.create', target: { type: 'role' } });
    });
    const seenBy = async (context: OrganizationContext) =>
      test.database.read(context, (db) =>
        db.query<{ billing_account_id: string }>(sql`select billing_account_id from audit_log`),
      );
    expect(await seenBy(customer)).toEqual([{ billing_account_id: billingAccountId }]);
    expect(await seenBy(staff)).toHaveLength(3);
    expect(await seenBy(systemContext(await insertOrganization(test.owner), { clock: systemClock }))).toHaveLength(0);
  });
});
