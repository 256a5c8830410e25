import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const TICKETS = '/api/v1/admin/tickets';
const path = (key: string) => `${TICKETS}/${idOf(`ticket:${key}`)}`;

let api: TestApp;
let agent: Visitor;
beforeAll(async () => (api = await startTestApp()));
beforeEach(async () => {
  await api.reset();
  agent = await api.signIn('staff', 'agent@aurora.example');
});
afterAll(() => api.close());

const asAna = async () =>
  (await api.signIn('portal', 'ana@padaria.example')).get(`/api/v1/portal/tickets/${idOf('ticket:ana')}`);

it('S4.16 the inbox shows every account, with what customers wrote and the notes', async () => {
  const { body } = await agent.get(TICKETS).expect(200);
  expect(body.pagination.total).toBe(6);
  expect(body.counts).toEqual({ mine: 0, unassigned: 4, open: 4, all: 6 });
  const { ticket } = (await agent.get(path('ana')).expect(200)).body;
  expect(ticket.comments.map(({ body: text }: { body: string }) => text).sort()).toEqual([
    'answer on ana',
    'internal-note on ana',
    'question on ana',
  ]);
});

describe('an answer', () => {
  it('S3.50 is seen by the customer, who gets it by mail', async () => {
    const answer = { body: 'Um técnico vai amanhã.', isPublic: true };
    await agent.post(`${path('ana')}/comments`, answer).expect(201);
    expect((await asAna()).text).toContain(answer.body);
    expect(await api.mails()).toEqual([{ template: 'ticket-reply', to: 'ana@padaria.example' }]);
  });

  it('S3.51 S4.8 as an internal note is seen by staff only, and mailed to nobody', async () => {
    const note = { body: 'Cliente já teve isto em maio.', isPublic: false };
    await agent.post(`${path('ana')}/comments`, note).expect(201);
    const seen = await asAna();
    expect(seen.text).not.toContain('maio');
    expect(seen.body.ticket.commentCount).toBe(2);
    expect((await agent.get(path('ana'))).text).toContain('maio');
    expect(await api.mails()).toEqual([]);
  });

  it("S3.51 a note does not show in the customer's list or search either", async () => {
    await agent.post(`${path('ana')}/comments`, { body: 'Palavraúnica', isPublic: false }).expect(201);
    await api.hear();
    expect((await agent.get('/api/v1/admin/tickets?q=palavraunica').expect(200)).body.data).toHaveLength(1);
    const ana = await api.signIn('portal', 'ana@padaria.example');
    expect((await ana.get('/api/v1/portal/tickets?q=palavraunica').expect(200)).body.data).toEqual([]);
    expect((await ana.get('/api/v1/portal/tickets').expect(200)).text).not.toContain('Palavraúnica');
  });

  it('S3.51 an answer is found by its words, by the customer too', async () => {
    await agent.post(`${path('ana')}/comments`, { body: 'Palavraúnica', isPublic: true }).expect(201);
    await api.hear();
    const ana = await api.signIn('portal', 'ana@padaria.example');
    for (const [reader, list] of [[agent, 'admin'] as const, [ana, 'portal'] as const])
      expect((await reader.get(`/api/v1/${list}/tickets?q=palavraunica`).expect(200)).body.data).toHaveLength(1);
  });

  it('S3.10 opens a new ticket, and takes another status where it says so', async () => {
    await agent.post(`${path('bruno')}/comments`, { body: 'Olá', isPublic: true }).expect(201);
    expect((await agent.get(path('bruno'))).body.ticket.status).toBe('open');
    await agent.post(`${path('bruno')}/comments`, { body: 'E?', isPublic: true, status: 'pending' }).expect(201);
    expect((await agent.get(path('bruno'))).body.ticket.status).toBe('pending');
  });
});

describe('status', () => {
  it.each(['open', 'pending', 'on_hold', 'resolved', 'closed'])(
    'S3.10 S3.11 S3.12 S3.13 S3.14 becomes %s',
    async (status) => {
      const { body } = await agent.patch(path('ana'), { status }).expect(200);
      expect(body.ticket.status).toBe(status);
      expect((await asAna()).body.ticket.status).toBe(status);
    },
  );

  it('S3.9 nothing becomes new again, and a closed ticket can only be reopened', async () => {
    await refusal(agent.patch(path('ana'), { status: 'new' }), 409, 'ticket_transition_not_allowed');
    for (const status of ['pending', 'on_hold', 'resolved']) {
      await refusal(agent.patch(path('ana-closed'), { status }), 409, 'ticket_transition_not_allowed');
    }
    await agent.patch(path('ana-closed'), { status: 'open' }).expect(200);
  });
});

