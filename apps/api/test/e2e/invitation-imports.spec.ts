import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { StaffService } from '@balcao/module-directory';
import { InvitationService } from '@balcao/module-portal';
import { ImportRunner } from '@balcao/module-portal/worker';
import { Events } from '@balcao/platform-events';
import { Outbox } from '@balcao/platform-outbox';
import { RateLimiter } from '@balcao/platform-state';
import { Database, sql, systemClock, systemContext } from '@balcao/platform-tenancy';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const IMPORTS = '/api/v1/admin/invitation-imports';
const PADARIA = { billingAccountId: idOf('account:padaria') };

type Line = [line: number | string, name: string, email: string, role?: string, problem?: string];
const listOf = (lines: Line[]) =>
  ['line,name,email,role,problem', ...lines.map((cells) => cells.map((cell) => `"${cell}"`).join(','))].join('\r\n');
const people = (count: number): Line[] =>
  Array.from({ length: count }, (_, place) => [place + 2, `Pessoa ${place}`, `p${place}@padaria.example`]);

let api: TestApp;
let owner: Visitor;
let runner: ImportRunner;
beforeAll(async () => {
  api = await startTestApp();
  const the = <Service>(type: new (...needs: never[]) => Service) => api.app.get<Service>(type, { strict: false });
  runner = new ImportRunner(the(Database), the(InvitationService), the(StaffService), the(Outbox), the(Events));
});
beforeEach(async () => {
  await api.reset();
  owner = await api.signIn('staff', 'owner@aurora.example');
});
afterAll(() => api.close());

const send = (lines: Line[], more = {}) => owner.post(IMPORTS, { ...PADARIA, people: listOf(lines), ...more });
const began = async (lines: Line[], more = {}): Promise<string> => (await send(lines, more).expect(201)).body.import.id;
const get = async (id: string) => (await owner.get(`${IMPORTS}/${id}`).expect(200)).body.import;
const refused = async (id: string): Promise<[number, string][]> =>
  (await owner.get(`${IMPORTS}/${id}/refused`).expect(200)).body.data.map(
    ({ line, code }: { line: number; code: string }) => [line, code],
  );

/** One delivery of a job, which is finished as the worker does it. */
async function deliver(outboxId: string, importId: string, { finishes = true } = {}): Promise<void> {
  const context = systemContext(idOf('organization:aurora'), { clock: systemClock });
  const job = {
    name: 'invitations.import' as const,
    version: 1,
    payload: { importId },
    outboxId,
    deliveryId: '1',
    context,
  };
  await runner.handle(job, async (db) => {
    if (!finishes) throw new Error('the worker dies here');
    await db.execute(sql`update outbox set status = 'done', done_at = now() where id = ${outboxId}::uuid`);
  });
}

/** Delivers what waits until nothing does. @returns how many turns it took */
async function work(): Promise<number> {
  for (let turns = 0; ; turns++) {
    const [job] = await api.rows<{ id: string; importId: string }>(
      `select id, payload ->> 'importId' as "importId" from outbox where job = 'invitations.import' and status <> 'done'`,
    );
    if (!job) return turns;
    await deliver(job.id, job.importId);
  }
}
const mails = async () => (await api.rows("select 1 from mails where template = 'invitation'")).length;

