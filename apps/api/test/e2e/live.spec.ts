import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppConfig } from '@balcao/platform-config';
import { LiveStreams } from '@balcao/platform-live/http';
import { createLogger } from '@balcao/platform-logging';
import { Database } from '@balcao/platform-tenancy';
import { eventually } from '@balcao/platform-testing';
import { createApp } from '../../src/create-app.js';
import { Ear, LIVE_PATHS } from '../support/ear.js';
import { idOf } from '../support/ids.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';
import { PASSWORD } from '../support/world.js';

/** The process that pages listen to is another one than that in which things happen. */
let api: TestApp;
let other: NestFastifyApplication;
let ana: Visitor;
let agent: Visitor;
let ears: Ear[];

beforeAll(async () => {
  api = await startTestApp();
  ({ app: other } = await createApp({ config: api.config, logger: createLogger('test', 'silent') }));
  await other.listen(0, '127.0.0.1');
});
afterAll(async () => {
  await other.close();
  await api.close();
});
beforeEach(async () => {
  await api.reset();
  ears = [];
  ana = await api.signIn('portal', 'ana@padaria.example', { via: 'bearer' });
  agent = await api.signIn('staff', 'agent@aurora.example', { via: 'bearer' });
  // Whoever answers what nobody takes care of takes it, which is a message of its own.
  await api.rows('update tickets set assignee_id = $1 where id = $2', idOf('staff:aurora:agent'), idOf('ticket:ana'));
});
afterEach(() => ears.forEach((ear) => ear.close()));

async function listen(
  visitor: Visitor,
  path: string,
  since?: string,
  app: NestFastifyApplication = other,
): Promise<Ear> {
  const { port } = (app.getHttpServer() as Server).address() as AddressInfo;
  const ear = await Ear.open(`http://127.0.0.1:${port}`, visitor, path, since);
  ears.push(ear);
  return ear;
}
const { portal: PORTAL, staff: STAFF } = LIVE_PATHS;
const answer = (body: string, isPublic = true) =>
  agent.post(`/api/v1/admin/tickets/${idOf('ticket:ana')}/comments`, { body, isPublic }).expect(201);
const hears = (ear: Ear, ...names: string[]) => ear.hears(...names);

