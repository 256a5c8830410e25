import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const TICKETS = '/api/v1/portal/tickets';
const TICKET = { subject: 'Internet cai à tarde', description: 'Desde quinta-feira, entre 14h e 14h20.' };
const ticketPath = (key: string) => `${TICKETS}/${idOf(`ticket:${key}`)}`;

let api: TestApp;
let ana: Visitor;
let bruno: Visitor;
beforeAll(async () => (api = await startTestApp()));
beforeEach(async () => {
  await api.reset();
  ana = await api.signIn('portal', 'ana@padaria.example');
  bruno = await api.signIn('portal', 'bruno@padaria.example');
});
afterAll(() => api.close());

describe('a new ticket', () => {
  it('S3.47 S3.49 S3.77 S4.9 S4.13 S4.14 S4.30 belongs to its submitter, account and organization', async () => {
    const { body } = await ana.post(TICKETS, TICKET).expect(201);
    expect(body.ticket).toMatchObject({
      ...TICKET,
      title: TICKET.subject,
      status: 'new',
      priority: 'normal',
      type: 'request',
      source: 'portal',
      organizationId: idOf('organization:aurora'),
      orgId: idOf('organization:aurora'),
      billingAccountId: idOf('account:padaria'),
      submittedBy: { id: idOf('user:ana'), name: 'Person ana' },
      comments: [],
    });
  });

  it('S3.48 has a number of its own', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => ana.post(TICKETS, TICKET).expect(201)));
    const numbers = answers.map(({ body }) => body.ticket.number as string);
    expect(new Set(numbers).size).toBe(8);
    for (const number of numbers) expect(number).toMatch(/^T-\d{4}-\d{6}$/);
  });

  it.each(['low', 'normal', 'high', 'urgent'])(
    'S3.15 S3.16 S3.17 S3.18 S4.12 takes the priority %s',
    async (priority) => {
      expect((await ana.post(TICKETS, { ...TICKET, priority }).expect(201)).body.ticket.priority).toBe(priority);
    },
  );

  it.each(['incident', 'change', 'request'])('S4.9 takes the type %s', async (type) => {
    expect((await ana.post(TICKETS, { ...TICKET, type }).expect(201)).body.ticket.type).toBe(type);
  });

  it('S4.10 S4.11 takes the subject as title, and one of the two only', async () => {
    const { description } = TICKET;
    const { body } = await ana.post(TICKETS, { title: 'Pelo outro nome', description }).expect(201);
    expect(body.ticket.subject).toBe('Pelo outro nome');
    await refusal(ana.post(TICKETS, { ...TICKET, title: 'Dois nomes' }), 400, 'validation_failed');
    await refusal(ana.post(TICKETS, { description }), 400, 'validation_failed');
  });

  it('S4.14 cannot be opened for another account, person or status', async () => {
    for (const name of ['billingAccountId', 'organizationId', 'submittedById', 'status', 'source', 'number']) {
      await refusal(ana.post(TICKETS, { ...TICKET, [name]: 'x' }), 400, 'validation_failed');
    }
  });

  it('S3.47 is confirmed by one mail, unless its submitter wants none', async () => {
    const confirmed = [{ template: 'ticket-received', to: 'ana@padaria.example' }];
    await ana.post(TICKETS, TICKET).expect(201);
    expect(await api.mails()).toEqual(confirmed);
    await ana.patch('/api/v1/portal/profile', { receiveNotifications: false }).expect(200);
    await ana.post(TICKETS, TICKET).expect(201);
    expect(await api.mails()).toEqual(confirmed);
  });
});