it('S0.53 invites the good lines, and tells of each other one with its reason', async () => {
  await api.rows(
    `update portals set settings = '{"invitations": {"allowedDomains": ["padaria.example"]}}' where slug = 'aurora'`,
  );
  const id = await began([
    [2, 'Um', 'UM@padaria.example'],
    [3, 'Dois', 'dois@padaria.example', 'FULL of aurora'],
    [4, 'Ana', 'ana@padaria.example'],
    [5, 'Ivo', 'invited@padaria.example'],
    [6, 'Tres', 'tres@elsewhere.example'],
    [7, 'Quatro', 'quatro@'],
    [8, '', 'cinco@padaria.example'],
    [9, 'Um de novo', 'um@padaria.example'],
    [10, 'Seis', 'seis@padaria.example', 'Chefia'],
    [11, 'premio.com', 'sete@padaria.example'],
    [12, 'Oito', 'oito@padaria.example', '', 'severalEmails'],
  ]);
  expect(await get(id)).toMatchObject({ status: 'running', lines: 11, invited: 0, known: 2, refused: 7 });
  await work();
  expect(await get(id)).toMatchObject({
    status: 'finished',
    invited: 2,
    known: 2,
    refused: 7,
    createdByName: 'owner of aurora',
    finishedAt: expect.any(String),
  });
  expect(await refused(id)).toEqual([
    [6, 'domain'],
    [7, 'isEmail'],
    [8, 'required'],
    [9, 'repeated'],
    [10, 'isRole'],
    [11, 'isName'],
    [12, 'severalEmails'],
  ]);
  expect(
    await api.rows(`select i.email, r.name, i.invited_by_name as "by" from invitations i join portal_users u on u.id = i.portal_user_id
      join roles r on r.id = u.role_id where i.email in ('um@padaria.example', 'dois@padaria.example') order by i.email`),
  ).toEqual([
    { email: 'dois@padaria.example', name: 'full of aurora', by: 'owner of aurora' },
    { email: 'um@padaria.example', name: 'limited of aurora', by: 'owner of aurora' },
  ]);
  expect(await mails()).toBe(2);
});

it('S0.53 says each reason in the language that is asked for', async () => {
  const id = await began([[2, 'Um', 'um@']]);
  const ask = (language: string) =>
    owner.with({ headers: { 'accept-language': language } }).get(`${IMPORTS}/${id}/refused`);
  const [portuguese, english] = [await ask('pt-BR'), await ask('en-US')];
  expect(portuguese.body.data[0].message).toMatch(/^Falta algo/);
  expect(english.body.data[0].message).toMatch(/^Something is missing/);
});

it('S0.53 the same list again invites nobody twice', async () => {
  await began(people(3));
  await work();
  const again = await began(people(3));
  await work();
  expect(await get(again)).toMatchObject({ status: 'finished', invited: 0, known: 3, refused: 0 });
  expect(await mails()).toBe(3);
});

it('S0.53 a second list waits until the first is done, also at the same moment', async () => {
  const [one, other] = await Promise.all([send(people(2)), send(people(2))]);
  expect([one.status, other.status].sort()).toEqual([201, 409]);
  await refusal(send(people(1)), 409, 'import_running');
  await work();
  await send(people(1)).expect(201);
});

it('S0.53 takes turns with other work, and tells how far it has come', async () => {
  const id = await began(people(60));
  const [job] = await api.rows<{ id: string }>("select id from outbox where job = 'invitations.import'");
  await deliver(job!.id, id);
  expect(await get(id)).toMatchObject({ status: 'running', invited: 50 });
  expect(await work()).toBe(1);
  expect(await get(id)).toMatchObject({ status: 'finished', invited: 60 });
});

it('S0.53 goes on where a killed worker was, and invites nobody twice', async () => {
  const id = await began(people(60));
  const [job] = await api.rows<{ id: string }>("select id from outbox where job = 'invitations.import'");
  await expect(deliver(job!.id, id, { finishes: false })).rejects.toThrow('dies');
  expect(await mails()).toBe(50);
  await work();
  expect(await get(id)).toMatchObject({ status: 'finished', invited: 60, known: 0, refused: 0 });
  expect(await mails()).toBe(60);
});

it('S0.53 two workers at one list share it, and invite nobody twice', async () => {
  const id = await began(people(20));
  const [job] = await api.rows<{ id: string }>("select id from outbox where job = 'invitations.import'");
  await Promise.allSettled([deliver(job!.id, id), deliver(job!.id, id)]);
  await work();
  expect(await get(id)).toMatchObject({ status: 'finished', invited: 20, known: 0, refused: 0 });
  expect(await mails()).toBe(20);
});

