import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const PATH = '/api/v1/admin/clock';
const NOW = '2030-01-30T15:00:00.000Z';

let api: TestApp;
beforeAll(async () => (api = await startTestApp()));
beforeEach(() => api.reset());
afterAll(() => api.close());

/** Makes Aurora a sandbox, as none becomes one by what people do. */
async function becomesSandbox(): Promise<void> {
  await api.rows('set session_replication_role = replica');
  try {
    await api.rows("update organizations set is_sandbox = true where slug = 'aurora'");
  } finally {
    await api.rows('set session_replication_role = origin');
  }
  await api.rows(
    'update organization_clocks set now = $1 where organization_id = $2',
    NOW,
    idOf('organization:aurora'),
  );
}
const owner = () => api.signIn('staff', 'owner@aurora.example');
const customer = () => api.signIn('portal', 'ana@padaria.example');

describe('an ordinary organization', () => {
  it('B.10 has no clock, and its sessions and pages say nothing of one', async () => {
    const staff = await owner();
    expect((await staff.get(PATH).expect(200)).body).toEqual({ clock: null });
    await refusal(staff.post(`${PATH}/advance`, { until: '2031-01-30T12:00' }), 409, 'no_test_clock');
    await refusal(staff.post(`${PATH}/stop`, {}), 409, 'no_test_clock');
    expect((await staff.get('/api/v1/admin/auth/me').expect(200)).body.organization.now).toBeNull();
    const branding = await api.visitor('/o/aurora').get('/api/v1/portal/branding').expect(200);
    expect(branding.body.branding.isSandbox).toBe(false);
  });
});

describe('a sandbox organization', () => {
  let staff: Visitor;
  beforeEach(async () => {
    await becomesSandbox();
    staff = await owner();
  });

  it('B.10 says so to visitors, and what time it is to those who are signed in', async () => {
    const branding = await api.visitor('/o/aurora').get('/api/v1/portal/branding').expect(200);
    expect(branding.body.branding.isSandbox).toBe(true);
    expect((await staff.get('/api/v1/admin/auth/me').expect(200)).body.organization.now).toBe(NOW);
    const ana = await customer();
    expect((await ana.get('/api/v1/portal/auth/me').expect(200)).body.organization.now).toBe(NOW);
  });

  it('B.10 does its business at that time, and signs people in at the real one', async () => {
    const ana = await customer();
    const { ticket } = (
      await ana.post('/api/v1/portal/tickets', { subject: 'Sem conexão', description: 'Desde cedo' }).expect(201)
    ).body;
    expect(ticket.createdAt).toBe(NOW);
    const [session] = await api.rows<{ real: boolean }>(
      "select bool_and(created_at > now() - interval '1 hour') as real from sessions",
    );
    expect(session!.real).toBe(true);
    const [audit] = await api.rows<{ real: boolean }>(
      "select bool_and(at < now() + interval '1 hour') as real from audit_log",
    );
    expect(audit!.real).toBe(true);
  });

  it('B.10 is sent on its way by those who may, once, and leaves a trace', async () => {
    expect((await staff.get(PATH).expect(200)).body.clock).toEqual({
      now: NOW,
      localTime: '2030-01-30T12:00',
      timeZone: 'America/Sao_Paulo',
      advancingTo: null,
    });
    const { clock } = (await staff.post(`${PATH}/advance`, { until: '2030-02-28T12:00' }).expect(200)).body;
    expect(clock).toMatchObject({ now: NOW, advancingTo: '2030-02-28T15:00:00.000Z' });
    await refusal(staff.post(`${PATH}/advance`, { until: '2030-03-01T12:00' }), 409, 'clock_advancing');
    expect(await api.rows("select job from outbox where job = 'clock.advance'")).toHaveLength(1);
    expect(await api.rows("select target_id from audit_log where action = 'staff.clock.advance'")).toEqual([
      { target_id: idOf('organization:aurora') },
    ]);
  });

  it('B.10 is stopped where it is by those who may move it, and can be sent on its way again', async () => {
    expect((await staff.post(`${PATH}/stop`, {}).expect(200)).body.clock).toMatchObject({
      now: NOW,
      advancingTo: null,
    });
    await staff.post(`${PATH}/advance`, { until: '2030-02-28T12:00' }).expect(200);
    const agent = await api.signIn('staff', 'agent@aurora.example');
    await refusal(agent.post(`${PATH}/stop`, {}), 403, 'permission_denied');
    expect((await staff.post(`${PATH}/stop`, {}).expect(200)).body.clock).toMatchObject({
      now: NOW,
      advancingTo: null,
    });
    await staff.post(`${PATH}/advance`, { until: '2030-02-28T12:00' }).expect(200);
    expect(await api.rows("select 1 from audit_log where action = 'staff.clock.stop'")).toHaveLength(1);
  });

  it.each([
    ['2030-01-30T12:00', 'clockForward'],
    ['2032-01-30T12:01', 'clockFar'],
    ['2030-02-30T12:00', 'isLocalTime'],
    ['2030-02-20', 'isLocalTime'],
    ['amanhã', 'isLocalTime'],
  ])('B.10 is not sent to %s', async (until, code) => {
    const response = await staff.post(`${PATH}/advance`, { until }).expect(400);
    expect(response.body.errors).toEqual([expect.objectContaining({ path: 'until', code })]);
  });

  it('B.10 is looked at by everybody of the staff, and moved by owners and admins alone', async () => {
    for (const who of ['agent', 'billing']) {
      const other = await api.signIn('staff', `${who}@aurora.example`);
      await other.get(PATH).expect(200);
      await refusal(other.post(`${PATH}/advance`, { until: '2030-02-28T12:00' }), 403, 'permission_denied');
    }
  });
});
