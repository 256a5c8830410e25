import { request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { LiveStreams } from '@balcao/platform-live/http';
import { createLogger } from '@balcao/platform-logging';
import { eventually } from '@balcao/platform-testing';
import { createApp } from '../../src/create-app.js';
import { idOf } from '../support/ids.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

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
});
afterEach(() => ears.forEach((ear) => ear.close()));

interface Heard {
  id?: string;
  type?: string;
  name?: string;
  ids?: Record<string, string>;
}

/** A page that listens. */
class Ear {
  readonly heard: Heard[] = [];
  ended = false;

  constructor(readonly response: IncomingMessage) {
    let rest = '';
    response.setEncoding('utf8');
    response.on('data', (text: string) => {
      const parts = (rest + text).split('\n\n');
      rest = parts.pop()!;
      for (const part of parts) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(part)?.[1];
        const data = JSON.parse(field('data') ?? '{}') as Pick<Heard, 'name' | 'ids'>;
        this.heard.push({ id: field('id'), type: field('event'), ...data });
      }
    });
    for (const event of ['end', 'close', 'error']) response.on(event, () => (this.ended = true));
  }

  get names(): (string | undefined)[] {
    return this.heard.map(({ type, name }) => name ?? type);
  }

  close(): void {
    this.response.destroy();
  }
}

function listen(visitor: Visitor, path: string, since?: string, app: NestFastifyApplication = other): Promise<Ear> {
  const { port } = (app.getHttpServer() as Server).address() as AddressInfo;
  const { bearer } = visitor.credentials;
  const headers = {
    ...visitor.headers,
    ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
    ...(since ? { 'last-event-id': since } : {}),
  };
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers }, (response) => {
      const ear = new Ear(response);
      ears.push(ear);
      resolve(ear);
    })
      .on('error', reject)
      .end();
  });
}
const PORTAL = '/api/v1/portal/live';
const STAFF = '/api/v1/admin/live';
const answer = (body: string, isPublic = true) =>
  agent.post(`/api/v1/admin/tickets/${idOf('ticket:ana')}/comments`, { body, isPublic }).expect(201);
const hears = (ear: Ear, ...names: string[]) =>
  eventually(`${names.join(', ')} instead of ${ear.names.join(', ')}`, () => ear.names.join() === names.join());

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

describe('a stream', () => {
  it('is for who is signed in', async () => {
    for (const path of [PORTAL, STAFF]) expect((await listen(api.visitor(), path)).response.statusCode).toBe(401);
    expect((await listen(ana, STAFF)).response.statusCode).toBe(401);
  });

  it('S3.22 ends with its session at once, wherever that ended', async () => {
    const [customer, staff] = [await listen(ana, PORTAL), await listen(agent, STAFF)];
    await hears(customer, 'ready');
    await ana.post('/api/v1/portal/auth/logout').expect(200);
    await eventually('the end', () => customer.ended);
    expect(staff.ended).toBe(false);
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
    await api.rows(`update roles set permissions = array_remove(permissions, 'tickets:read_account')`);
    await other.get(LiveStreams, { strict: false }).recheck();
    await eventually('the end', () => customer.ended);
    expect(staff.ended).toBe(false);
  });

  it('is one of a few that a session may have', async () => {
    const statuses = [];
    for (let count = 0; count < 9; count += 1) statuses.push((await listen(ana, PORTAL)).response.statusCode);
    expect(statuses).toEqual([...Array<number>(8).fill(200), 429]);
    ears[0]!.close();
    await eventually('room for another', async () => (await listen(ana, PORTAL)).response.statusCode === 200);
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