it('S0.53 stops where it is told to, and says of the rest that it was', async () => {
  const id = await began(people(60));
  const [job] = await api.rows<{ id: string }>("select id from outbox where job = 'invitations.import'");
  await deliver(job!.id, id);
  const { body } = await owner.post(`${IMPORTS}/${id}/stop`).expect(200);
  expect(body.import).toMatchObject({ status: 'stopped', invited: 50, refused: 10 });
  await work();
  expect(await mails()).toBe(50);
  expect(new Set((await refused(id)).map(([, code]) => code))).toEqual(new Set(['invitationStopped']));
  await owner.post(`${IMPORTS}/${id}/stop`).expect(200);
  expect(await api.rows("select 1 from audit_log where action = 'staff.invitation_import.stop'")).toHaveLength(1);
});

it.each([
  ['is suspended', "update staff_users set status = 'suspended' where id = $1"],
  ['may not invite any more', "update staff_users set role = 'agent' where id = $1"],
])('S0.53 invites nobody in the name of who %s meanwhile', async (_what, change) => {
  const id = await began(people(2));
  await api.rows(change, idOf('staff:aurora:owner'));
  await work();
  const boss = await api.signIn('staff', 'admin@aurora.example');
  expect((await boss.get(`${IMPORTS}/${id}`)).body.import).toMatchObject({
    status: 'finished',
    invited: 0,
    refused: 2,
  });
  expect(await mails()).toBe(0);
});

it('S0.53 a line that meets a limit is told of, and the others go on', async () => {
  const strained = { ...PADARIA, email: 'p0@padaria.example', name: 'Pessoa' };
  for (let time = 1; time <= 5; time++) {
    const { body } = await owner.post('/api/v1/admin/invitations', strained).expect(201);
    await owner.post(`/api/v1/admin/invitations/${body.invitation.id}/cancel`).expect(200);
  }
  const id = await began(people(2));
  await work();
  expect(await get(id)).toMatchObject({ invited: 1, refused: 1 });
  expect(await refused(id)).toEqual([[2, 'invitationLimit']]);
});

it("S0.53 a list that today's mails do not do for is refused before anybody is invited", async () => {
  const staffs = `invitation-of|${idOf('organization:aurora')}|staff`;
  await api.app.get(RateLimiter, { strict: false }).consumeEach({ [staffs]: 2_000 }, 86_400, 1_990);
  await refusal(send(people(11)), 429, 'rate_limited');
  await send(people(10)).expect(201);
});

it.each<[string, Line[] | string, object, number, string]>([
  ['no line', [], {}, 400, 'validation_failed'],
  ['too many lines', people(2_001), {}, 400, 'validation_failed'],
  ['other headings', 'nome,endereço\r\nUm,um@padaria.example', {}, 400, 'validation_failed'],
  ['an account of others', people(1), { billingAccountId: idOf('account:mercado') }, 400, 'validation_failed'],
  ['a role of others', people(1), { roleId: idOf('role:boreal:full') }, 400, 'validation_failed'],
  ['a portal of others', people(1), { portalId: idOf('portal:boreal') }, 400, 'validation_failed'],
])('S0.53 refuses %s, and keeps nothing', async (_what, lines, more, status, code) => {
  const before = await api.rows('select id from invitation_imports');
  const list = typeof lines === 'string' ? lines : listOf(lines);
  await refusal(owner.post(IMPORTS, { ...PADARIA, people: list, ...more }), status, code);
  expect(await api.rows('select id from invitation_imports')).toEqual(before);
});

it('S0.53 is refused while invitations are switched off', async () => {
  await api.rows(`update portals set settings = '{"features": {"invitations": false}}' where slug = 'aurora'`);
  await refusal(send(people(1)), 403, 'PORTAL_INVITATIONS_DISABLED');
});

it('S0.53 is seen by who sees invitations, and sent and stopped by who invites', async () => {
  const id = await began(people(1));
  const agent = await api.signIn('staff', 'agent@aurora.example');
  await agent.get(`${IMPORTS}/${id}`).expect(200);
  await refusal(agent.post(IMPORTS, { ...PADARIA, people: listOf(people(1)) }), 403, 'permission_denied');
  await refusal(agent.post(`${IMPORTS}/${id}/stop`), 403, 'permission_denied');
  const other = await api.signIn('staff', 'owner@boreal.example');
  await refusal(other.get(`${IMPORTS}/${id}`), 404, 'not_found');
  await refusal(other.get(`${IMPORTS}/${id}/refused`), 404, 'not_found');
});