describe('the list', () => {
  const idsOf = async (visitor: Visitor, query = '') =>
    ((await visitor.get(TICKETS + query).expect(200)).body.data as { id: string }[]).map(({ id }) => id).sort();
  const ids = (...keys: string[]) => keys.map((key) => idOf(`ticket:${key}`)).sort();

  it("S3.76 S4.5 S4.28 shows the account's tickets to who may see them", async () => {
    expect(await idsOf(ana)).toEqual(ids('ana', 'bruno', 'ana-pending', 'ana-resolved', 'ana-closed'));
    expect(await idsOf(ana, '?scope=own')).toEqual(ids('ana', 'ana-pending', 'ana-resolved', 'ana-closed'));
  });

  it("shows only one's own to the others", async () => {
    expect(await idsOf(bruno)).toEqual(ids('bruno'));
    expect(await idsOf(bruno, '?scope=own')).toEqual(ids('bruno'));
    await refusal(bruno.get(`${TICKETS}?scope=account`), 403, 'permission_denied');
  });

  it.each([
    ['open', ['ana']],
    ['new', ['bruno']],
    ['pending', ['ana-pending']],
    ['resolved', ['ana-resolved']],
    ['closed', ['ana-closed']],
    ['new,open', ['ana', 'bruno']],
    ['on_hold', []],
  ])('S4.6 filters by status %s', async (status, keys) => {
    expect(await idsOf(ana, `?status=${status}`)).toEqual(ids(...keys));
  });

  it('S4.28 has a cursor that is stable under inserts', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
      const { body } = await ana.get(`${TICKETS}?limit=2${query}`).expect(200);
      seen.push(...body.data.map(({ id }: { id: string }) => id));
      cursor = body.pagination.nextCursor;
      await ana.post(TICKETS, TICKET).expect(201);
    } while (cursor);
    expect(seen.sort()).toEqual(ids('ana', 'bruno', 'ana-pending', 'ana-resolved', 'ana-closed'));
  });

  it.each(['nonsense', 'WyItY3JlYXRlZEF0Iiwx', Buffer.from('["-createdAt","x","y"]').toString('base64url')])(
    'S4.28 refuses the cursor %s',
    async (cursor) => {
      const response = await refusal(ana.get(`${TICKETS}?cursor=${cursor}`), 400, 'validation_failed');
      expect(response.body.errors[0].path).toBe('cursor');
    },
  );

  it('S4.6 finds words without their accents', async () => {
    const { body } = await ana.post(TICKETS, { ...TICKET, subject: 'Conexão lenta' }).expect(201);
    await api.hear();
    expect(await idsOf(ana, '?q=conexao+LENTA')).toEqual([body.ticket.id]);
  });
});

describe('opening a ticket', () => {
  it('takes at most 13 round trips to the database, and answers what is read afterwards', async () => {
    const asked = jest.spyOn(pg.Client.prototype, 'query');
    const { body } = await ana.post(TICKETS, TICKET).set('idempotency-key', randomUUID()).expect(201);
    // The relay is woken a little later.
    await new Promise((resolve) => setTimeout(resolve, 100));
    const trips = asked.mock.calls.length;
    asked.mockRestore();
    expect(trips).toBeLessThanOrEqual(13);
    // Fewer than these were never seen to be enough.
    expect(trips).toBeGreaterThanOrEqual(8);
    expect((await ana.get(`${TICKETS}/${body.ticket.id}`).expect(200)).body).toEqual(body);
  });
});

describe('a ticket', () => {
  it('S3.78 S3.51 S4.7 S4.8 S4.29 shows its public conversation only', async () => {
    const { body } = await ana.get(ticketPath('ana')).expect(200);
    expect(body.ticket.comments.map(({ body: text }: { body: string }) => text).sort()).toEqual([
      'answer on ana',
      'question on ana',
    ]);
    expect(JSON.stringify(body)).not.toContain('internal');
    for (const comment of body.ticket.comments) expect(comment.isPublic).toBe(true);
  });

  it('S3.52 S3.53 shows where it stands in another system', async () => {
    const external = { external_ticket_id: 'CW-4711', external_ticket_url: 'https://desk.example/4711' };
    await api.rows(
      'update tickets set external_ticket_id = $2, external_ticket_url = $3 where id = $1',
      idOf('ticket:ana'),
      external.external_ticket_id,
      external.external_ticket_url,
    );
    const { body } = await ana.get(ticketPath('ana')).expect(200);
    expect(body.ticket).toMatchObject({ externalTicketId: 'CW-4711', externalTicketUrl: 'https://desk.example/4711' });
  });

  it('of somebody else is not found, whatever one would do with it', async () => {
    for (const key of ['ana', 'carla', 'davi']) {
      await refusal(bruno.get(ticketPath(key)), 404, 'not_found');
      await refusal(bruno.post(`${ticketPath(key)}/comments`, { body: 'Olá' }), 404, 'not_found');
      await refusal(bruno.post(`${ticketPath(key)}/close`), 404, 'not_found');
      await refusal(bruno.post(`${ticketPath(key)}/reopen`), 404, 'not_found');
    }
    await bruno.get(ticketPath('bruno')).expect(200);
    await ana.get(ticketPath('bruno')).expect(200);
  });

  it.each(['nonsense', '1', "' or 1=1", '01900000-0000-7000-8000-000000000000', '%00', 'x'.repeat(250)])(
    'S3.78 of an id that names nothing is not found: %s',
    async (id) => {
      expect((await ana.get(`${TICKETS}/${encodeURIComponent(id)}`)).status).toBe(404);
    },
  );
});

