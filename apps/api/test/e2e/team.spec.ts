import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const TEAM = '/api/v1/portal/team';
const BRUNO = idOf('user:bruno');
const MULTI = idOf('user:multi');
const FULL = idOf('role:aurora:full');
const LIMITED = idOf('role:aurora:limited');
const NONE = idOf('role:aurora:none');

let api: TestApp;
let ana: Visitor;
beforeAll(async () => (api = await startTestApp()));
beforeEach(async () => {
  await api.reset();
  ana = await api.signIn('portal', 'ana@padaria.example');
});
afterAll(() => api.close());

const permit = (...permissions: string[]) =>
  api.rows("update roles set permissions = $1 where name = 'limited of aurora'", permissions);
const names = (body: { data: { name: string }[] }) => body.data.map(({ name }) => name);

describe("an account's people", () => {
  it('S2.31 are listed with role, status and last sign-in, without those who are only invited', async () => {
    const { body } = await ana.get(TEAM).expect(200);
    expect(names(body)).not.toContain('Person invited');
    expect(body.pagination.total).toBe(9);
    expect(body.data.find(({ id }: { id: string }) => id === idOf('user:ana'))).toEqual({
      id: idOf('user:ana'),
      email: 'ana@padaria.example',
      name: 'Person ana',
      status: 'active',
      lastLoginAt: expect.any(String),
      role: { id: FULL, name: 'full of aurora' },
    });
  });

  it.each([
    ['?q=BRÚNO', ['Person bruno']],
    ['?q=suspended%40padaria', ['Person suspended']],
    ['?q=%25', []],
    ['?status=suspended', ['Person suspended']],
    ['?limit=2&page=2', ['Person locked', 'Person multi']],
  ])('S2.31 are found by %s', async (query, found) => {
    expect(names((await ana.get(TEAM + query).expect(200)).body)).toEqual(found);
  });

  it('S2.31 are shown to who may read or manage them, and to nobody else', async () => {
    const bruno = await api.signIn('portal', 'bruno@padaria.example');
    await refusal(bruno.get(TEAM), 403, 'permission_denied');
    for (const permission of ['users:read', 'users:manage']) {
      await permit(permission);
      await bruno.get(TEAM).expect(200);
    }
    await permit('users:read', 'users:invite');
    await refusal(bruno.patch(`${TEAM}/${MULTI}`, { status: 'suspended' }), 403, 'permission_denied');
  });
});

describe('the roles to give', () => {
  it("S2.30 are those that one's own role names", async () => {
    const { body } = await ana.get(`${TEAM}/roles`).expect(200);
    expect(body.data).toEqual([
      { id: FULL, name: 'full of aurora' },
      { id: LIMITED, name: 'limited of aurora' },
    ]);
    await permit('users:invite');
    const bruno = await api.signIn('portal', 'bruno@padaria.example');
    expect((await bruno.get(`${TEAM}/roles`).expect(200)).body.data).toEqual([]);
  });

  it('S2.30 are chosen by staff, and hold from the next request on', async () => {
    const owner = await api.signIn('staff', 'owner@aurora.example');
    const role = await owner.patch(`/api/v1/admin/roles/${FULL}`, { grantableRoleIds: [NONE] }).expect(200);
    expect(role.body.role.grantableRoleIds).toEqual([NONE]);
    expect(names((await ana.get(`${TEAM}/roles`).expect(200)).body)).toEqual(['none of aurora']);
    await owner.patch(`/api/v1/admin/roles/${FULL}`, { name: 'Renamed' }).expect(200);
    expect(names((await ana.get(`${TEAM}/roles`).expect(200)).body)).toEqual(['none of aurora']);
    const created = await owner
      .post('/api/v1/admin/roles', { name: 'New', permissions: [], grantableRoleIds: [LIMITED, NONE] })
      .expect(201);
    expect(created.body.role.grantableRoleIds.sort()).toEqual([LIMITED, NONE].sort());
    const [row] = await api.rows(
      "select changes -> 'after' -> 'grantableRoleIds' as given from audit_log where action = 'staff.role.create'",
    );
    expect((row as { given: string[] }).given).toHaveLength(2);
  });

  it.each([idOf('role:boreal:limited'), idOf('role:none')])('S2.30 exist in the organization: %s', async (id) => {
    const owner = await api.signIn('staff', 'owner@aurora.example');
    const change = owner.patch(`/api/v1/admin/roles/${FULL}`, { grantableRoleIds: [id] });
    expect((await refusal(change, 400, 'validation_failed')).body.errors[0].path).toBe('grantableRoleIds');
    expect((await ana.get(`${TEAM}/roles`).expect(200)).body.data).toHaveLength(2);
  });
});

