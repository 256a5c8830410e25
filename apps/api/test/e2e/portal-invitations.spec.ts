import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';
import { PASSWORD } from '../support/world.js';

const INVITATIONS = '/api/v1/portal/invitations';
const ACCEPT = '/api/v1/portal/auth/accept-invitation';
const FULL = idOf('role:aurora:full');
const LIMITED = idOf('role:aurora:limited');
const NONE = idOf('role:aurora:none');
const NEW = { email: 'Nova@Padaria.example', name: 'Nova Pessoa', roleId: LIMITED };
const INVITED = idOf('user:invited');
const INVITATION = idOf('invitation:invited');
const FRESH = 'quatro palavras sem nexo';

let api: TestApp;
let ana: Visitor;
beforeAll(async () => (api = await startTestApp()));
beforeEach(async () => {
  await api.reset();
  ana = await api.signIn('portal', 'ana@padaria.example');
});
afterAll(() => api.close());

const accept = (token: string) => api.visitor('/o/aurora').post(ACCEPT, { token, password: FRESH });

describe('an invitation by a portal user', () => {
  it('S0.25 S2.31 leads into the own account, with the chosen role, and is audited there', async () => {
    const { body } = await ana.post(INVITATIONS, NEW).expect(201);
    expect(body.invitation).toMatchObject({
      email: 'nova@padaria.example',
      name: 'Nova Pessoa',
      status: 'pending',
      invitedByName: 'Person ana',
      role: { id: LIMITED, name: 'limited of aurora' },
      mailStatus: 'queued',
      mailProblem: null,
    });
    expect(body.invitation).not.toHaveProperty('billingAccount');
    expect(
      await api.rows("select billing_account_id, status from portal_users where email = 'nova@padaria.example'"),
    ).toEqual([{ billing_account_id: idOf('account:padaria'), status: 'pending_invitation' }]);
    expect(
      await api.rows(
        "select actor_type, actor_id, billing_account_id from audit_log where action = 'portal.invitation.create'",
      ),
    ).toEqual([{ actor_type: 'user', actor_id: idOf('user:ana'), billing_account_id: idOf('account:padaria') }]);
    expect(await api.rows("select job from outbox where job = 'mail.send'")).toHaveLength(1);
  });

  it('S0.27 S0.28 S2.31 is accepted, and the person may do what the role allows and no more', async () => {
    await ana.post(INVITATIONS, NEW).expect(201);
    const [user] = await api.rows<{ id: string }>("select id from portal_users where email = 'nova@padaria.example'");
    await api.rows('update one_time_tokens set portal_id = $1', idOf('portal:partners'));
    const token = await api.linkFor(user!.id, 'invitation');
    await api.visitor().post(ACCEPT, { token, password: FRESH }).expect(200);
    expect(await api.rows('select methods, portal_id from sessions where subject_id = $1', user!.id)).toEqual([
      { methods: ['link', 'password'], portal_id: idOf('portal:partners') },
    ]);
    const nova = await api.signIn('portal', 'nova@padaria.example', { password: FRESH });
    await nova.get('/api/v1/portal/tickets').expect(200);
    await refusal(nova.get('/api/v1/portal/team'), 403, 'permission_denied');
    await refusal(nova.get(INVITATIONS), 403, 'permission_denied');
  });

  it('S2.30 gives only a role that the own role may give', async () => {
    for (const roleId of [NONE, idOf('role:boreal:limited'), idOf('role:nothing')]) {
      const { body } = await refusal(ana.post(INVITATIONS, { ...NEW, roleId }), 400, 'validation_failed');
      expect(body.errors).toEqual([expect.objectContaining({ path: 'roleId', code: 'notGrantable' })]);
    }
    await refusal(ana.post(INVITATIONS, { ...NEW, roleId: undefined }), 400, 'validation_failed');
    await api.rows('delete from role_grants');
    await refusal(ana.post(INVITATIONS, NEW), 400, 'validation_failed');
    expect(await api.rows("select 1 from portal_users where email = 'nova@padaria.example'")).toEqual([]);
  });

  it('S2.31 names no other account or portal', async () => {
    for (const more of [{ billingAccountId: idOf('account:oficina') }, { portalId: idOf('portal:partners') }]) {
      await refusal(ana.post(INVITATIONS, { ...NEW, ...more }), 400, 'validation_failed');
    }
  });

  it('S0.11 is refused for who has access already, or is waiting', async () => {
    const to = (email: string) => ana.post(INVITATIONS, { ...NEW, email });
    await refusal(to('bruno@padaria.example'), 409, 'email_taken');
    const { body } = await refusal(to('invited@padaria.example'), 409, 'invitation_waiting');
    await ana.post(`${INVITATIONS}/${body.invitationId}/resend`).expect(200);
    await ana.post(INVITATIONS, { ...NEW, email: 'carla@oficina.example' }).expect(201);
  });

  it('S0.54 is refused for a domain that is not allowed', async () => {
    await api.rows(
      `update portals set settings = '{"invitations": {"allowedDomains": ["padaria.example"]}}' where slug = 'aurora'`,
    );
    const elsewhere = { ...NEW, email: 'nova@elsewhere.example' };
    const { body } = await refusal(ana.post(INVITATIONS, elsewhere), 400, 'invitation_domain_not_allowed');
    expect(body.errors[0].path).toBe('email');
    await ana.post(INVITATIONS, NEW).expect(201);
  });

  it('S0.53 does not exist while the portal has invitations switched off', async () => {
    await api.rows(`update portals set settings = '{"features": {"invitations": false}}' where slug = 'aurora'`);
    await refusal(ana.get(INVITATIONS), 403, 'PORTAL_INVITATIONS_DISABLED');
    await refusal(ana.post(INVITATIONS, NEW), 403, 'PORTAL_INVITATIONS_DISABLED');
    for (const act of ['resend', 'cancel']) {
      await refusal(ana.post(`${INVITATIONS}/${INVITATION}/${act}`), 403, 'PORTAL_INVITATIONS_DISABLED');
    }
  });

  it('S0.53 a link stays as good as it was while the portal has invitations switched off', async () => {
    const token = await api.linkFor(INVITED, 'invitation');
    const look = () => api.visitor('/o/aurora').post('/api/v1/portal/auth/invitation', { token });
    const switched = (on: boolean) =>
      api.rows('update portals set settings = $1 where is_default', JSON.stringify({ features: { invitations: on } }));
    await switched(false);
    await refusal(look(), 403, 'PORTAL_INVITATIONS_DISABLED');
    await refusal(accept(token), 403, 'PORTAL_INVITATIONS_DISABLED');
    expect(await api.rows('select status from portal_users where id = $1', INVITED)).toEqual([
      { status: 'pending_invitation' },
    ]);
    await switched(true);
    await look().expect(200);
    await accept(token).expect(200);
  });

  it('B.1 counts no mails of invitations that were refused', async () => {
    for (let count = 0; count < 6; count += 1) {
      await refusal(ana.post(INVITATIONS, { ...NEW, roleId: NONE }), 400, 'validation_failed');
      const existing = { ...NEW, email: 'bruno@padaria.example' };
      await refusal(ana.post(INVITATIONS, existing), 409, 'email_taken');
    }

    await ana.post(INVITATIONS, NEW).expect(201);
    for (let count = 0; count < 4; count += 1) {
      const [{ id } = { id: '' }] = await api.rows<{ id: string }>(
        "select id from invitations where email = 'nova@padaria.example'",
      );
      await ana.post(`${INVITATIONS}/${id}/resend`).expect(200);
    }
  });

  it('B.1 keeps nobody from inviting an address by any number of invitations that were refused at once', async () => {
    const refused = await Promise.all(
      Array.from({ length: 14 }, () => ana.post(INVITATIONS, { ...NEW, roleId: NONE })),
    );
    for (const { status } of refused) expect([400, 429]).toContain(status);
    expect(await api.rows('select 1 from mails')).toEqual([]);
    const owner = await api.signIn('staff', 'owner@aurora.example');
    const byStaff = { ...NEW, billingAccountId: idOf('account:padaria') };
    const { body } = await owner.post('/api/v1/admin/invitations', byStaff).expect(201);
    for (let count = 0; count < 5; count += 1)
      await ana.post(`${INVITATIONS}/${body.invitation.id}/resend`).expect(200);
    await refusal(ana.post(`${INVITATIONS}/${body.invitation.id}/resend`), 429, 'rate_limited');
    // What customers send takes nothing from staff, nor from another account.
    await owner.post(`/api/v1/admin/invitations/${body.invitation.id}/resend`).expect(200);
    const carla = await api.signIn('portal', 'carla@oficina.example');
    const { body: hers } = await carla.post(INVITATIONS, NEW).expect(201);
    // But many accounts are no way to one mailbox.
    for (let count = 0; count < 4; count += 1)
      await carla.post(`${INVITATIONS}/${hers.invitation.id}/resend`).expect(200);
    const { body: made } = await owner.post('/api/v1/admin/billing-accounts', { name: 'Terceira' }).expect(201);
    const email = 'terceira@padaria.example';
    const person = { billingAccountId: made.billingAccount.id, roleId: FULL, email, name: 'Tina', password: PASSWORD };
    await owner.post('/api/v1/admin/portal-users', person).expect(201);
    const third = await api.signIn('portal', email);
    await refusal(third.post(INVITATIONS, NEW), 429, 'rate_limited');
    await third.post(INVITATIONS, { ...NEW, email: 'outra@padaria.example' }).expect(201);
  });

  it('B.1 sends strangers no more than 60 mails in an hour from one account', async () => {
    for (let n = 0; n < 60; n += 1) await ana.post(INVITATIONS, { ...NEW, email: `n${n}@padaria.example` }).expect(201);
    const refused = await refusal(ana.post(INVITATIONS, NEW), 429, 'rate_limited');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    await refusal(ana.post(`${INVITATIONS}/${INVITATION}/resend`), 429, 'rate_limited');
    const carla = await api.signIn('portal', 'carla@oficina.example');
    await carla.post(INVITATIONS, NEW).expect(201);
  });
});