it('S3.52 S3.53 keeps the reference to another system', async () => {
  const reference = { externalTicketId: 'ZD-1', externalTicketUrl: 'https://desk.example/1' };
  expect((await agent.patch(path('ana'), reference).expect(200)).body.ticket).toMatchObject(reference);
  const cleared = { externalTicketId: null, externalTicketUrl: null };
  expect((await agent.patch(path('ana'), cleared).expect(200)).body.ticket).toMatchObject(cleared);
});

it('taking a new ticket opens it and puts it among mine', async () => {
  const { body } = await agent.patch(path('bruno'), { assigneeId: idOf('staff:aurora:agent') }).expect(200);
  expect(body.ticket).toMatchObject({ status: 'open', assignee: { id: idOf('staff:aurora:agent') } });
  const mine = await agent.get(`${TICKETS}?view=mine`).expect(200);
  expect(mine.body.data.map(({ id }: { id: string }) => id)).toEqual([idOf('ticket:bruno')]);
});

it('a ticket in the name of a customer is theirs, of source staff', async () => {
  const ticket = { portalUserId: idOf('user:ana'), subject: 'Ligou', description: 'Pede visita' };
  const { body } = await agent.post(TICKETS, ticket).expect(201);
  expect(body.ticket).toMatchObject({ source: 'staff', submittedBy: { id: idOf('user:ana') } });
  const ana = await api.signIn('portal', 'ana@padaria.example');
  await ana.get(`/api/v1/portal/tickets/${body.ticket.id}`).expect(200);
});

describe('whose customer gets another name', () => {
  const ana = idOf('user:ana');
  const invited = idOf('user:invited');
  const name = 'Zenaide Quixadá';
  const invite = async () => {
    const owner = await api.signIn('staff', 'owner@aurora.example');
    const target = { billingAccountId: idOf('account:padaria'), portalId: idOf('portal:aurora') };
    const person = { email: 'invited@padaria.example', name };
    await owner.post(`/api/v1/admin/invitations/${idOf('invitation:invited')}/cancel`).expect(200);
    await owner.post('/api/v1/admin/invitations', { ...target, ...person }).expect(201);
  };
  const ways: [string, string, () => Promise<unknown>][] = [
    [
      'from staff',
      ana,
      async () =>
        (await api.signIn('staff', 'owner@aurora.example'))
          .patch(`/api/v1/admin/portal-users/${ana}`, { name })
          .expect(200),
    ],
    [
      'in their own profile',
      ana,
      async () =>
        (await api.signIn('portal', 'ana@padaria.example')).patch('/api/v1/portal/profile', { name }).expect(200),
    ],
    ['in a second invitation', invited, invite],
    [
      'as they accept',
      invited,
      async () => {
        const token = await api.linkFor(invited, 'invitation');
        const accepting = { token, password: 'Uma-Senha-Bem-Longa-9', name };
        await api.visitor().post('/api/v1/portal/auth/accept-invitation', accepting).expect(200);
      },
    ],
  ];

  it.each(['ana@padaria.example', ' ANA@padaria.example ', 'ana@pad'])(
    'is found by the address %j, in the inbox only',
    async (q) => {
      await agent.post(`${path('ana')}/comments`, { body: 'Vamos ver.', isPublic: false }).expect(201);
      await api.hear();
      const query = `q=${encodeURIComponent(q)}`;
      const ids = async (found: Promise<{ body: { data: { id: string }[] } }>) =>
        (await found).body.data.map(({ id }) => id);
      expect(await ids(agent.get(`${TICKETS}?${query}`).expect(200))).toContain(idOf('ticket:ana'));
      expect(await ids(agent.get(`${TICKETS}?q=${encodeURIComponent('nobody@padaria.example')}`).expect(200))).toEqual(
        [],
      );
      const ana = await api.signIn('portal', 'ana@padaria.example');
      expect(await ids(ana.get(`/api/v1/portal/tickets?${query}`).expect(200))).toEqual([]);
    },
  );

  it.each(ways)('is found by it: %s', async (_way, personId, rename) => {
    const id = idOf('ticket:ana');
    await api.rows('update tickets set submitted_by_id = $2 where id = $1', id, personId);
    await rename();
    await api.hear();
    const { body } = await agent.get(`${TICKETS}?q=${encodeURIComponent('quixada question')}`).expect(200);
    expect(body.data.map((row: { id: string }) => row.id)).toContain(id);
  });
});