describe('a comment', () => {
  it('S3.50 S3.79 S4.15 S4.31 is public and stands in the conversation', async () => {
    const { body } = await ana.post(`${ticketPath('ana')}/comments`, { body: 'Ainda cai.' }).expect(201);
    expect(body.comment).toMatchObject({
      body: 'Ainda cai.',
      authorType: 'portal',
      authorName: 'Person ana',
      mine: true,
      isPublic: true,
    });
    const { ticket } = (await ana.get(ticketPath('ana')).expect(200)).body;
    expect(ticket.comments.at(-1).id).toBe(body.comment.id);
    expect(ticket.commentCount).toBe(3);
  });

  it('S4.8 cannot be made internal by a customer', async () => {
    const secret = { body: 'Segredo', isPublic: false };
    await refusal(ana.post(`${ticketPath('ana')}/comments`, secret), 400, 'validation_failed');
  });

  it.each([
    ['S3.9 new stays new', 'bruno', 'new'],
    ['S3.10 open stays open', 'ana', 'open'],
    ['S3.11 pending is taken up again', 'ana-pending', 'open'],
    ['S3.13 resolved is taken up again', 'ana-resolved', 'open'],
  ])('S3.9 S3.10 S3.11 S3.13 %s', async (_what, key, status) => {
    await ana.post(`${ticketPath(key)}/comments`, { body: 'Olá' }).expect(201);
    expect((await ana.get(ticketPath(key)).expect(200)).body.ticket.status).toBe(status);
  });

  it('S3.50 S3.79 S4.31 takes `content` for `body`, one of them, and answers both', async () => {
    const path = `${ticketPath('ana')}/comments`;
    const { body } = await ana.post(path, { content: 'Ainda cai.' }).expect(201);
    expect(body.comment).toMatchObject({ body: 'Ainda cai.', content: 'Ainda cai.', authorType: 'portal' });
    const edited = await ana.patch(`${path}/${body.comment.id}`, { content: 'Caiu.' }).expect(200);
    expect(edited.body.comment).toMatchObject({ body: 'Caiu.', content: 'Caiu.' });
    const { ticket } = (await ana.get(ticketPath('ana')).expect(200)).body;
    expect(ticket.comments.at(-1)).toMatchObject({ body: 'Caiu.', content: 'Caiu.' });
    for (const wrong of [{}, { body: 'a', content: 'a' }, { content: '' }, { content: 7 }])
      await refusal(ana.post(path, wrong), 400, 'validation_failed');
  });

  it('S3.48 carries the number as `ticketNumber`, too: in the list, the ticket and the answer to a new one', async () => {
    const { ticket } = (await ana.post(TICKETS, TICKET).expect(201)).body;
    const read = (await ana.get(`${TICKETS}/${ticket.id}`).expect(200)).body.ticket;
    const [item] = (await ana.get(TICKETS).expect(200)).body.data;
    for (const each of [ticket, read, item]) expect([each.id, each.ticketNumber]).toEqual([ticket.id, ticket.number]);
  });

  it('S3.14 is refused on a closed ticket', async () => {
    await refusal(ana.post(`${ticketPath('ana-closed')}/comments`, { body: 'Olá' }), 409, 'ticket_closed');
  });

  it('S4.16 tells the one who takes care by mail', async () => {
    await api.rows('update tickets set assignee_id = $2 where id = $1', idOf('ticket:ana'), idOf('staff:aurora:agent'));
    await ana.post(`${ticketPath('ana')}/comments`, { body: 'Olá' }).expect(201);
    expect(await api.mails()).toEqual([{ template: 'ticket-customer-reply', to: 'agent@aurora.example' }]);
  });
});

describe('the end of a ticket', () => {
  it('S3.14 the customer closes it and takes it up again', async () => {
    const closed = (await ana.post(`${ticketPath('ana')}/close`).expect(200)).body.ticket;
    expect(closed).toMatchObject({ status: 'closed', closedAt: expect.any(String), canReopen: true });
    await refusal(ana.post(`${ticketPath('ana')}/close`), 409, 'ticket_closed');
    const open = (await ana.post(`${ticketPath('ana')}/reopen`).expect(200)).body.ticket;
    expect(open).toMatchObject({ status: 'open', closedAt: null });
    await refusal(ana.post(`${ticketPath('ana')}/reopen`), 409, 'conflict');
  });

  it('S3.14 stays closed after 30 days', async () => {
    await api.rows(
      "update tickets set closed_at = now() - interval '31 days' where id = $1",
      idOf('ticket:ana-closed'),
    );
    expect((await ana.get(ticketPath('ana-closed')).expect(200)).body.ticket.canReopen).toBe(false);
    await refusal(ana.post(`${ticketPath('ana-closed')}/reopen`), 409, 'ticket_closed');
  });
});