describe("an account's invitations", () => {
  it("S0.25 are listed, also those by staff, and nobody else's", async () => {
    const { body } = await ana.get(INVITATIONS).expect(200);
    expect(body.data.map(({ id }: { id: string }) => id)).toEqual([INVITATION]);
    expect(body.pagination).toMatchObject({ total: 1 });
    expect((await ana.get(`${INVITATIONS}?status=accepted`).expect(200)).body.data).toEqual([]);
    expect((await ana.get(`${INVITATIONS}?q=pérson`).expect(200)).body.data).toHaveLength(1);
  });

  it.each([
    ['queued', null],
    ['queued', 'server_unavailable'],
    ['sent', null],
    ['failed', 'recipient_refused'],
  ])('S0.25 show that the mail is %s, and its problem %s', async (status, problem) => {
    const { body } = await ana.post(INVITATIONS, NEW).expect(201);
    await api.rows('update mails set status = $1, problem = $2, last_error = $2', status, problem);
    const listed = await ana.get(`${INVITATIONS}?q=nova`).expect(200);
    expect(listed.body.data).toEqual([
      expect.objectContaining({ id: body.invitation.id, mailStatus: status, mailProblem: problem }),
    ]);
    const owner = await api.signIn('staff', 'owner@aurora.example');
    const byStaff = await owner.get('/api/v1/admin/invitations?q=nova').expect(200);
    expect(byStaff.body.data[0]).toMatchObject({ mailStatus: status, mailProblem: problem });
  });

  it('S0.30 are resent: the new link works, the old one is dead', async () => {
    const old = await api.linkFor(INVITED, 'invitation');
    await api.rows('update portal_users set role_id = $1 where id = $2', LIMITED, INVITED);
    const { body } = await ana.post(`${INVITATIONS}/${INVITATION}/resend`).expect(200);
    expect(body.invitation).toMatchObject({ status: 'pending', sentCount: 2, mailStatus: 'queued' });
    await refusal(accept(old), 400, 'token_invalid');
    await accept(await api.linkFor(INVITED, 'invitation')).expect(200);
  });

  it('S0.29 are cancelled: the link dies, and the person may be invited again', async () => {
    const token = await api.linkFor(INVITED, 'invitation');
    const { body } = await ana.post(`${INVITATIONS}/${INVITATION}/cancel`).expect(200);
    expect(body.invitation.status).toBe('cancelled');
    await refusal(accept(token), 400, 'token_invalid');
    const again = { ...NEW, email: 'invited@padaria.example' };
    const second = await ana.post(INVITATIONS, again).expect(201);
    expect(second.body.invitation).toMatchObject({ name: NEW.name, role: { id: LIMITED } });
    await refusal(ana.post(INVITATIONS, again), 409, 'invitation_waiting');
    await accept(await api.linkFor(INVITED, 'invitation')).expect(200);
  });

  it('S0.29 S0.25 cancelled, and invited again by two at once: one invitation', async () => {
    await ana.post(`${INVITATIONS}/${INVITATION}/cancel`).expect(200);
    const owner = await api.signIn('staff', 'owner@aurora.example');
    const again = { ...NEW, email: 'invited@padaria.example' };
    const answers = await Promise.all([
      ana.post(INVITATIONS, again),
      owner.post('/api/v1/admin/invitations', { ...again, billingAccountId: idOf('account:padaria') }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(
      await api.rows("select 1 from invitations where portal_user_id = $1 and status = 'pending'", INVITED),
    ).toHaveLength(1);
  });

  it.each(['resend', 'cancel'])('S2.30 with a role that one may not give are no subject to %s', async (act) => {
    await api.rows('update portal_users set role_id = $1 where id = $2', NONE, INVITED);
    await refusal(ana.post(`${INVITATIONS}/${INVITATION}/${act}`), 403, 'role_not_grantable');
    await refusal(ana.post(`${INVITATIONS}/${idOf('invitation:invited-oficina')}/${act}`), 404, 'not_found');
  });
});

it('S2.30 a role that may be given can be a higher one than the default', async () => {
  const { body } = await ana.post(INVITATIONS, { ...NEW, roleId: FULL }).expect(201);
  expect(body.invitation.role.id).toBe(FULL);
});

describe('several invitations by a portal user', () => {
  const BATCH = `${INVITATIONS}/batch`;
  const person = (name: string) => ({ name, email: `${name}@padaria.example` });
  const send = (invitations: object[], roleId = LIMITED) => ana.post(BATCH, { roleId, invitations });
  const listed = () => api.rows("select 1 from invitations where invited_by_type = 'user'");

  it('S0.53 all get the role, each a mail of their own', async () => {
    const { body } = await send([person('um'), person('dois')]).expect(201);
    expect(
      body.invitations.map(({ email, role }: { email: string; role: { id: string } }) => [email, role.id]),
    ).toEqual([
      ['um@padaria.example', LIMITED],
      ['dois@padaria.example', LIMITED],
    ]);
    expect(await api.rows("select 1 from mails where template = 'invitation'")).toHaveLength(2);
  });

  it.each<[string, object[], string | undefined, [string, string][]]>([
    ['who has access already', [person('um'), person('ana')], undefined, [['invitations.1.email', 'email_taken']]],
    ['one twice', [person('um'), person('um')], undefined, [['invitations.1.email', 'repeated']]],
    ['half an address', [{ name: 'Um', email: 'um@' }], undefined, [['invitations.0.email', 'isEmail']]],
    ['a role that is not theirs to give', [person('um')], NONE, [['invitations.0.roleId', 'notGrantable']]],
    [
      'a domain that is not allowed',
      [{ name: 'Um', email: 'um@elsewhere.example' }],
      undefined,
      [['invitations.0.email', 'domain']],
    ],
  ])('S0.53 S0.54 nobody is invited where there is %s', async (_what, people, roleId, errors) => {
    await api.rows(
      `update portals set settings = '{"invitations": {"allowedDomains": ["padaria.example"]}}' where slug = 'aurora'`,
    );
    for (const path of [BATCH, `${BATCH}/check`]) {
      const { body } = await refusal(
        ana.post(path, { roleId: roleId ?? LIMITED, invitations: people }),
        400,
        'validation_failed',
      );
      expect(body.errors.map(({ path: at, code }: { path: string; code: string }) => [at, code])).toEqual(errors);
    }
    expect(await listed()).toEqual([]);
  });

  it('S0.53 are at most 50 at once, and 60 an hour', async () => {
    const many = (count: number, from = 0) => Array.from({ length: count }, (_, n) => person(`p${from + n}`));
    await refusal(send(many(51)), 400, 'validation_failed');
    await send(many(50)).expect(201);
    await refusal(send(many(11, 50)), 429, 'rate_limited');
    await send(many(10, 50)).expect(201);
  });

  it('S0.53 S0.54 are told whose addresses may be invited', async () => {
    const rules = async () => (await ana.get(`${INVITATIONS}/rules`).expect(200)).body.rules;
    expect(await rules()).toEqual({ allowedDomains: [], mostAtOnce: 50 });
    await api.rows(
      `update portals set settings = '{"invitations": {"allowedDomains": ["padaria.example"]}}' where slug = 'aurora'`,
    );
    expect((await rules()).allowedDomains).toEqual(['padaria.example']);
  });
});

it('S0.53 a list is narrowed to the mails that did not arrive', async () => {
  await ana.post(INVITATIONS, NEW).expect(201);
  await api.rows("update mails set status = 'failed' where template = 'invitation'");
  const of = async (status: string) =>
    (await ana.get(`${INVITATIONS}?mailStatus=${status}`).expect(200)).body.data.length;
  expect([await of('failed'), await of('sent')]).toEqual([1, 0]);
});
