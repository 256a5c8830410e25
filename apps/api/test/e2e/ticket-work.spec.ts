import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const TICKETS = '/api/v1/admin/tickets';
const path = (key: string) => `${TICKETS}/${idOf(`ticket:${key}`)}`;
const portalPath = (key: string) => `/api/v1/portal/tickets/${idOf(`ticket:${key}`)}`;
const PORTAL = `/api/v1/admin/portals/${idOf('portal:aurora')}`;

let api: TestApp;
let agent: Visitor;
let owner: Visitor;
let ana: Visitor;
beforeAll(async () => (api = await startTestApp()));
beforeEach(async () => {
  await api.reset();
  agent = await api.signIn('staff', 'agent@aurora.example');
  owner = await api.signIn('staff', 'owner@aurora.example');
  ana = await api.signIn('portal', 'ana@padaria.example');
});
afterAll(() => api.close());

const ticketOf = async (visitor: Visitor, key: string) => (await visitor.get(path(key)).expect(200)).body.ticket;

describe('two people at one ticket', () => {
  it('UX.8 who changes what they did not see is told, and may insist', async () => {
    const { version } = await ticketOf(agent, 'ana');
    await owner.patch(path('ana'), { status: 'pending', version }).expect(200);
    await refusal(agent.patch(path('ana'), { status: 'resolved', version }), 409, 'ticket_changed');
    const fresh = await ticketOf(agent, 'ana');
    expect(fresh).toMatchObject({ status: 'pending', version: version + 1 });
    await agent.patch(path('ana'), { status: 'resolved', version: fresh.version }).expect(200);
    await agent.patch(path('ana'), { priority: 'high' }).expect(200);
  });

  it('UX.8 who answers over an answer, or over a customer’s new words, is told, and nothing is sent', async () => {
    const { version } = await ticketOf(agent, 'ana');
    const answer = { body: 'Amanhã cedo.', isPublic: true, version };
    await owner.post(`${path('ana')}/comments`, answer).expect(201);
    await refusal(agent.post(`${path('ana')}/comments`, answer), 409, 'ticket_changed');
    const seen = await ticketOf(agent, 'ana');
    await ana.post(`${portalPath('ana')}/comments`, { body: 'Hoje, por favor' }).expect(201);
    await refusal(agent.post(`${path('ana')}/comments`, { ...answer, version: seen.version }), 409, 'ticket_changed');
    // The one answer, and what Ana wrote, to whoever took care of it by answering.
    expect(await api.mails()).toEqual([
      { template: 'ticket-reply', to: 'ana@padaria.example' },
      { template: 'ticket-customer-reply', to: 'owner@aurora.example' },
    ]);
  });

  it('UX.8 of two who change the same version at once, one wins', async () => {
    const { version } = await ticketOf(agent, 'ana');
    const statuses = (
      await Promise.all(
        Array.from({ length: 6 }, (_each, index) =>
          agent.patch(path('ana'), { priority: index % 2 ? 'low' : 'high', version }),
        ),
      )
    ).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 409, 409, 409, 409, 409]);
  });
});

describe('who takes care', () => {
  it('is active staff of the organization', async () => {
    await api.rows("update staff_users set status = 'suspended' where id = $1", idOf('staff:aurora:admin'));
    for (const assigneeId of [idOf('staff:aurora:admin'), idOf('staff:boreal:agent'), idOf('user:ana')]) {
      const { body } = await refusal(agent.patch(path('ana'), { assigneeId }), 400, 'validation_failed');
      expect(body.errors[0].path).toBe('assigneeId');
    }
    expect((await ticketOf(agent, 'ana')).assignee).toBeNull();
  });

  it('S4.16 reads the tickets of a customer who is suspended, and answers without a mail', async () => {
    await api.rows("update portal_users set status = 'suspended' where id = $1", idOf('user:ana'));
    expect((await ticketOf(agent, 'ana')).submittedBy).toMatchObject({ id: idOf('user:ana'), status: 'suspended' });
    await agent.post(`${path('ana')}/comments`, { body: 'Olá', isPublic: true }).expect(201);
    expect(await api.mails()).toEqual([]);
  });
});