describe('what happens in one process', () => {
  it('is heard at once in another, by staff and by the customer, as ids', async () => {
    const [customer, staff] = [await listen(ana, PORTAL), await listen(agent, STAFF)];
    for (const ear of [customer, staff]) {
      expect(ear.response.statusCode).toBe(200);
      expect(ear.response.headers).toMatchObject({ 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
      expect(ear.response.headers['content-encoding']).toBeUndefined();
      await hears(ear, 'ready');
    }
    await answer('Amanhã cedo');
    await hears(customer, 'ready', 'ticket.replied');
    await hears(staff, 'ready', 'ticket.replied');
    expect(customer.heard[1]).toEqual({
      id: expect.any(String),
      name: 'ticket.replied',
      ids: { ticketId: idOf('ticket:ana'), commentId: expect.any(String) },
    });
  });

  it('S3.51 B.1 is not heard by whom it does not concern, nor are notes by a customer', async () => {
    const strangers = [
      await listen(await api.signIn('portal', 'carla@oficina.example', { via: 'bearer' }), PORTAL),
      await listen(await api.signIn('staff', 'owner@boreal.example', { via: 'bearer' }), STAFF),
    ];
    const customer = await listen(ana, PORTAL);
    await hears(customer, 'ready');
    await answer('Já teve isto em maio', false);
    await answer('Amanhã cedo');
    await hears(customer, 'ready', 'ticket.replied');
    for (const stranger of strangers) expect(stranger.names).toEqual(['ready']);
  });

  const ofOwner = () => api.signIn('staff', 'owner@aurora.example');
  const portalPath = `/api/v1/admin/portals/${idOf('portal:aurora')}`;
  it.each([
    [
      'portal.changed',
      async () =>
        (await ofOwner()).patch(portalPath, { version: 1, settings: { tickets: { autoCloseDays: 9 } } }).expect(200),
      { portalId: idOf('portal:aurora') },
    ],
    [
      'organization.changed',
      async () =>
        (await ofOwner()).patch('/api/v1/admin/organization', { version: 1, name: 'Aurora Fibra' }).expect(200),
      { organizationId: idOf('organization:aurora') },
    ],
    [
      'domain.changed',
      async () => (await ofOwner()).put(`${portalPath}/domain`, { domain: 'clientes.aurora.example' }).expect(200),
      { domainId: expect.any(String), portalId: idOf('portal:aurora') },
    ],
  ] as const)('%s is heard by staff of the organization, and by nobody else', async (name, happen, ids) => {
    const [customer, staff] = [await listen(ana, PORTAL), await listen(agent, STAFF)];
    const stranger = await listen(await api.signIn('staff', 'owner@boreal.example', { via: 'bearer' }), STAFF);
    for (const ear of [customer, staff, stranger]) await hears(ear, 'ready');
    await happen();
    await hears(staff, 'ready', name);
    expect(staff.heard[1]).toEqual({ id: expect.any(String), name, ids });
    await answer('Amanhã cedo');
    await hears(customer, 'ready', 'ticket.replied');
    expect(stranger.names).toEqual(['ready']);
  });

  it("B.1 is heard of one's own tickets only where the role says so", async () => {
    await api.rows(`update roles set permissions = array_remove(permissions, 'tickets:read_account')`);
    const bruno = await listen(await api.signIn('portal', 'bruno@padaria.example', { via: 'bearer' }), PORTAL);
    const customer = await listen(ana, PORTAL);
    await hears(customer, 'ready');
    await answer('Amanhã cedo');
    await hears(customer, 'ready', 'ticket.replied');
    expect(bruno.names).toEqual(['ready']);
  });

  it('is caught up with by who comes back, and read anew by who was away too long', async () => {
    const [first, staff] = [await listen(ana, PORTAL), await listen(agent, STAFF)];
    await hears(first, 'ready');
    await answer('Eins');
    await hears(first, 'ready', 'ticket.replied');
    first.close();
    await answer('Zwei');
    await hears(staff, 'ready', 'ticket.replied', 'ticket.replied');
    const back = await listen(ana, PORTAL, first.heard[1]!.id);
    await hears(back, 'ticket.replied', 'ready');
    const lost = await listen(ana, PORTAL, '01999999-9999-7999-8999-999999999999');
    await hears(lost, 'reset');
  });

  it('may have been missed where the database was away: then everything is read anew', async () => {
    const customer = await listen(ana, PORTAL);
    await hears(customer, 'ready');
    await api.rows(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'balcao-live' and datname = current_database()",
    );
    await hears(customer, 'ready', 'reset');
    await answer('Amanhã cedo');
    await hears(customer, 'ready', 'reset', 'ticket.replied');
  });
});

const staffPatch = async (path: string, body: object) =>
  (await api.signIn('staff', 'owner@aurora.example')).patch(`/api/v1/admin/${path}`, body).expect(200);

describe('a stream', () => {
  it('is for who is signed in', async () => {
    for (const path of [PORTAL, STAFF]) expect((await listen(api.visitor(), path)).response.statusCode).toBe(401);
    expect((await listen(ana, STAFF)).response.statusCode).toBe(401);
  });

  it('is opened for nobody who asks for its headers only', async () => {
    const open = jest.spyOn(api.app.get(LiveStreams, { strict: false }), 'stream');
    try {
      for (const [visitor, path] of [
        [ana, PORTAL],
        [agent, STAFF],
      ] as const)
        await visitor.head(path).expect(200);
      expect(open).not.toHaveBeenCalled();
    } finally {
      open.mockRestore();
    }
  });

  it('S3.22 ends with its session at once, wherever that ended', async () => {
    const [customer, staff] = [await listen(ana, PORTAL), await listen(agent, STAFF)];
    await hears(customer, 'ready');
    await ana.post('/api/v1/portal/auth/logout').expect(200);
    await eventually('the end', () => customer.ended);
    expect(staff.ended).toBe(false);
  });

  it.each([
    [
      'staff suspend the customer',
      'customer',
      () => staffPatch(`portal-users/${idOf('user:ana')}`, { status: 'suspended' }),
    ],
    [
      'the customer gets another role',
      'customer',
      () => staffPatch(`portal-users/${idOf('user:ana')}`, { roleId: idOf('role:aurora:limited') }),
    ],
    [
      'a permission is taken from the role',
      'customer',
      () => staffPatch(`roles/${idOf('role:aurora:full')}`, { permissions: ['kb:read'] }),
    ],
    [
      'the portal no longer lets the role in',
      'customer',
      () =>
        staffPatch(`portals/${idOf('portal:aurora')}/roles`, { version: 1, roleIds: [idOf('role:aurora:limited')] }),
    ],
    [
      'the customer changes the password elsewhere',
      'customer',
      async () => {
        const elsewhere = await api.signIn('portal', 'ana@padaria.example', { via: 'bearer' });
        const passwords = { currentPassword: PASSWORD, newPassword: 'quatro palavras sem nexo' };
        return elsewhere.post('/api/v1/portal/profile/password', passwords).expect(200);
      },
    ],
    [
      'the customer has to sign in by single sign-on',
      'customer',
      () => staffPatch(`portal-users/${idOf('user:ana')}`, { ssoOnly: true }),
    ],
    [
      'a colleague is suspended',
      'agent',
      () => staffPatch(`staff/${idOf('staff:aurora:agent')}`, { status: 'suspended' }),
    ],
    [
      'a colleague gets another role',
      'agent',
      () => staffPatch(`staff/${idOf('staff:aurora:agent')}`, { role: 'billing' }),
    ],
    [
      'the feature is switched off',
      'customer',
      () => api.rows(`update portals set settings = '{"features":{"tickets":false}}' where slug = 'aurora'`),
    ],
    [
      'an operator suspends the organization',
      'both',
      async () => {
        const operator = await api.signIn('operator', 'operator@balcao.example');
        return operator.patch(`/ops/organizations/${idOf('organization:aurora')}`, { status: 'suspended' }).expect(200);
      },
    ],
    [
      'a session is deleted in the database',
      'customer',
      () => api.rows(`delete from sessions where subject_id = '${idOf('user:ana')}'`),
    ],
  ] as const)("ends at once where %s, and nobody else's does", async (_what, whose, happen) => {
    const [customer, staff] = [await listen(ana, PORTAL), await listen(agent, STAFF)];
    const stranger = await listen(await api.signIn('portal', 'davi@boreal-cliente.example', { via: 'bearer' }), PORTAL);
    for (const ear of [customer, staff, stranger]) await hears(ear, 'ready');
    await happen();
    const ends = { customer: [customer], agent: [staff], both: [customer, staff] }[whose];
    await eventually('the end', () => ends.every(({ ended }) => ended), 5_000);
    expect([customer, staff, stranger].map((ear) => ear.ended)).toEqual([
      whose !== 'agent',
      whose !== 'customer',
      false,
    ]);
  });

  it('tells nothing more once the right to it is lost, however soon something happens', async () => {
    const customer = await listen(ana, PORTAL);
    await hears(customer, 'ready');
    await api.rows(
      `update roles set permissions = array_remove(array_remove(permissions, 'tickets:read_account'), 'tickets:read_own')`,
    );
    await answer('Amanhã cedo');
    await eventually('the end', () => customer.ended);
    expect(customer.names).toEqual(['ready']);
  });

  it('is looked at when it opens: what changed on the way in ends it as well', async () => {
    const streams = other.get(LiveStreams, { strict: false });
    const look = jest.spyOn(streams, 'stream').mockImplementationOnce((reader) => {
      look.mockRestore();
      return streams.stream({ ...reader, stillMay: () => Promise.resolve(false) });
    });
    const customer = await listen(ana, PORTAL);
    await eventually('the end', () => customer.ended);
  });

  it('ends at the next look where person or rights are not what they were, and no look lengthens a session', async () => {
    const [customer, staff] = [await listen(ana, PORTAL), await listen(agent, STAFF)];
    await hears(customer, 'ready');
    await api.rows("update sessions set last_seen_at = now() - interval '1 hour'");
    const seen = () => api.rows('select id, last_seen_at, expires_at from sessions order by id');
    const before = await seen();
    await other.get(LiveStreams, { strict: false }).recheck();
    expect([customer.ended, staff.ended]).toEqual([false, false]);
    expect(await seen()).toEqual(before);
    await api.rows(`alter table roles disable trigger tell_of_access`);
    await api.rows(`update roles set permissions = array_remove(permissions, 'tickets:read_account')`);
    await api.rows(`alter table roles enable trigger tell_of_access`);
    expect(customer.ended).toBe(false);
    await other.get(LiveStreams, { strict: false }).recheck();
    await eventually('the end', () => customer.ended);
    expect(staff.ended).toBe(false);
  });

  it('is one of twenty that a person may have: one more ends the oldest', async () => {
    const open: Ear[] = [];
    for (let count = 0; count < 21; count += 1) open.push(await listen(ana, PORTAL));
    expect(open.map(({ response }) => response.statusCode)).toEqual(Array<number>(21).fill(200));
    await eventually('the end', () => open[0]!.ended);
    expect(open.slice(1).filter(({ ended }) => ended)).toEqual([]);
  });

  it('is one of as many as staff and the customers of an account may have at a process', async () => {
    const config = other.get(AppConfig);
    const usual = config.liveStreamsPerOrganization;
    const carla = await api.signIn('portal', 'carla@oficina.example', { via: 'bearer' });
    const statuses = async (visitor: Visitor, path: string, count: number) => {
      const found = [];
      for (; count > 0; count -= 1) found.push((await listen(visitor, path)).response.statusCode);
      return found;
    };
    config.liveStreamsPerOrganization = 20;
    try {
      expect(await statuses(ana, PORTAL, 3)).toEqual([200, 200, 429]);
      expect(await statuses(carla, PORTAL, 1)).toEqual([200]);
      config.liveStreamsPerOrganization = 3;
      expect(await statuses(agent, STAFF, 4)).toEqual([200, 200, 200, 429]);
    } finally {
      config.liveStreamsPerOrganization = usual;
    }
  });

  it('is looked at together with all others, by one statement for staff and one for customers', async () => {
    const owner = await api.signIn('staff', 'owner@aurora.example', { via: 'bearer' });
    for (const [visitor, path] of [
      [agent, STAFF],
      [owner, STAFF],
      [ana, PORTAL],
    ] as const) {
      for (let count = 0; count < 15; count += 1) await hears(await listen(visitor, path), 'ready');
    }
    const doors = jest.spyOn(other.get(Database), 'door');
    try {
      await other.get(LiveStreams, { strict: false }).recheck();
      expect(doors.mock.calls.map(([door]) => door).sort()).toEqual(['door_portal_sessions', 'door_staff_sessions']);
    } finally {
      doors.mockRestore();
    }
    expect(ears.filter(({ ended }) => ended)).toEqual([]);
  });

  it('does not keep a process from stopping', async () => {
    const { app } = await createApp({ config: api.config, logger: createLogger('test', 'silent') });
    await app.listen(0, '127.0.0.1');
    const staff = await listen(agent, STAFF, undefined, app);
    await hears(staff, 'ready');
    const begun = performance.now();
    await app.close();
    expect(staff.ended).toBe(true);
    expect(performance.now() - begun).toBeLessThan(8_000);
  });
});