describe('somebody of the team', () => {
  it('S2.30 S2.31 gets another role, at once, with an audit row that the account sees', async () => {
    const bruno = await api.signIn('portal', 'bruno@padaria.example');
    await refusal(bruno.get(TEAM), 403, 'permission_denied');
    const { body } = await ana.patch(`${TEAM}/${BRUNO}`, { roleId: FULL }).expect(200);
    expect(body.member.role).toEqual({ id: FULL, name: 'full of aurora' });
    await bruno.get(TEAM).expect(200);
    expect(
      await api.rows(
        "select actor_type, target_id, billing_account_id from audit_log where action = 'portal.team.update'",
      ),
    ).toEqual([{ actor_type: 'user', target_id: BRUNO, billing_account_id: idOf('account:padaria') }]);
  });

  it('S0.18 is suspended, which ends the session at once, and restored', async () => {
    const bruno = await api.signIn('portal', 'bruno@padaria.example');
    const suspended = await ana.patch(`${TEAM}/${BRUNO}`, { status: 'suspended' }).expect(200);
    expect(suspended.body.member.status).toBe('suspended');
    await refusal(bruno.get('/api/v1/portal/auth/me'), 401, 'unauthenticated');
    await ana.patch(`${TEAM}/${BRUNO}`, { status: 'active' }).expect(200);
    await refusal(bruno.get('/api/v1/portal/auth/me'), 401, 'unauthenticated');
    await api.signIn('portal', 'bruno@padaria.example');
  });

  it('S2.30 gets only a role that one may give', async () => {
    for (const roleId of [NONE, idOf('role:boreal:full'), idOf('role:nothing')]) {
      const { body } = await refusal(ana.patch(`${TEAM}/${BRUNO}`, { roleId }), 400, 'validation_failed');
      expect(body.errors).toEqual([expect.objectContaining({ path: 'roleId', code: 'notGrantable' })]);
    }
  });

  it('S2.30 is out of reach with a role that one may not give', async () => {
    for (const patch of [{ status: 'suspended' }, { roleId: LIMITED }]) {
      await refusal(ana.patch(`${TEAM}/${idOf('user:nina')}`, patch), 403, 'role_not_grantable');
    }
  });

  it('S2.31 is never oneself', async () => {
    for (const patch of [{ roleId: LIMITED }, { status: 'suspended' }]) {
      await refusal(ana.patch(`${TEAM}/${idOf('user:ana')}`, patch), 409, 'own_access');
    }
  });

  it('S2.31 is of the own account, and more than invited', async () => {
    for (const person of ['carla', 'davi', 'invited']) {
      await refusal(ana.patch(`${TEAM}/${idOf(`user:${person}`)}`, { status: 'suspended' }), 404, 'not_found');
    }
  });

  it.each([
    ['pending', 'active'],
    ['pending', 'suspended'],
    ['locked', 'active'],
  ])('S0.16 S0.19 who is %s is not made %s by another', async (person, status) => {
    const change = ana.patch(`${TEAM}/${idOf(`user:${person}`)}`, { status });
    expect((await refusal(change, 400, 'validation_failed')).body.errors[0].path).toBe('status');
  });

  it('S2.31 who manages the team last keeps that access, whatever two people do at once', async () => {
    await api.rows(
      "update portal_users set status = 'suspended' where id in ($1, $2)",
      idOf('user:twice'),
      idOf('user:sso'),
    );
    await api.rows(
      'update portal_users set role_id = $1 where id in ($2, $3)',
      LIMITED,
      idOf('user:locked'),
      idOf('user:suspended'),
    );
    const multi = await api.signIn('portal', 'multi@example.com', { organizationSlug: 'aurora' });
    const answers = await Promise.all([
      ana.patch(`${TEAM}/${MULTI}`, { status: 'suspended' }),
      multi.patch(`${TEAM}/${idOf('user:ana')}`, { roleId: LIMITED }),
    ]);
    const [managers] = await api.rows<{ count: number }>(
      "select count(*)::integer from portal_users where billing_account_id = $1 and role_id = $2 and status = 'active'",
      idOf('account:padaria'),
      FULL,
    );
    expect(managers!.count).toBe(1);
    expect(answers.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
  });
});