describe('many tickets', () => {
  it('are changed at once, each with its own outcome', async () => {
    const keys = ['ana', 'bruno', 'ana-closed', 'davi'];
    const ids = keys.map((key) => idOf(`ticket:${key}`));
    const { body } = await agent.post(`${TICKETS}/bulk`, { ids, status: 'pending' }).expect(200);
    expect(body.results.map(({ outcome, code }: { outcome: string; code: string }) => [outcome, code])).toEqual([
      ['changed', null],
      ['changed', null],
      ['refused', 'ticket_transition_not_allowed'],
      ['not_found', null],
    ]);
    expect((await ticketOf(agent, 'bruno')).status).toBe('pending');
    const boreal = await api.rows('select status from tickets where id = $1', idOf('ticket:davi'));
    expect(boreal).toEqual([{ status: 'open' }]);
  });

  it('are at most 100, and changed by those who may', async () => {
    const ids = Array.from({ length: 101 }, (_each, index) => idOf(`ticket:${index}`));
    await refusal(agent.post(`${TICKETS}/bulk`, { ids, status: 'open' }), 400, 'validation_failed');
    await agent.post(`${TICKETS}/bulk`, { ids: ids.slice(1), status: 'open' }).expect(200);
    const billing = await api.signIn('staff', 'billing@aurora.example');
    await refusal(billing.post(`${TICKETS}/bulk`, { ids: [], status: 'open' }), 403, 'permission_denied');
  });
});

describe('a resolved ticket', () => {
  const setDays = async (autoCloseDays: number) => {
    const { version } = (await owner.get(PORTAL).expect(200)).body.portal;
    return (await owner.patch(PORTAL, { version, settings: { tickets: { autoCloseDays } } }).expect(200)).body.portal;
  };
  const daysUntil = (closesAt: string) => Math.round((Date.parse(closesAt) - Date.now()) / 86_400_000);

  it('S3.13 tells its customer when it closes by itself, as the portal is set', async () => {
    expect((await owner.get(PORTAL).expect(200)).body.portal.settings.tickets).toMatchObject({ autoCloseDays: 7 });
    await agent.patch(path('ana'), { status: 'resolved' }).expect(200);
    const { ticket } = (await ana.get(portalPath('ana')).expect(200)).body;
    expect(daysUntil(ticket.closesAt)).toBe(7);
    expect((await ticketOf(agent, 'ana')).closesAt).toBe(ticket.closesAt);
    expect((await setDays(0)).settings.tickets).toMatchObject({ autoCloseDays: 0 });
    // What was promised stands; the setting counts for what is resolved from now on.
    expect((await ana.get(portalPath('ana'))).body.ticket.closesAt).toBe(ticket.closesAt);
    await agent.patch(path('bruno'), { status: 'resolved' }).expect(200);
    expect((await ana.get(portalPath('bruno'))).body.ticket.closesAt).toBeNull();
  });

  it('S3.13 S3.14 is closed, or taken up again, by its customer', async () => {
    await agent.patch(path('ana'), { status: 'resolved', assigneeId: idOf('staff:aurora:agent') }).expect(200);
    expect((await ana.post(`${portalPath('ana')}/reopen`).expect(200)).body.ticket).toMatchObject({
      status: 'open',
      closesAt: null,
      resolvedAt: null,
    });
    await agent.patch(path('ana'), { status: 'resolved' }).expect(200);
    expect((await ana.post(`${portalPath('ana')}/close`).expect(200)).body.ticket).toMatchObject({
      status: 'closed',
      closesAt: null,
      canReopen: true,
    });
    expect((await api.mails()).filter(({ template }) => template.startsWith('ticket-customer-'))).toEqual([
      { template: 'ticket-customer-reopen', to: 'agent@aurora.example' },
      { template: 'ticket-customer-close', to: 'agent@aurora.example' },
    ]);
  });

  it('S3.13 the setting takes whole days from 0 to 365', async () => {
    const { version } = (await owner.get(PORTAL)).body.portal;
    for (const autoCloseDays of [-1, 366, 1.5, '7', null]) {
      await refusal(
        owner.patch(PORTAL, { version, settings: { tickets: { autoCloseDays } } }),
        400,
        'validation_failed',
      );
    }
    await refusal(
      agent.patch(PORTAL, { version, settings: { tickets: { autoCloseDays: 1 } } }),
      403,
      'permission_denied',
    );
  });
});

describe('the inbox', () => {
  it('has a cursor that is stable under inserts', async () => {
    const all = (await agent.get(TICKETS).expect(200)).body;
    expect(all.pagination.nextCursor).toBeNull();
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
      const { body } = await agent.get(`${TICKETS}?limit=2${query}`).expect(200);
      expect(body.data.length).toBeLessThanOrEqual(2);
      seen.push(...body.data.map(({ id }: { id: string }) => id));
      cursor = body.pagination.nextCursor;
      await ana.post('/api/v1/portal/tickets', { subject: 'Novo', description: 'No topo' }).expect(201);
    } while (cursor);
    expect(seen).toEqual(all.data.map(({ id }: { id: string }) => id));
  });

  it.each(['nonsense', Buffer.from('["-createdAt",1,"x"]').toString('base64url')])(
    'refuses the cursor %s',
    async (cursor) => {
      const { body } = await refusal(agent.get(`${TICKETS}?cursor=${cursor}`), 400, 'validation_failed');
      expect(body.errors[0].path).toBe('cursor');
    },
  );
});
